"""A conclusion's number has other characters than letters, digits and the marks `.`, `/`, `-`.

Why: It is part of every reference to the conclusion.

Qué: El número de una conclusión tiene otros caracteres que letras, cifras y los signos `.`,
`/`, `-`.

Por qué: Forma parte de todas las referencias a la conclusión.

Bad:

    number: 12 a)

Good:

    number: 12.a
"""

SEVERITY = "error"
