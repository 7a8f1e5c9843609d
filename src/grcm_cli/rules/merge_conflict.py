"""Two versions of a text, as git leaves them where a merge was not finished.

Why: Which of the two holds is open.

Qué: Dos versiones de un texto, como las deja git cuando no se terminó una fusión.

Por qué: Queda abierto cuál de las dos vale.

Bad:

    <<<<<<< HEAD
    due: 2003-01-15
    =======
    due: 2003-02-15
    >>>>>>> branch

Good:

    due: 2003-02-15
"""

SEVERITY = "error"
