"""A code is said twice in one list.

Why: It changes nothing, and may hide that another was meant.

Qué: Un código está dos veces en una misma lista.

Por qué: No cambia nada, y puede ocultar que se quería otro.

Bad:

    participants: [CRI, MEX, CRI]

Good:

    participants: [CRI, MEX]
"""

SEVERITY = "warning"
