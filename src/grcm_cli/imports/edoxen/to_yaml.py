"""Render an imported meeting as its file, and a register to begin with."""

from collections.abc import Iterator, Mapping, Sequence

from grcm_cli.drafting.draft import DraftConclusion
from grcm_cli.drafting.to_yaml import inferred_lines
from grcm_cli.edoxen.format import Tree
from grcm_cli.imports.edoxen.meetings import NewBody, NewConclusion, NewMeeting
from grcm_cli.imports.to_yaml import number_line
from grcm_cli.language.text import _
from grcm_cli.reader.emit import block, key_line, one_or_list, tree_lines


def meeting_file(meeting: NewMeeting, drafted: Mapping[str, DraftConclusion], schema: str) -> str:
    """Return the file of a meeting; `drafted` is what was inferred of conclusions, by number."""
    lines = [
        schema.rstrip("\n"),
        "# " + _("Imported from the file of `source`; what has no key here is below `metadata`."),
    ]
    if drafted:
        purpose = _("The mandates are inferred from the texts. Each inferred value has a comment:")
        comments = _("the words that it comes from, and how sure it is. Look at every “check”.")
        lines += [f"# {purpose}", f"# {comments}"]
    lines += [key_line("id", meeting.id), key_line("body", meeting.body)]
    for key, value in meeting.keys.items():
        lines += tree_lines(key, value, "") if isinstance(value, dict) else [key_line(key, value)]
    lines += _metadata(meeting.metadata, "")
    if meeting.conclusions is not None:
        lines.append("conclusions:" if meeting.conclusions else "conclusions: []")
        for conclusion in meeting.conclusions:
            lines += _conclusion(conclusion, drafted.get(conclusion.number), meeting)
    return "\n".join(lines) + "\n"


def _metadata(metadata: Mapping[str, Tree], indent: str) -> Iterator[str]:
    if metadata:
        yield from tree_lines("metadata", metadata, indent)


def _conclusion(
    conclusion: NewConclusion, drafted: DraftConclusion | None, meeting: NewMeeting
) -> Iterator[str]:
    yield number_line(conclusion.number)
    text = conclusion.text
    if text.keys() == {meeting.keys.get("language")}:
        yield from block("text", next(iter(text.values())), "    ", keep_lines=True)
    else:
        yield "    text:"
        for language, words in text.items():
            yield from block(language, words, "      ", keep_lines=True)
    if conclusion.acts:
        yield f"    acts: {one_or_list(conclusion.acts)}"
    if drafted is not None:
        yield from inferred_lines(drafted, "    ")
    yield from _metadata(conclusion.metadata, "    ")


def register_file(
    bodies: Sequence[NewBody],
    organizations: Sequence[tuple[str, str]],
    languages: Sequence[str],
    schema: str,
) -> str:
    """Return a register with the bodies and the organizations that collections name."""
    main = languages[0] if languages else "en"
    names = [{language or main: name for language, name in one.names.items()} for one in bodies]
    process = {"code": bodies[0].code, "name": names[0], "languages": list(languages)}
    lines = [
        schema.rstrip("\n"),
        "# " + _("Made of the bodies and parties that an import named. Complete and correct it."),
        "process:",
        *(line for key, value in process.items() for line in tree_lines(key, value, "  ")),
        "bodies:",
    ]
    for body, name in zip(bodies, names, strict=True):
        keys: dict[str, Tree] = {"name": name}
        if body.aliases:
            keys["aliases"] = list(body.aliases)
        lines += tree_lines(body.code, keys, "  ")
    if organizations:
        lines.append("organizations:")
        for code, source in organizations:
            lines += tree_lines(code, {"name": source}, "  ")
    return "\n".join(lines) + "\n"
