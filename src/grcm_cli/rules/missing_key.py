"""A key that must be there is missing.

Why: A meeting without its days cannot set a deadline; a conclusion without its text proves
nothing.

Bad:

    conclusions:
      - number: 8

Good:

    conclusions:
      - number: 8
        text: Agradecer a Costa Rica …
"""

SEVERITY = "error"
