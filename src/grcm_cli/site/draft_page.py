"""The review of a draft as one page, which needs no other file, no server and no script."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from markupsafe import Markup

from grcm_cli.domain.due_forms import due_examples, parse_due
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.draft import Draft
from grcm_cli.drafting.mandate import DraftMandate
from grcm_cli.drafting.marked_text import Mark, MarkKind, marked_document
from grcm_cli.drafting.references import OlderReference
from grcm_cli.drafting.review import counts, doubts, named_duties, older_sentence
from grcm_cli.drafting.to_yaml import CHECK, LIKELY, first_words, key_certainty, responsible
from grcm_cli.language.ci_commands import markup_without_commands
from grcm_cli.language.text import N_, _, counted, in_series, labelled
from grcm_cli.site.rendering import ASSETS, digest, environment
from grcm_cli.views.labels import form_in_words, party_name

_KINDS: Mapping[MarkKind, str] = {
    "duty": N_("duty"),
    "party": N_("who"),
    "deadline": N_("by when"),
    "older": N_("older mandate"),
    "doubt": N_("point to check"),
    "meeting": N_("of the meeting"),
    "unused": N_("not used"),
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
_FIRST_WORDS = 12  # of a conclusion, on the card of a doubt about all of it
_MOST_TAGS = 3  # mandates or doubts that a mark has a link for; of more the first and the last
_LARGE = 300  # conclusions of a page whose parts a browser lays out when they come into view
Links = Sequence[tuple[str, str]]  # links: where, and the words; those without an address are text


class CardFact(NamedTuple):
    """A line of a card: what it is, its value in words and as the file writes it, its words."""

    label: str
    text: str = ""
    written: str = ""
    links: Links = ()
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
    name: str = ""  # that of the mandate, or the conclusion's number; empty for the meeting
    conclusion: str = ""  # where its conclusion is on the page
    text: str = ""  # the action, what is done with an older mandate, or the first words
    kind: str = ""  # `action`, `change` or `first-words`
    key: str = ""  # of its marks: a mandate's place in the draft, or `r` and that of an older one
    written: Mapping[str, str] | None = None  # the keys of a mandate as a meeting file has them

    @property
    def anchor(self) -> str:
        """Where the card is on the page."""
        return self.key if self.kind == "change" else f"m{self.key}"


def page(draft: Draft, register: Register, source: str, language: str) -> bytes:
    """Return the page of a draft. `language` is the reader's; `source` names the document."""
    view = _DraftView(draft, register, language)
    style = "".join((ASSETS / name).read_text("utf-8") for name in ("style.css", "draft.css"))
    script = (ASSETS / "draft.js").read_text("utf-8")
    numbers = list(counts(draft, view.doubts))
    if view.empty:
        idle = counted(
            "{count} conclusion without a mandate or a point to check",
            "{count} conclusions without a mandate or a point to check",
            len(view.empty),
        )
        numbers.append(idle)
    html = environment().get_template("draft.html").render(
        language=language,
        document_language=draft.header.language,
        title=str(draft.keys["id"].text) if "id" in draft.keys else source,
        source=source,
        counts=", ".join(numbers),
        marks=[view.shown(mark) for mark in view.document.marks],
        items={item.number for item in view.items if item.stem is not None},
        view=view,
        kinds=_KINDS,
        parties={party.code: party.name.shown(language) for party in register.parties},
        dues={due: _(words) for due, words in due_examples().items()},
        is_large=len(draft.conclusions) > _LARGE,
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - as above
        policy=f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
    )  # fmt: skip
    return markup_without_commands(html).encode()


