"""A key without a value.

Why: Nothing is not an answer: what is not known is left out. A comma inside `{ }` makes one by
accident.

Bad:

    name: {es: Comité, Grupo de Trabajo, en: Committee}

Good:

    name: {es: "Comité, Grupo de Trabajo", en: Committee}
"""

SEVERITY = "error"
