"""The file is not UTF-8 text.

Why: In any other encoding `México` becomes something else on the next machine.

Qué: El archivo no es texto UTF-8.

Por qué: Con cualquier otra codificación, `México` se vuelve otra cosa en el siguiente equipo.

Bad:

    (a file saved as Windows-1252)

Good:

    (the same file saved as UTF-8)
"""

SEVERITY = "error"
