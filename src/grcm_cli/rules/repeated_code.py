"""A code is said twice in one list.

Why: It changes nothing, and may hide that another was meant.

Bad:

    participants: [CRI, MEX, CRI]

Good:

    participants: [CRI, MEX]
"""

SEVERITY = "warning"
