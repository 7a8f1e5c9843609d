"""A part of the format that this version does not read yet.

Why: What it says is in no list; a duty that it ends, moves or repeats would be shown wrong.

Qué: Una parte del formato que esta versión todavía no lee.

Por qué: Lo que dice no está en ninguna lista; un compromiso que termina, se mueve o se repite
se mostraría mal.

Bad:

    due: every year on 05-31

Good:

    due: 2003-05-31
"""

SEVERITY = "error"
