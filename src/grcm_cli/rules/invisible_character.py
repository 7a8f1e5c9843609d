"""A character that takes no room on the screen.

Why: Two words that look the same differ, and searches miss one.

Qué: Un carácter que no ocupa lugar en la pantalla.

Por qué: Dos palabras que parecen iguales difieren, y las búsquedas pierden una.

Bad:

    place: "San\u200bSalvador"

Good:

    place: San Salvador
"""

SEVERITY = "warning"
