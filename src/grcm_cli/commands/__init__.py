"""The commands, one file each: options in, text out. They alone know typer, clock and terminal."""

NAMES = (
    "due",
    "overdue",
    "tasks",
    "show",
    "meetings",
    "search",
    "matrix",
    "stats",
    "record",
    "log",
    "diff",
    "draft",
    "new",
    "init",
    "export",
    "site",
    "agenda",
    "remind",
    "validate",
    "explain",
    "schema",
    "cache",
)
"""Every command, in the order of the help."""
