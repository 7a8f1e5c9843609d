"""A party's code is not 2 to 20 capital letters, digits and hyphens, a letter first.

Why: Codes stand in every file; they must be the same on every keyboard.

Qué: El código de una parte no tiene de 2 a 20 mayúsculas, cifras y guiones, primero una letra.

Por qué: Los códigos están en todos los archivos; deben ser los mismos en todos los teclados.

Bad:

    members:
      méx: {name: México}

Good:

    members:
      MEX: {name: México}
"""

SEVERITY = "error"
