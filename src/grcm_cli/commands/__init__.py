"""The commands, one file each: options in, text out. Only they know typer, the clock, the terminal."""

NAMES = ("due", "overdue", "tasks", "show", "meetings", "search", "matrix", "validate")
"""Every command, in the order of the help."""
