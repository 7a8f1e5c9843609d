"""A character that YAML takes for the end of a line and an editor does not.

Why: Places in findings would not agree with the editor's, and text would be cut.

Qué: Un carácter que YAML toma por fin de línea y un editor no.

Por qué: Los lugares de los hallazgos no coincidirían con los del editor, y el texto quedaría
cortado.

Bad:

    (NUL, NEL U+0085, U+2028, U+2029, or a carriage return alone)

Good:

    (a space or an ordinary line end)
"""

SEVERITY = "error"
