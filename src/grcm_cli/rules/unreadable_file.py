"""The machine does not give the file: no permission, a broken disk, a broken link.

Why: Its duties are in no list. The exit code is 3.

Bad:

    (a file without permission to read)

Good:

    (the same file, readable)
"""

SEVERITY = "error"
