"""A list, a single value or keys with values stand where another of these belongs.

Why: What it means is open.

Qué: Hay una lista, un valor solo o claves con valores donde corresponde otra de estas cosas.

Por qué: Queda abierto lo que significa.

Bad:

    place: {ciudad: Guatemala}

Good:

    place: Ciudad de Guatemala
"""

SEVERITY = "error"
