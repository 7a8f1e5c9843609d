"""The file is not valid YAML from here on.

Why: What follows cannot be read, and a tool that guesses would guess duties.

Bad:

    text: Al respecto: cada país presentará observaciones

Good:

    text: >-
      Al respecto: cada país presentará observaciones
"""

SEVERITY = "error"
