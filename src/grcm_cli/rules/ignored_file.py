"""Something in a data folder that is not read: a .yml file, a folder, a pipe.

Why: Only regular files whose names end in .yaml, directly in `meetings` and `progress`, are
data.

Qué: Algo en la carpeta de datos que no se lee: un archivo .yml, una carpeta, una tubería.

Por qué: Sólo son datos los archivos comunes cuyo nombre termina en .yaml, directamente en
`meetings` y `progress`.

Bad:

    meetings/GRCM-2002-10.yml

Good:

    meetings/GRCM-2002-10.yaml
"""

SEVERITY = "warning"
