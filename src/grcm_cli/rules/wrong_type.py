"""A list, a single value or keys with values stand where another of these belongs.

Why: What it means is open.

Bad:

    place: {ciudad: Guatemala}

Good:

    place: Ciudad de Guatemala
"""

SEVERITY = "error"
