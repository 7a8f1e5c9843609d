"""The review of a draft as one page: the document with its marks, and beside it a card a mandate.

The page needs no other file, no server and no script. What its script adds: keys that step through
the doubts in the document and on the cards at once.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from markupsafe import Markup

from grcm_cli.domain.due import DueWording
from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.draft import Draft
from grcm_cli.drafting.marked_text import (
    DocumentBlock,
    Mark,
    MarkedDocument,
    MarkKind,
    marked_document,
)
from grcm_cli.drafting.reading import DraftMandate
from grcm_cli.drafting.references import OlderReference
from grcm_cli.drafting.review import Doubt, doubts, mandate_name, older_sentence
from grcm_cli.drafting.to_yaml import CHECK, LIKELY, first_words, key_certainty, responsible
from grcm_cli.language.ci_commands import markup_without_commands
from grcm_cli.language.text import N_, _, ngettext
from grcm_cli.site.rendering import ASSETS, digest, environment
from grcm_cli.views.meetings import of_body

_KINDS: Mapping[MarkKind, str] = {
    "duty": N_("duty"),
    "party": N_("who"),
    "exception": N_("except"),
    "support": N_("support"),
    "deadline": N_("by when"),
    "follows": N_("follows up {reference}"),
    "extends": N_("extends {reference}"),
    "closes": N_("ends {reference}"),
    "supersedes": N_("replaces {reference}"),
    "meeting": N_("of the meeting"),
    "doubt": N_("point to check"),
    "unread": N_("not used"),
    "unused": N_("in no conclusion"),
}
_KEYS = {
    "id": N_("Id"),
    "body": N_("Body"),
    "title": N_("Title"),
    "place": N_("Place"),
    "country": N_("Country"),
    "start": N_("First day"),
    "end": N_("Last day"),
    "language": N_("Language"),
    "participants": N_("Participants"),
    "observers": N_("Observers"),
}
_FIRST_WORDS = 12
"""Of a conclusion, on the card of a doubt about all of it."""
_MOST_TAGS = 3
"""Mandates or doubts that a mark has a link for; of more it has the first and the last."""
_LARGE = 300
"""Conclusions of a page whose parts a browser lays out when they come into view."""


class MarkLink(NamedTuple):
    """A link from a card to words in the document; where there are none it has no address."""

    words: str
    anchor: str = ""


class CardFact(NamedTuple):
    """A line of a card: what it is, its value in words and as the file writes it, its words."""

    label: str
    text: str = ""
    written: str = ""
    links: Sequence[MarkLink] = ()
    certainty: str = ""


class CardDoubt(NamedTuple):
    """A doubt on a card, with its number in the summary and where its words are."""

    number: int
    sentence: str
    anchor: str = ""


class DraftCard(NamedTuple):
    """A mandate; or what is open of a conclusion, or of the meeting, beside its mandates."""

    facts: Sequence[CardFact] = ()
    doubts: Sequence[CardDoubt] = ()
    name: str = ""
    """That of the mandate, or the conclusion's number; empty for the meeting."""
    conclusion: str = ""
    """Where its conclusion is on the page."""
    anchor: str = ""
    text: str = ""
    """The first words of the conclusion, where the card is about all of it."""
    action: str = ""
    key: str = ""
    """What its marks in the document have too: a mandate's place in the draft, or `r` and that of
    what is done with an older one."""
    change: str = ""
    """What is done with an older mandate, in the reader's language."""
    written: Sequence[str] = ()
    """The lines of a mandate as a meeting file has it, to be copied and put right."""


Links = list[tuple[str, str]]
"""Links: where, and the words; those without an address are text."""


class ShownMark(NamedTuple):
    """A mark as the page shows it."""

    anchor: str
    kind: MarkKind
    title: str
    tags: Links
    """The links to its mandates: where, and the name."""
    badges: Links
    """The links to its doubts."""
    keys: str
    """Those of its cards, with spaces between them."""


class OpenMark(NamedTuple):
    """A mark over a piece of the text, and whether it begins and ends with it."""

    mark: ShownMark
    begins: bool
    ends: bool


ShownLine = tuple[Sequence[tuple[str, Sequence[OpenMark]]], bool]
"""A line of the document in stretches, each with the marks over it, the outermost first; and
whether it is a note."""


class ShownBlock(NamedTuple):
    """Lines of the document, with what is open of their conclusion but of none of its words."""

    block: DocumentBlock
    anchor: str
    number: str
    """The conclusion's, where its label as it is printed does not have it."""
    is_item: bool
    lines: Sequence[ShownLine]
    tags: Links
    badges: Links
    is_empty: bool
    """Neither a mandate nor a doubt comes from its conclusion."""


