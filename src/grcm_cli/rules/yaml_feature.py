"""An anchor, an alias, a tag, a directive, a second document, or nesting without end.

Why: A record is read by people first: each value stands where it is used.

Bad:

    responsible: *presidency

Good:

    responsible: PPT
"""

SEVERITY = "error"
