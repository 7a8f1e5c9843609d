"""An anchor, an alias, a tag, a directive, a second document, or nesting without end.

Why: A record is read by people first: each value stands where it is used.

Qué: Un ancla, un alias, una etiqueta, una directiva, un segundo documento, o un anidamiento sin
fin.

Por qué: Un registro lo leen primero las personas: cada valor está donde se usa.

Bad:

    responsible: *presidency

Good:

    responsible: PPT
"""

SEVERITY = "error"
