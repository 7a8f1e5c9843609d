"""The commands by name, with their help texts: what is known of them without importing them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from keyword import iskeyword

from grcm_cli.language.text import N_, _, fold, word_tables

HELP: Mapping[str, str] = {
    "due": N_(
        "List what is to be done, earliest deadline first.\n\n"
        "What has no deadline comes last; --before, --after and --within leave it out."
    ),
    "overdue": N_(
        "List what is overdue, longest first.\n\n"
        "On the day of its deadline, a task is not yet overdue."
    ),
    "tasks": N_(
        "List everything that a party owes.\n\n"
        "This is what it owes in its own right, as one of a group, jointly with others, or "
        "through an office that it holds now or at the deadline. What it only supports is "
        "listed separately and not counted."
    ),
    "show": N_(
        "Show a conclusion, a whole meeting, or a party.\n\n"
        "For a conclusion: its text, whom it binds and where each stands, its links, and its "
        "line in the file; 6 includes 6.a and 6.b. A meeting's id alone shows the whole "
        "meeting. The code or a name of a party shows who it is: names, terms of office, "
        "meetings, open tasks."
    ),
    "meetings": N_(
        "List the meetings by date.\n\n"
        "It shows how many conclusions and mandates the record has for each; for some, only the "
        "dates are known."
    ),
    "search": N_(
        "Find the conclusions that contain all the words.\n\n"
        "Accents and case do not matter. Words in quotes are searched for as a phrase. The "
        "match is shown between « and »."
    ),
    "matrix": N_(
        "Show mandates against parties, with each task's state.\n\n"
        "It shows those of one meeting, or of all."
    ),
    "stats": N_(
        "Count how many duties were met.\n\n"
        "It counts, by party, body and meeting, what is owed, done on time or late, overdue, "
        "open or without any report; it also shows how long duties without a date have been "
        "open, and how often deadlines were changed. The tasks are those that the lists show."
    ),
    "changes": N_(
        "List what has changed since a day or a meeting.\n\n"
        "It shows duties that are new, settled, ended, reported on, newly overdue or due on "
        "another date, and offices that changed hands, each with its date. What a list as of "
        "the first day already shows is not a change; the last day is --as-of, or today. "
        "Without --since, the list starts after the last meeting. Only --recorded-since needs "
        "git; it alone shows that a meeting was postponed and which deadlines moved with it: "
        "the files do not keep what they said before."
    ),
    "record": N_(
        "Record what a party reports on a mandate.\n\n"
        "The entry is added at the end of the party's file in the data folder. With `-` in "
        "place of a reference, a CSV table on stdin gives many entries at once. All are "
        "checked before the first is written; what is already recorded is left alone."
    ),
    "log": N_(
        "Show what happened to a mandate, and when.\n\n"
        "It shows the adoption, the deadlines, what was reported, and what later meetings "
        "decided about it; if the folder is in git, also who recorded each and in which commit."
    ),
    "diff": N_(
        "Show what became of the duties between two revisions in git.\n\n"
        "A single revision is compared with the files as they are now. The list shows duties "
        "that are new, gone, ended, moved, rewritten or reported on, so that a change reads as "
        "duties and not as YAML."
    ),
    "draft": N_(
        "Draft a meeting file from a document.\n\n"
        "It takes the conclusions from Word, PDF or text, in Spanish or English. The texts "
        "are taken word for word; who must do what by when is inferred, and marked with the "
        "words it comes from. What the document does not say can be given as options. Read "
        "the draft before you keep it."
    ),
    "import": N_(
        "Import the tracker that a secretariat keeps in a spreadsheet.\n\n"
        "The tracker has one row for each decision or duty: meeting, number, text, who is "
        "responsible, deadline, state. The command reports what was understood, what is "
        "doubtful and what is left out, and asks for confirmation; then it writes a file for "
        "each new meeting and adds what was reported. It does not change the file of an "
        "existing meeting. Comments, and what is not understood, become internal remarks."
    ),
    "rename": N_(
        "Rename a party, a group, a theme or a meeting.\n\n"
        "Every reference to it in the record is changed too, and so is the name of its file; "
        "comments and layout stay. Either all files are written or none. Letters, pages and "
        "calendars already sent do not change."
    ),
    "new": N_(
        "Create a meeting file.\n\n"
        "It asks for what is not given as an option. The file is named after the body and "
        "the month, or as --id says; nothing is overwritten. A future meeting can have a "
        "file too, without conclusions, for the calendar."
    ),
    "init": N_(
        "Create a data folder.\n\n"
        "It contains a register whose comments say what it may hold, and folders for meetings "
        "and progress. The command asks for what is not given as an option, and does not "
        "overwrite anything."
    ),
    "export": N_(
        "Export what is to be done as a file.\n\n"
        "The file is a spreadsheet (xlsx, csv), a calendar (ics), a database (sqlite), json or "
        "md; the options select tasks as those of `due` do. Text goes to stdout if no file is "
        "named; with `-o -`, any format does."
    ),
    "site": N_(
        "Create web pages of the whole record, in the languages of its process.\n\n"
        "They open from a folder or from any web host, without a server, and contain what is "
        "overdue, what comes next, a page for each party with its calendar, each meeting with "
        "its full text, and a search."
    ),
    "agenda": N_(
        "Write the next meeting's pack.\n\n"
        "It shows what has changed since the last meeting, what falls due at this one or "
        "before, what is carried over, what has no date, who has not reported, what was settled "
        "since, and the words of each conclusion. Without a next meeting in the record, it "
        "shows everything that is open."
    ),
    "remind": N_(
        "Write a letter to a party, or to all.\n\n"
        "It lists what is overdue, what is due soon and what else is open, with the exact words "
        "of each conclusion, in the party's own language. A template in the data folder, "
        "templates/reminder.es.md, replaces the built-in one. Nothing is sent."
    ),
    "validate": N_(
        "Check the data folder.\n\n"
        "It shows every problem in every file in one run, with its place and what to write "
        "instead. The exit code is 0 without errors, 1 with errors, and 3 if a file cannot be "
        "read. A comment `# grcm: ignore[rule]` at the end of a line switches that rule off "
        "there; `grcm explain` explains a rule."
    ),
    "explain": N_("Explain a rule of `grcm validate`.\n\nWithout a name, list the rules."),
    "schema": N_(
        "Print the JSON Schema for a kind of file.\n\n"
        "Editors that support YAML use it as you type: point them to it, or begin a file with "
        "the comment `# yaml-language-server: $schema=` and its path. With --data, it includes "
        "the record's own codes, meetings and mandates, which editors then offer."
    ),
    "completion": N_(
        "Print the script that sets up completion in a shell.\n\n"
        "TAB then completes commands, options, parties, meetings and references. Where it "
        "goes: ~/.local/share/bash-completion/completions/grcm for bash, a file _grcm in a "
        "folder of $fpath for zsh, ~/.config/fish/completions/grcm.fish for fish, $PROFILE "
        "for PowerShell."
    ),
    "lsp": N_(
        "Run a language server, so that an editor can work on a record.\n\n"
        "An editor starts it and talks to it over stdin and stdout. It shows every finding as "
        "you type, and how to put it right; it completes parties, references and deadlines, "
        "explains what a code or a deadline means, and renames a party. It needs the package "
        "extra `lsp`."
    ),
    "help": N_("Show the help for a command.\n\nWithout a name, show that for grcm itself."),
    "cache": N_(
        "Show where the caches of data folders are, or clear them.\n\n"
        "Lists are read from a cache as long as no file has changed. The cache is kept "
        "outside the data; once it is cleared, the next list rebuilds it."
    ),
}
"""Each command's `--help`, in the order of `grcm --help`; its first paragraph is its line there."""

