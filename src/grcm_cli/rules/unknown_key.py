"""A key that this part of a file does not have.

Why: A misspelt `due` would be a duty without a deadline.

Qué: Una clave que esta parte del archivo no tiene.

Por qué: Un `due` mal escrito sería un compromiso sin plazo.

Bad:

    duee: 2003-01-15

Good:

    due: 2003-01-15
"""

SEVERITY = "error"
