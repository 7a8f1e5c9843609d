"""A key is written twice in one place.

Why: Most programs keep the last in silence; here neither is preferred without a word.

Qué: Una clave está escrita dos veces en el mismo lugar.

Por qué: Casi todos los programas se quedan en silencio con la última; aquí ninguna se prefiere
sin decirlo.

Bad:

    due: 2003-01-15
    due: 2003-02-15

Good:

    due: 2003-01-15
"""

SEVERITY = "error"
