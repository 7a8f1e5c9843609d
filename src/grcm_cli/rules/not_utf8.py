"""The file is not UTF-8 text.

Why: In any other encoding `México` becomes something else on the next machine.

Bad:

    (a file saved as Windows-1252)

Good:

    (the same file saved as UTF-8)
"""

SEVERITY = "error"
