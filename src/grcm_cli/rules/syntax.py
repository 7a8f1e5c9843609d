"""The file is not valid YAML from here on.

Why: What follows cannot be read, and a tool that guesses would guess duties.

Qué: Desde aquí el archivo no es YAML válido.

Por qué: Lo que sigue no se puede leer, y una herramienta que adivina adivinaría compromisos.

Bad:

    text: Al respecto: cada país presentará observaciones

Good:

    text: >-
      Al respecto: cada país presentará observaciones
"""

SEVERITY = "error"