NAMES = tuple(HELP)
_CHOOSING = (
    *("before", "after", "within", "party", "body", "meeting", "state", "kind", "theme"),
    "unassigned",
)
_LISTED = ("columns", "format_name", "exit_code")
LIST_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "due": (*_CHOOSING, "unreported", "closed", "each", "sort", *_LISTED),
    "overdue": (
        *("party", "body", "meeting", "theme", "encouragements", "unreported", "each", "sort"),
        *_LISTED,
    ),
    "tasks": (
        *("body", "meeting", "state", "kind", "theme", "unreported", "closed", "sort", *_LISTED),
    ),
    "meetings": ("body", *_LISTED),
    "search": _LISTED,
    "matrix": ("body", "theme", "unreported", "format_name", "exit_code"),
    "stats": ("columns", "format_name"),
    "changes": ("party", "body", "meeting", "theme", *_LISTED),
    "log": ("columns", "format_name"),
    "diff": _LISTED,
    "export": (*_CHOOSING, "closed", "sort", "columns"),
}
"""The options of lists that a command takes, by their names in `cli/options.py`."""
SENT = ("export", "site", "agenda", "remind")
"""The commands whose answers are published or sent: they have nothing that is internal."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Ask"): (
        *("due", "overdue", "tasks", "show", "meetings", "search", "matrix", "stats"),
        *("changes", "log", "diff"),
    ),
    N_("Record"): ("record", "draft", "import", "new", "rename"),
    N_("Share"): SENT,
    N_("Check"): ("validate", "explain"),
    N_("Set up"): ("init", "schema", "lsp"),
}
"""The commands as `grcm --help` shows them; the others are only in the manual."""
EXAMPLES: Mapping[str, str] = {
    "grcm due": N_("What is to be done, by everybody."),
    "grcm tasks MEX": N_("What a party owes."),
    "grcm record done GRCM-2002-10/8#1 --by MEX": N_("Record that the party has done it."),
}
"""What is asked most, each with what it does."""
OVERVIEW = "overview"
"""What runs where no command is named; nobody types it."""
_MODULES: Mapping[str, str] = {
    **dict.fromkeys(("due", "overdue", OVERVIEW), "tasks"),
    **dict.fromkeys(("changes", "log", "diff"), "history"),
    **dict.fromkeys(("init", "new", "rename"), "folder"),
    **dict.fromkeys(("meetings", "search", "matrix", "stats"), "lists"),
    **dict.fromkeys(("agenda", "remind"), "letters"),
    **dict.fromkeys(("explain", "help", "completion", "lsp", "cache"), "program"),
}
INSTEAD_OF_ARGUMENT: Mapping[str, str] = {
    "due": "tasks {words}",
    "overdue": "overdue --party {words}",
    "meetings": "meetings --body {words}",
    "changes": "changes --since {words}",
    **{name: f"{name} {{words}}" for name in ("tasks", "remind", "agenda")},
}
"""What to write where somebody gives one of these commands an argument too many, as a name."""

ALIKE = ("due", "overdue", "tasks", "changes", "matrix", "stats", "meetings")
"""Lists of which one may have an option that another has not; the first that has it is named."""
PREPOSITION = re.compile(
    r"\A(?:desde|después|para|hasta|antes|del?|since|after|for|of|by|before) "
    r"(?:(?:el|la|de|the) )?",
    re.IGNORECASE,
)
"""What may stand before words that are given as an argument: `desde 2026-11-01` is a day."""


def function_of(name: str) -> tuple[str, str]:
    """Return a command's module and function; `import` is a word of Python's own."""
    function = f"{name}_" if iskeyword(name) else name
    return _MODULES.get(name, function), function


@cache
def other_words() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the words that people write for commands: by language, by command."""
    return word_tables("commands.toml")


def words_for_commands() -> Iterator[tuple[str, str]]:
    """Yield each word that names a command, with the command: its own name, then other words."""
    yield from ((name, name) for name in NAMES)
    for by_command in other_words().values():
        for name, words in by_command.items():
            yield from ((word, name) for word in words)


def command_named(word: str) -> str | None:
    """Return the command that a word names, by its name or by another word for it; else None."""
    if word in (*HELP, OVERVIEW):
        return word
    folded = fold(word)
    return next((name for other, name in words_for_commands() if fold(other) == folded), None)


def summary(name: str) -> str:
    """Return the line of a command in `grcm --help`, in the reader's language."""
    return _(HELP[name]).partition("\n\n")[0]
