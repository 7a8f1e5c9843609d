"""Some lines of a file end as on Windows, others as elsewhere.

Why: Nothing is lost; but every tool that puts them right will show the whole file as changed.

Qué: Unas líneas del archivo terminan como en Windows y otras como en los demás sistemas.

Por qué: No se pierde nada; pero toda herramienta que las iguale mostrará el archivo entero como
cambiado.

Bad:

    (a file with CR LF on some lines and LF on others)

Good:

    (a file with one kind of line end)
"""

SEVERITY = "warning"
