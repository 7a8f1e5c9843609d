"""The names of all commands, in the order of the help."""

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
