"""A conclusion has `mandates` and a mandate's own keys beside them.

Why: Which mandate the keys belong to is open.

Qué: Una conclusión tiene `mandates` y, al lado, las claves propias de un mandato.

Por qué: Queda abierto a qué mandato pertenecen esas claves.

Bad:

    due: 2003-01-15
    mandates:
      - responsible: CRI

Good:

    mandates:
      - responsible: CRI
        due: 2003-01-15
"""

SEVERITY = "error"
