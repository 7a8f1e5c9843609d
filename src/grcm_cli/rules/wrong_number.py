"""A conclusion's number has other characters than letters, digits and the marks `.`, `/`, `-`.

Why: It is part of every reference to the conclusion.

Bad:

    number: 12 a)

Good:

    number: 12.a
"""

SEVERITY = "error"
