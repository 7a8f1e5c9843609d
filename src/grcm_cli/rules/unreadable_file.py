"""The machine does not give the file: no permission, a broken disk, a broken link.

Why: Its duties are in no list. The exit code is 3.

Qué: El equipo no entrega el archivo: sin permiso, un disco dañado, un enlace roto.

Por qué: Sus compromisos no están en ninguna lista. El código de salida es 3.

Bad:

    (a file without permission to read)

Good:

    (the same file, readable)
"""

SEVERITY = "error"
