"""A key that must be there is missing.

Why: A meeting without its days cannot set a deadline; a conclusion without its text proves
nothing.

Qué: Falta una clave que debe estar.

Por qué: Una reunión sin fechas no puede fijar un plazo; una conclusión sin su texto no prueba
nada.

Bad:

    conclusions:
      - number: 8

Good:

    conclusions:
      - number: 8
        text: Agradecer a Costa Rica …
"""

SEVERITY = "error"
