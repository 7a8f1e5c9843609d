"""A word that is not among those that this key takes.

Why: The words are few, so that every list and every language has them.

Bad:

    progress: finished

Good:

    progress: done
"""

SEVERITY = "error"
