"""A party's code is not 2 to 20 capital letters, digits and hyphens, a letter first.

Why: Codes stand in every file; they must be the same on every keyboard.

Bad:

    members:
      méx: {name: México}

Good:

    members:
      MEX: {name: México}
"""

SEVERITY = "error"
