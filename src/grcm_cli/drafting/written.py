"""A draft as the text of a meeting file: what was inferred carries the words that it came from."""

import re
import textwrap
from collections.abc import Iterator

from grcm_cli.drafting.draft import Conclusion, Draft, Value
from grcm_cli.drafting.mandate import DraftMandate, DraftResponsible
from grcm_cli.language.text import N_, _, clean
from grcm_cli.reader.emit import mapping

SURE = N_("sure")
LIKELY = N_("likely")
CHECK = N_("check")
_WIDTH = 92  # columns of a text
_COMMENT = 110  # characters of the words in a comment


def meeting_file(draft: Draft, source: str) -> str:
    """Return the meeting file of a draft, without the line for editors."""
    lines = [
        "# "
        + _(
            "Drafted from the document; the texts are word for word. What was inferred has a comment:"
        ),
        "# " + _("the words that it comes from, and how sure it is. Look at every “check”."),
    ]
    unsaid = _("check: the document does not say; give --{key}")
    lines += [f"# {key}:  # " + unsaid.format(key=key) for key in draft.missing]
    for key, value in draft.keys.items():
        lines.append(_key(key, value))
        if key == "start" and draft.other_days:
            said = _("the document also says {days}").format(days=", ".join(draft.other_days))
            lines.append("# " + _marked(CHECK, said))
    if source:
        lines.append(_plain("source", source))
    lines += ["", "conclusions:"]
    lines += [line for conclusion in draft.conclusions for line in _conclusion(conclusion)]
    if draft.in_none:
        lines += ["# " + _("In no conclusion:"), *(f"#   {clean(line)}" for line in draft.in_none)]
    return "\n".join(lines) + "\n"


def _key(key: str, value: Value) -> str:
    line = _plain(key, value.text)
    if value.given:
        return line
    if key == "id":
        return f"{line}  # " + _marked(CHECK, _("from the body and the first day"))
    if key in ("title", "place", "end") and value.sure:
        return line
    how_sure = CHECK if not value.sure else SURE if value.words else LIKELY
    return f"{line}  # " + _marked(how_sure, _quoted(value.words))


def _plain(key: str, value: object) -> str:
    """Return a key with its value as YAML, on one line."""
    if isinstance(value, (list, tuple)):
        return f"{key}: [{', '.join(value)}]"
    return mapping({key: clean(str(value))}).rstrip("\n")


def _marked(how_sure: str, why: str) -> str:
    """Return how sure a value is, and why, in the reader's language."""
    return ": ".join(filter(None, (_(how_sure), why)))


def _quoted(words: str) -> str:
    return f"“{_short(words)}”" if words else ""


def _few(words: str) -> str:
    """Return the first words of a clause, enough to find it by."""
    plain = clean(words).split()
    return " ".join(plain[:4]) + ("…" if len(plain) > 4 else "")


def _short(words: str) -> str:
    plain = " ".join(clean(words).split())
    return plain if len(plain) <= _COMMENT else plain[: _COMMENT - 1] + "…"


def _conclusion(conclusion: Conclusion) -> Iterator[str]:
    item, reading = conclusion.item, conclusion.reading
    by_order = (
        "  # " + _marked(CHECK, _("the document has no number; counted")) if item.by_order else ""
    )
    yield f"  - number: {item.number}{by_order}"
    yield from _block("text", item.text, "    ")
    if reading.acts:
        acts = reading.acts[0] if len(reading.acts) == 1 else f"[{', '.join(reading.acts)}]"
        words = ", ".join(f"“{_few(said)}”" for _act, said in reading.clauses)
        yield f"    acts: {acts}  # " + _marked(LIKELY, words)
    else:
        yield "    # " + _marked(CHECK, _("no verb was recognized by which the meeting acts"))
    for cited in conclusion.follows:
        yield f"    follows: {cited.reference}  # " + _marked(LIKELY, _quoted(cited.words))
    single = reading.duties[0] if len(reading.duties) == 1 else None
    notes = [*item.notes, *([single.who.note] if single and single.who.note else [])]
    if notes:
        yield "    " + _plain("note", " ".join(notes))
    if single:
        own = single._replace(who=single.who._replace(note=""))  # one key, said above
        yield from _duty(own, "    ", "    ", item.number)
    elif reading.duties:
        yield "    mandates:"
        for place, duty in enumerate(reading.duties):
            yield from _duty(duty, "      - ", "        ", item.number, place)
    yield ""


def _duty(
    duty: DraftMandate, first: str, indent: str, number: str, place: int = 0
) -> Iterator[str]:
    lines = list(_block("action", duty.action, indent))
    yield first + lines[0].removeprefix(indent)
    yield from lines[1:]
    if duty.kind != "request":
        yield f"{indent}kind: {duty.kind}  # " + _marked(SURE, _quoted(duty.verb_words))
    yield f"{indent}responsible: {responsible(duty.who)}  # {_why(duty.who)}"
    if duty.support:
        yield f"{indent}support: [{', '.join(duty.support)}]  # " + _(LIKELY)
    if duty.due is not None:
        mark = _marked(SURE if duty.due.sure else CHECK, _quoted(duty.due_words))
        yield f"{indent}due: {duty.due.due}  # {mark}"
    if duty.after and place:
        yield f"{indent}after: {number}#{place}  # " + _(LIKELY)
    if duty.who.note:
        yield indent + _plain("note", duty.who.note)


def responsible(who: DraftResponsible) -> str:
    """Return who is bound, as `responsible` is written."""
    if who.mode == "nobody":
        return "[]"
    if who.mode == "together":
        return who.codes[0] if len(who.codes) == 1 else f"[{', '.join(who.codes)}]"
    group = f"[{', '.join(who.codes)}]" if who.mode == "each" else who.mode
    exceptions = f", except: [{', '.join(who.exceptions)}]" if who.exceptions else ""
    return f"{{each: {group}{exceptions}}}"


def _why(who: DraftResponsible) -> str:
    if who.mode == "nobody":
        return _marked(CHECK, _("the text names nobody of the register"))
    return _marked(SURE if who.sure else CHECK, _quoted(who.words))


def _block(key: str, text: str, indent: str) -> Iterator[str]:
    """Yield a text as a folded block, so that no sign in it means anything to YAML."""
    plain = " ".join(text.split())
    if (
        len(plain) < _WIDTH - len(key) - len(indent)
        and key == "action"
        and not _SIGNS.search(plain)
    ):
        yield f"{indent}{key}: {plain}"
        return
    yield f"{indent}{key}: >-"
    inside = indent + "  "
    for line in textwrap.wrap(plain, _WIDTH, break_long_words=False, break_on_hyphens=False):
        yield inside + line


_SIGNS = re.compile(r"^[^\w“]|[:#]|^(?:null|true|false|yes|no|~)$|^[0-9.]+$", re.IGNORECASE)
