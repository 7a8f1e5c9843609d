"""A meeting's id has other characters than letters, digits and hyphens, or reads as a date.

Why: It is a file's name on every system, and an address in every reference.

Qué: El identificador de una reunión tiene otros caracteres que letras, cifras y guiones, o se
lee como una fecha.

Por qué: Es el nombre de un archivo en todos los sistemas, y una dirección en todas las
referencias.

Bad:

    id: GRCM 2002/10

Good:

    id: GRCM-2002-10
"""

SEVERITY = "error"