class _DraftView:
    """What the page shows of one draft."""

    def __init__(self, draft: Draft, register: Register, language: str) -> None:
        self.draft, self.register, self.language = draft, register, language
        self.doubts = doubts(draft)
        self.document = marked_document(draft, self.doubts)
        self._of_cards, self._of_doubts = self.document.of_cards(), self.document.of_doubts()
        self.items = [conclusion.item for conclusion in draft.conclusions]
        self.anchors = {item.number: f"c{place}" for place, item in enumerate(self.items, 1)}
        self.points: list[CardDoubt] = []
        self.badges: dict[str, list[tuple[str, str]]] = {}
        """The doubts about each conclusion that no words of it are marked for."""
        for number, doubt in enumerate(self.doubts, 1):
            conclusion = doubt.number.partition("#")[0]
            at = self.anchors.get(conclusion, "")
            if number - 1 in self._of_doubts:
                at = f"w{self._of_doubts[number - 1]}"
            elif conclusion:
                self.badges.setdefault(conclusion, []).append((f"d{number}", str(number)))
            self.points.append(CardDoubt(number, doubt.sentence, at))
        self.groups = list(self._groups())
        """The cards of each conclusion that has any, in the order of the document."""
        self._cards = {card.key: card for cards in self.groups for card in cards if card.key}
        used = {doubt.number.partition("#")[0] for doubt in self.doubts}
        used |= {card.name.partition("#")[0] for card in self._cards.values()}
        with_cards = [each for each in draft.conclusions if each.item.number in used]
        self.empty = self.anchors.keys() - used.union(*(each.stems for each in with_cards))
        """The conclusions from which neither a mandate nor a doubt comes, nor from their items."""
        self.tags: dict[str, list[tuple[str, str]]] = {}
        """The mandates of each conclusion that no words of it are marked for."""
        for card in self._cards.values():
            if card.kind == "action" and (card.key, "duty") not in self._of_cards:
                tag = card.anchor, card.name
                self.tags.setdefault(card.name.partition("#")[0], []).append(tag)

    def _doubts_of(self, name: str, older: OlderReference | None = None) -> list[CardDoubt]:
        """Return the doubts about a mandate, a conclusion, the meeting, or an older mandate."""
        points = zip(self.points, self.doubts, strict=True)
        return [point for point, doubt in points if (doubt.number, doubt.older) == (name, older)]

    def meeting_card(self) -> DraftCard:
        """Return the keys of the meeting, with what is open of it."""
        facts = []
        for key, value in self.draft.keys.items():
            text = value.text if isinstance(value.text, str) else ", ".join(value.text)
            certainty = key_certainty(key, value)
            how = {CHECK: N_("inferred")}.get(certainty, certainty)
            facts.append(CardFact(_(_KEYS.get(key, key)), text, certainty=_(how) if how else ""))
        return DraftCard(facts, self._doubts_of(""))

    def _groups(self) -> Iterator[Sequence[DraftCard]]:
        mandates, older = count(), count()
        for conclusion in self.draft.conclusions:
            number, duties = conclusion.item.number, conclusion.reading.duties
            place, cards = self.anchors[number], []
            about = self._doubts_of(number)
            if len(duties) != 1 and about:
                text = first_words(conclusion.item.text, _FIRST_WORDS)
                cards.append(DraftCard((), about, number, place, text, "first-words"))
            for reference in conclusion.older:
                key, points = f"r{next(older)}", self._doubts_of(number, reference)
                facts, change = self._facts_of_older(reference, key), older_sentence(reference)
                cards.append(DraftCard(list(facts), points, number, place, change, "change", key))
            for name, duty in named_duties(conclusion):
                key, points = str(next(mandates)), self._doubts_of(name)
                facts = self._facts(duty, key)
                card = DraftCard(list(facts), points, name, place, duty.action, "action", key)
                cards.append(card._replace(written=_written(duty)))
            if cards:
                yield cards

    def _facts_of_older(self, reference: OlderReference, key: str) -> Iterator[CardFact]:
        marked = [*self._links(key, "older", ""), *self._links(key, "deadline", "")]
        links = marked or [("", reference.words)]
        yield CardFact(_("In the file"), "", reference.kind, links, _(LIKELY))
        meeting, _slash, number = reference.reference.partition("#")[0].partition("/")
        older = self.register.conclusion(Reference(meeting, number))
        if older:
            words = first_words(older.text.shown(self.language), _FIRST_WORDS)
            yield CardFact(_("What it says"), words)
        if reference.parties:
            yield CardFact(_("Only for"), self._named(reference.parties))

    def _facts(self, duty: DraftMandate, key: str) -> Iterator[CardFact]:
        who = duty.who
        written = responsible(who) if who.codes or who.exceptions else ""
        yield CardFact(_("Who"), self._parties(who), written, self._links(key, "party", who.words))
        if duty.support:
            yield CardFact(_("With"), self._named(duty.support))
        words, links = _("no deadline"), []
        if duty.due is not None:
            due, directory = parse_due(duty.due.due), self.register.directory
            words = form_in_words(due, directory, self.language) if due else duty.due.due
            links = self._links(key, "deadline", duty.when.words)
        yield CardFact(_("By when"), words, links=links)
        links = self._links(key, "duty", duty.verb.words)
        kind = _("encouragement") if duty.kind == "encouragement" else ""
        if links or kind:
            yield CardFact(_("Wording of the duty"), kind, links=links)
        if duty.second:
            yield CardFact(_("Second reader"), duty.second)
        if duty.after:
            yield CardFact(_("After"), _("the mandate before it"))

    def _parties(self, owner: DraftResponsible) -> str:
        names = self._named(owner.codes)
        nobody = _("the text names nobody in the register as responsible")
        bound = {
            "nobody": _("not in the register") if owner.words else nobody,
            "together": names,
            "each": _("each: {parties}").format(parties=names),
            "members": _("each member country"),
            "participants": _("each participant"),
        }[owner.mode]
        if owner.mode not in ("members", "participants") or not owner.exceptions:
            return bound
        exceptions = self._named(owner.exceptions)
        return _("{group}, except {parties}").format(group=bound, parties=exceptions)

    def _named(self, codes: Iterable[str]) -> str:
        return ", ".join(party_name(self.register.directory, code, self.language) for code in codes)

    def _links(self, key: str, kind: MarkKind, words: str) -> list[tuple[str, str]]:
        """Return the links of a card to its words of a kind; the words alone where none is."""
        marks = self._of_cards.get((key, kind), [])
        links = [(f"w{mark}", self.document.marks[mark].words) for mark in marks]
        return links or ([("", words)] if words else [])

    def shown(self, mark: Mark) -> Mapping[str, object]:
        """Return a mark with its title and its links: tags lead to its cards, badges to doubts."""
        cards = [self._cards[key] for key in mark.cards]
        names = _ends([(card.anchor, card.name) for card in cards])
        kind, named = _(_KINDS[mark.kind]), " ".join(name for _to, name in names)
        title = labelled(kind, named) if named else kind
        if mark.kind == "older":
            title = in_series(card.text for card in cards)
        tags = names if mark.kind in ("duty", "older") else []
        if mark.kind in ("party", "deadline"):
            tags = [(to, name[name.find("#") :]) for to, name in names if "#" in name]
        badges = _ends([(f"d{number + 1}", str(number + 1)) for number in mark.doubts])
        return {**mark._asdict(), "title": title, "tags": tags, "badges": badges}


def _written(duty: DraftMandate) -> dict[str, str]:
    """Return the keys of a mandate as an item of `mandates` in a meeting file, in their order."""
    keys = {
        "action": json.dumps(duty.action, ensure_ascii=False),
        "kind": duty.kind if duty.kind != "request" else "",
        "responsible": responsible(duty.who),
        "lead": duty.who.lead_code,
        "support": f"[{', '.join(duty.support)}]" if duty.support else "",
        "due": duty.due.due if duty.due else "",
    }
    return {key: value for key, value in keys.items() if value}


def _ends(links: Links) -> Links:
    """Return some links; of many the first and the last."""
    return links if len(links) <= _MOST_TAGS else [links[0], ("", "…"), links[-1]]
