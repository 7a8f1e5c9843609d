"""A word that is not among those that this key takes.

Why: The words are few, so that every list and every language has them.

Qué: Una palabra que no está entre las que admite esta clave.

Por qué: Las palabras son pocas para que las tengan todas las listas y todos los idiomas.

Bad:

    progress: finished

Good:

    progress: done
"""

SEVERITY = "error"
