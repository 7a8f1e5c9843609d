"""A key that this part of a file does not have.

Why: A misspelt `due` would be a duty without a deadline.

Bad:

    duee: 2003-01-15

Good:

    due: 2003-01-15
"""

SEVERITY = "error"
