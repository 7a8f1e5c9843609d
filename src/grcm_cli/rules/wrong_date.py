"""A text that is no day of the calendar in the form 2003-01-15.

Why: 15/01/2003 and 01/15/2003 are both in use; only the year first is read one way.

Qué: Un texto que no es un día del calendario de la forma 2003-01-15.

Por qué: 15/01/2003 y 01/15/2003 se usan los dos; sólo el año primero se lee de una manera.

Bad:

    start: 29/10/2002

Good:

    start: 2002-10-29
"""

SEVERITY = "error"
