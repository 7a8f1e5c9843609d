"""A key without a value.

Why: Nothing is not an answer: what is not known is left out. A comma inside `{ }` makes one by
accident.

Qué: Una clave sin valor.

Por qué: Nada no es una respuesta: lo que no se sabe se omite. Una coma dentro de `{ }` produce
una sin querer.

Bad:

    name: {es: Comité, Grupo de Trabajo, en: Committee}

Good:

    name: {es: "Comité, Grupo de Trabajo", en: Committee}
"""

SEVERITY = "error"