def page(draft: Draft, register: Register, source: str, language: str) -> bytes:
    """Return the page of a draft. `language` is the reader's; `source` names the document."""
    view = _DraftView(draft, register, language)
    groups = list(view.groups())
    style = "".join((ASSETS / name).read_text("utf-8") for name in ("style.css", "draft.css"))
    script = (ASSETS / "draft.js").read_text("utf-8")
    html = environment().get_template("draft.html").render(
        language=language,
        document_language=draft.header.language,
        title=str(draft.keys["id"].text) if "id" in draft.keys else source,
        source=source,
        counts=", ".join(_counts(draft, len(view.doubts), len(view.empty))),
        meeting=view.meeting_card(),
        points=view.points(),
        groups=groups,
        blocks=view.blocks(),
        kinds=_KINDS,
        is_large=len(draft.conclusions) > _LARGE,
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - as above
        policy=f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
    )  # fmt: skip
    return markup_without_commands(html).encode()


def _counts(draft: Draft, points: int, empty: int) -> Iterator[str]:
    main = sum(conclusion.item.stem is None for conclusion in draft.conclusions)
    items, mandates = len(draft.conclusions) - main, len(draft.duties)
    yield ngettext("{count} conclusion", "{count} conclusions", main).format(count=main)
    if items:
        message = ngettext("{count} item under them", "{count} items under them", items)
        yield message.format(count=items)
    yield ngettext("{count} mandate", "{count} mandates", mandates).format(count=mandates)
    message = ngettext("{count} point to check", "{count} points to check", points)
    yield message.format(count=points)
    if empty:
        message = ngettext(
            "{count} conclusion without mandate or point",
            "{count} conclusions without mandate or point",
            empty,
        )
        yield message.format(count=empty)


