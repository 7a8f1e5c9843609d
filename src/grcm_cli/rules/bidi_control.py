"""A control character that turns the direction of the text around it.

Why: What is seen is not what is stored.

Qué: Un carácter de control que invierte la dirección del texto.

Por qué: Lo que se ve no es lo que está guardado.

Bad:

    text: "Pagar \u202e001 dólares"

Good:

    text: Pagar 100 dólares
"""

SEVERITY = "error"
