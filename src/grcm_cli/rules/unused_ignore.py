"""A comment that says to ignore a rule, on a line where the rule finds nothing.

Why: The next finding on that line would be ignored without anybody having decided so.

Qué: Un comentario que manda ignorar una regla en una línea donde la regla no halla nada.

Por qué: El próximo hallazgo de esa línea se ignoraría sin que nadie lo haya decidido.

Bad:

    due: 2003-01-15 # grcm: ignore[due-before-meeting]

Good:

    due: 2003-01-15
"""

SEVERITY = "warning"
