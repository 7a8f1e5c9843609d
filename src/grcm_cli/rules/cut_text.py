"""A text without quotes that YAML cuts at a space and a #.

Why: The rest of the sentence is a comment, and adopted words are lost.

Qué: Un texto sin comillas que YAML corta en un espacio y un #.

Por qué: El resto de la frase es un comentario, y se pierden palabras adoptadas.

Bad:

    note: Ver el numeral #5 del comunicado

Good:

    note: "Ver el numeral #5 del comunicado"
"""

SEVERITY = "warning"