class _DraftView:
    """What the page shows of one draft."""

    def __init__(self, draft: Draft, register: Register, language: str) -> None:
        self.draft, self.register, self.language = draft, register, language
        self.doubts: Sequence[Doubt] = doubts(draft)
        self.document: MarkedDocument = marked_document(draft, self.doubts)
        self._doubts_by_name: dict[str, list[int]] = {}
        for place, doubt in enumerate(self.doubts):
            self._doubts_by_name.setdefault(doubt.number, []).append(place)
        self._of_mandates = self.document.of_mandates()
        self._of_doubts = self.document.of_doubts()
        self._of_older = self.document.of_older()
        self._doubts_on_older = {
            (doubt.number, doubt.older): place
            for place, doubt in enumerate(self.doubts)
            if doubt.older
        }
        self._older = [(c.item.number, one) for c in draft.conclusions for one in c.older]
        self._names = [
            mandate_name(conclusion, place)
            for conclusion in draft.conclusions
            for place in range(1, len(conclusion.reading.duties) + 1)
        ]
        numbers = [conclusion.item.number for conclusion in draft.conclusions]
        self._anchors = {number: f"c{place}" for place, number in enumerate(numbers, 1)}
        found = {doubt.number.partition("#")[0] for doubt in self.doubts}
        found |= {c.item.number for c in draft.conclusions if c.reading.duties or c.older}
        found |= {stem for c in draft.conclusions if c.item.number in found for stem in c.stems}
        self.empty = self._anchors.keys() - found
        """The conclusions from which neither a mandate nor a doubt comes: a text is none of them
        where an item that completes it has one."""

    # --- cards --------------------------------------------------------------------------------

    def points(self) -> list[CardDoubt]:
        """Return all doubts in the order of the summary."""
        return [self._card_doubt(place) for place in range(len(self.doubts))]

    def _card_doubt(self, place: int) -> CardDoubt:
        mark = self._of_doubts.get(place)
        anchor = self._anchors.get(self.doubts[place].number.partition("#")[0], "")
        if mark is not None:
            anchor = f"w{mark}"
        return CardDoubt(place + 1, self.doubts[place].sentence, anchor)

    def _doubts_of(self, name: str) -> list[CardDoubt]:
        """Return the doubts about a mandate, a conclusion, or the meeting, whose name is empty.

        Those about older mandates are on the cards of these.
        """
        places = self._doubts_by_name.get(name, [])
        return [self._card_doubt(place) for place in places if not self.doubts[place].older]

    def meeting_card(self) -> DraftCard:
        """Return the keys of the meeting, with what is open of it."""
        facts = []
        for key, value in self.draft.keys.items():
            text = value.text if isinstance(value.text, str) else ", ".join(value.text)
            certainty = key_certainty(key, value)
            how = {CHECK: N_("inferred")}.get(certainty, certainty)
            facts.append(CardFact(_(_KEYS.get(key, key)), text, certainty=_(how) if how else ""))
        return DraftCard(facts, self._doubts_of(""))

    def groups(self) -> Iterator[Sequence[DraftCard]]:
        """Yield the cards of each conclusion that has any, in the order of the document."""
        place = older = 0
        for conclusion in self.draft.conclusions:
            number, duties = conclusion.item.number, conclusion.reading.duties
            anchor, cards = self._anchors[number], []
            own = self._doubts_of(number)
            if len(duties) != 1 and own:
                text = first_words(conclusion.item.text, _FIRST_WORDS)
                cards.append(DraftCard((), own, number, anchor, text=text))
            for one in conclusion.older:
                cards.append(self._older_card(number, one, older))
                older += 1
            for duty in duties:
                name = self._names[place]
                card = DraftCard(
                    list(self._facts(duty, place)), self._doubts_of(name), name, anchor
                )
                card = card._replace(anchor=f"m{place}", action=duty.action, key=str(place))
                cards.append(card._replace(written=_written(duty)))
                place += 1
            if cards:
                yield cards

    def _older_card(self, number: str, one: OlderReference, place: int) -> DraftCard:
        """Return the card of what a conclusion does with an older mandate."""
        marks = self._of_older.get(place, [])
        links = [MarkLink(self.document.marks[mark].words, f"w{mark}") for mark in marks]
        facts = [
            CardFact(
                _("In the file"), "", one.kind, links or [MarkLink(one.words)], certainty=_(LIKELY)
            )
        ]
        meeting, _slash, address = one.reference.partition("#")[0].partition("/")
        older = self.register.conclusion(Reference(meeting, address))
        if older:
            words = first_words(older.text.shown(self.language), _FIRST_WORDS)
            facts.append(CardFact(_("What it says"), words))
        if one.parties:
            facts.append(CardFact(_("Only for"), ", ".join(map(self._name, one.parties))))
        doubt = self._doubts_on_older.get((number, one))
        doubts = [] if doubt is None else [self._card_doubt(doubt)]
        card = DraftCard(facts, doubts, number, self._anchors[number])
        return card._replace(anchor=f"r{place}", key=f"r{place}", change=older_sentence(one))

    def _facts(self, duty: DraftMandate, place: int) -> Iterator[CardFact]:
        who = duty.who
        written = responsible(who) if who.codes or who.exceptions else ""
        yield CardFact(
            _("Who"), self._parties(who), written, self._links(place, "party", who.words)
        )
        if who.exception_words:
            yield CardFact(_("Except"), links=self._links(place, "exception", ""))
        if duty.support:
            names = ", ".join(map(self._name, duty.support))
            yield CardFact(_("With"), names, links=self._links(place, "support", ""))
        if duty.due is None:
            yield CardFact(_("By when"), _("no deadline"))
        else:
            due = parse_due(duty.due.due)
            named = of_body(self.register.directory, self.language)
            words = due.words(DueWording(self.language, of_body=named)) if due else duty.due.due
            links = self._links(place, "deadline", duty.due_words)
            yield CardFact(_("By when"), words, links=links)
        links = self._links(place, "duty", duty.verb_words)
        kind = _("encouragement") if duty.kind == "encouragement" else ""
        if links or kind:
            yield CardFact(_("Words of the duty"), kind, links=links)
        if duty.second:
            yield CardFact(_("Second reader"), duty.second)
        if duty.after:
            yield CardFact(_("After"), _("the mandate before it"))

    def _parties(self, who: DraftResponsible) -> str:
        """Return who is bound, in words."""
        names = ", ".join(map(self._name, who.codes))
        match who.mode:
            case "nobody" if who.words:
                return _("not in the register")
            case "nobody":
                return _("the text names nobody in the register")
            case "together":
                return names
            case "each":
                return _("each: {parties}").format(parties=names)
        is_member = who.mode == "members"
        group = _("each member country") if is_member else _("each participant")
        if not who.exceptions:
            return group
        exceptions = ", ".join(map(self._name, who.exceptions))
        return _("{group}, except {parties}").format(group=group, parties=exceptions)

    def _name(self, code: str) -> str:
        party = self.register.directory.by_code.get(code)
        return party.name.shown(self.language) if party else code

    def _links(self, place: int, kind: MarkKind, words: str) -> list[MarkLink]:
        """Return the links of a mandate to its words of a kind; the words alone where none is."""
        marks = self._of_mandates.get((place, kind), [])
        if not marks:
            return [MarkLink(words)] if words else []
        return [MarkLink(self.document.marks[mark].words, f"w{mark}") for mark in marks]

    # --- the document -------------------------------------------------------------------------

    def blocks(self) -> Iterator[ShownBlock]:
        """Yield the document in its order."""
        unmarked = self._unmarked()
        items = {c.item.number for c in self.draft.conclusions if c.item.stem is not None}
        for block, lines in zip(self.document.blocks, self._lines_of_blocks(), strict=True):
            begins = bool(block.number) and not block.is_continued
            has_number = block.number.rpartition(".")[2] in block.label
            tags, badges = unmarked.get(block.number, ([], [])) if begins else ([], [])
            yield ShownBlock(
                block,
                self._anchors.get(block.number, ""),
                "" if has_number else block.number,
                block.number in items,
                lines,
                tags,
                badges,
                begins and block.number in self.empty,
            )

    def _lines_of_blocks(self) -> Iterator[Sequence[ShownLine]]:
        """Yield the lines of each block, with the marks that begin and end in them."""
        shown = [self._shown(place, mark) for place, mark in enumerate(self.document.marks)]
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        lines = [line for block in self.document.blocks for line in block.lines]
        for place, piece in enumerate(piece for line in lines for piece in line.pieces):
            for mark in piece.marks:
                first.setdefault(mark, place)
                last[mark] = place
        places = count()
        for block in self.document.blocks:
            of_block: list[ShownLine] = []
            for line in block.lines:
                pieces = []
                for piece in line.pieces:
                    place = next(places)
                    marks = [
                        OpenMark(shown[mark], first[mark] == place, last[mark] == place)
                        for mark in piece.marks
                    ]
                    pieces.append((piece.text, marks))
                of_block.append((pieces, line.is_note))
            yield of_block

    def _unmarked(self) -> dict[str, tuple[Links, Links]]:
        """Return the mandates and doubts of each conclusion that no words of it are marked for."""
        found: dict[str, tuple[Links, Links]] = {}
        for place, name in enumerate(self._names):
            if (place, "duty") not in self._of_mandates:
                number = name.partition("#")[0]
                found.setdefault(number, ([], []))[0].append((f"m{place}", name))
        for place, doubt in enumerate(self.doubts):
            if doubt.number and place not in self._of_doubts:
                number = doubt.number.partition("#")[0]
                found.setdefault(number, ([], []))[1].append((f"d{place + 1}", str(place + 1)))
        return found

    def _shown(self, place: int, mark: Mark) -> ShownMark:
        names = [(f"m{mandate}", self._names[mandate]) for mandate in mark.mandates]
        is_one_of_several = any("#" in name for _anchor, name in names)
        title = _(_KINDS[mark.kind]).format(reference=mark.reference)
        if names:
            title += ": " + " ".join(name for _anchor, name in _ends(names))
        tags = _ends(names) if mark.kind == "duty" or is_one_of_several else []
        if mark.kind != "duty":
            tags = [(anchor, name[name.find("#") :]) for anchor, name in tags if "#" in name]
        badges = _ends([(f"d{number + 1}", str(number + 1)) for number in mark.doubts])
        if mark.kind != "deadline":
            tags += _ends([(f"r{number}", self._older[number][0]) for number in mark.older])
        keys = " ".join([*map(str, mark.mandates), *(f"r{number}" for number in mark.older)])
        return ShownMark(f"w{place}", mark.kind, title, tags, badges, keys)


def _written(duty: DraftMandate) -> list[str]:
    """Return a mandate as an item of `mandates` in a meeting file."""
    keys = {
        "action": json.dumps(duty.action, ensure_ascii=False),
        "kind": duty.kind if duty.kind != "request" else "",
        "responsible": responsible(duty.who),
        "lead": duty.who.lead_code,
        "support": f"[{', '.join(duty.support)}]" if duty.support else "",
        "due": duty.due.due if duty.due else "",
    }
    lines = [f"  {key}: {value}" for key, value in keys.items() if value]
    return [lines[0].replace("  ", "- ", 1), *lines[1:]]


def _ends(links: Links) -> Links:
    """Return some links; of many the first and the last."""
    return links if len(links) <= _MOST_TAGS else [links[0], ("", "…"), links[-1]]
