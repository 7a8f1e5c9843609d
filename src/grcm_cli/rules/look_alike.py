"""A word that mixes Latin letters with Greek or Cyrillic ones that look the same.

Why: A code that looks right is not found.

Qué: Una palabra que mezcla letras latinas con griegas o cirílicas de igual aspecto.

Por qué: Un código que parece correcto no se encuentra.

Bad:

    place: "\u0421RI" # the first letter is Cyrillic

Good:

    place: CRI
"""

SEVERITY = "warning"
