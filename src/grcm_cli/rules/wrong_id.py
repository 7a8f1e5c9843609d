"""A meeting's id has other characters than letters, digits and hyphens, or reads as a date.

Why: It is a file's name on every system, and an address in every reference.

Bad:

    id: GRCM 2002/10

Good:

    id: GRCM-2002-10
"""

SEVERITY = "error"
