"""The field table: which keys each part of a file has, and how their values are read.

The reader checks files against it, key by key; a key that is not here is an unknown key.
"""

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Literal, NamedTuple, get_args

from grcm_cli.domain.model import MeetingKind
from grcm_cli.language.suggestions import Choices, choices_of, synonyms
from grcm_cli.language.text import N_

Kind = (
    Literal["line", "lines", "text", "texts"]  # not empty; a text may be one for each language
    | Literal["email", "emails", "language", "languages"]
    | Literal["flag", "word", "words"]  # true or false, or of the field's choices
    | Literal["id", "number", "reference", "references"]  # of a meeting, a conclusion, mandates
    | Literal["day", "due", "until", "occurrence"]
    | Literal["code", "codes"]  # of parties, as written; rules tell whether the register has them
    | Literal["responsible", "members", "group"]  # codes, or all of a kind, or all but some
    | Literal["part", "parts", "by_code", "by_language"]  # keys of their own, with a builder
)


class Field(NamedTuple):
    """How one key's value is read."""

    kind: Kind
    about: str  # what it says, for the schema that editors show; looked up in the catalogue
    table: "Mapping[str, Field] | None" = None  # the keys of a part, where they are known
    required: bool = False
    choices: Mapping[str, str] = {}  # its words, with what each means unless that is plain


Table = Mapping[str, Field]  # the keys of one part of a file
_needed = partial(Field, required=True)


NOUN: Table = {
    "singular": _needed("line", N_("The word for one of them.")),
    "plural": _needed("line", N_("The word for several of them.")),
    "gender": Field("word", N_("Its gender: m or f; if left out, f."), choices={"m": "", "f": ""}),
}
SECRETARIAT: Table = {
    "name": Field("text", N_("The name at the head of its letters, in each language.")),
    "address": Field("texts", N_("Its address, line by line.")),
    "place": Field("line", N_("The place from which its letters are dated: San José.")),
    "signature": Field("texts", N_("Who signs its letters, and in what capacity, one line each.")),
    "email": Field("email", N_("Where replies to its messages go: one e-mail address.")),
}
PROCESS: Table = {
    "code": _needed("line", N_("The short name of the process.")),
    "name": _needed("text", N_("Its full name, in each language.")),
    "languages": Field("languages", N_("The languages of the process.")),
    "secretariat": Field("part", N_("Who sends the letters."), SECRETARIAT),
    "conclusion": Field(
        "by_language", N_("What its conclusions are called, in each language: {es: acuerdo}."), NOUN
    ),
}
CONTACT: Table = {
    "name": Field("line", N_("The person or the unit that letters go to.")),
    "title": Field("line", N_("The person's post: Director General of Migration.")),
    "salutation": Field(
        "line", N_("How a letter begins, with its comma: “Dear Director General,”.")
    ),
    "address": Field("lines", N_("The postal address, line by line.")),
    "email": Field("emails", N_("Where messages go: one e-mail address, or several.")),
}
PARTY: Table = {
    "name": _needed("text", N_("The full name, in each language.")),
    "aliases": Field("lines", N_("Other names by which it is known.")),
    "language": Field("language", N_("The language of letters to it.")),
    "contact": Field("part", N_("The recipient of letters to it."), CONTACT),
}
MEMBERSHIP: Table = {
    "from": Field("day", N_("The first day of the membership.")),
    "until": Field("day", N_("The last day of the membership; left out as long as it lasts.")),
}
MEMBER: Table = {
    **PARTY,
    "since": Field("day", N_("The first day of its membership.")),
    "until": Field("day", N_("The last day of its membership.")),
    "terms": Field(
        "parts",
        N_("The start and end dates of each membership, if it left and came back."),
        MEMBERSHIP,
    ),
}
EXCEPT = Field("codes", N_("The codes of those who are left out."))
_EVER = N_("All that have ever been members.")
ALL: Table = {"all": _needed("word", _EVER, choices={"members": _EVER}), "except": EXCEPT}
GROUP: Table = {
    **PARTY,
    "members": _needed(
        "members", N_("The codes of those who belong to it, or {all: members, except: …}."), ALL
    ),
}
THEME: Table = {"name": _needed("text", N_("The theme's name, in each language."))}
TERM: Table = {
    "holder": _needed("code", N_("The code of the party that holds the office.")),
    "from": _needed("day", N_("The first day of the term.")),
    "until": Field(
        "day", N_("The last day of the term; if left out, it lasts until the next one begins.")
    ),
}
OFFICE: Table = {**PARTY, "terms": Field("parts", N_("Who holds the office, and from when."), TERM)}
REGISTER: Table = {
    "process": _needed("part", N_("The process whose meetings are recorded."), PROCESS),
    "bodies": Field("by_code", N_("The bodies that meet, by code."), PARTY),
    "members": Field("by_code", N_("The member countries, by ISO 3166-1 alpha-3 code."), MEMBER),
    "offices": Field("by_code", N_("The offices that are held in turn, by code."), OFFICE),
    "organizations": Field(
        "by_code", N_("The organizations that take part or observe, by code."), PARTY
    ),
    "groups": Field(
        "by_code", N_("Named sets of parties, such as the Smaller Island States, by code."), GROUP
    ),
    "themes": Field("by_code", N_("The themes that conclusions are about, by code."), THEME),
}

EACH: Table = {
    "each": _needed(
        "group", N_("Who owes one task each: members, participants, or a list of codes.")
    ),
    "except": EXCEPT,
}
GROUPS = {
    "members": N_("Each member on the meeting's last day."),
    "participants": N_("Each party that took part."),
}
"""What `each` takes beside codes, with what it means."""
ACTS = {
    "directive": N_("It asks somebody to do something."),
    "deciding": N_("The meeting itself decides: approves, adopts, agrees."),
    "evaluative": N_("It thanks, welcomes or regrets."),
    "observing": N_("It takes note."),
    "reinforcing": N_("It recalls or reaffirms what was said before."),
}
# A conclusion with one mandate may carry these keys itself.
OWN_MANDATE: Table = {
    "action": Field(
        "text", N_("What is to be done, in a short phrase; if left out, the text itself.")
    ),
    "responsible": Field(
        "responsible",
        N_("Who must do it: one code; several, who owe it jointly; or each of a group."),
        EACH,
    ),
    "lead": Field(
        "code",
        N_(
            "Of several parties that owe a duty jointly, the one that is addressed first and "
            "listed first."
        ),
    ),
    "support": Field("codes", N_("The codes of those who only support it.")),
    "due": Field("due", N_("By when: a date, a period, a meeting, a duration, ongoing or asap.")),
    "until": Field("until", N_("The last day on which a recurring duty can fall due.")),
    "kind": Field(
        "word",
        N_("How strongly it binds; if left out, it is a request."),
        choices={
            "request": N_("It must be done."),
            "encouragement": N_("It is urged, not required; lists mark it as such."),
        },
    ),
    "after": Field("references", N_("The mandates that it waits for.")),
    "void": Field("line", N_("Why a mandate that was recorded by mistake does not count.")),
}
NOTE = Field("line", N_("A public remark by the secretariat."))
INTERNAL = Field("line", N_("A remark that is kept out of everything that is published or sent."))
CONFIDENTIAL = Field(
    "flag",
    N_("`true` keeps it out of everything that is published or sent."),
    choices={"true": "", "false": ""},
)
METADATA = Field("part", N_("What other programs say about it, by program; kept as it is."))
MANDATE: Table = {**OWN_MANDATE, "note": NOTE, "internal": INTERNAL}
MANDATE_NEEDS = ("action", "responsible", "due")
EXTENSION: Table = {
    "mandate": _needed("reference", N_("The mandate whose deadline it moves.")),
    "due": _needed("due", N_("The new deadline.")),
    "parties": Field("codes", N_("The parties for which it moves; if left out, all of them.")),
}
REASSIGNMENT: Table = {
    "mandate": _needed("reference", N_("The mandate that it hands over.")),
    "from": Field("code", N_("Who no longer owes it; if left out, all who owed it.")),
    "to": _needed("codes", N_("Who owes it from now on.")),
}
CONCLUSION: Table = {
    "number": _needed("number", N_("Its number, without its label in the text: 8, 12.a, IV.3.")),
    "text": _needed("text", N_("The text, word for word.")),
    "acts": Field("words", N_("What the paragraph does."), choices=ACTS),
    "mandates": Field("parts", N_("The duties that it lays on somebody."), MANDATE),
    "follows": Field("references", N_("The conclusions that it follows up.")),
    "supersedes": Field("references", N_("The mandates that it replaces.")),
    "closes": Field("references", N_("The mandates that it ends.")),
    "extends": Field("parts", N_("The mandates whose deadlines it moves."), EXTENSION),
    "reassigns": Field("parts", N_("The mandates that it hands to others."), REASSIGNMENT),
    "themes": Field("codes", N_("The codes of the themes that it is about.")),
    "documents": Field("lines", N_("Its annexes.")),
    "note": NOTE,
    "internal": INTERNAL,
    "confidential": CONFIDENTIAL,
    "metadata": METADATA,
    **OWN_MANDATE,
}
MEETING: Table = {
    "id": _needed("id", N_("The name of the meeting in every reference, and of its file.")),
    "body": _needed("code", N_("The code of the body that met.")),
    "kind": Field(
        "word",
        N_("A meeting, or decisions taken by correspondence between two meetings."),
        choices=dict.fromkeys(get_args(MeetingKind), ""),
    ),
    "title": Field("text", N_("The meeting's title.")),
    "place": Field("line", N_("Where it took place.")),
    "country": Field("code", N_("The code of the country where it took place.")),
    "start": _needed("day", N_("The meeting's first day.")),
    "end": Field("day", N_("Its last day; left out if it lasted only one day.")),
    "language": Field("language", N_("The language of the authentic text.")),
    "participants": Field("codes", N_("The codes of those who took part.")),
    "observers": Field("codes", N_("The codes of those who observed.")),
    "source": Field("line", N_("The document from which the record was made.")),
    "confidential": CONFIDENTIAL,
    "metadata": METADATA,
    "conclusions": Field(
        "parts", N_("What the meeting adopted; left out if only its dates are known."), CONCLUSION
    ),
}
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]*", re.ASCII)  # the form of a conclusion's number
EMAIL = re.compile(
    r"(?=.{3,254}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*"
)
"""An address in the form that headers take as it is (RFC 5322, dot-atom), without a name."""
LANGUAGE = re.compile(r"[a-z]{2,3}")
_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_TWO_LETTER_LANGUAGES = frozenset(_TWO_LETTERS.split())
"""The codes of ISO 639-1. Those with three letters, of ISO 639-3, are too many to list."""
PROGRESS_WORDS = {
    "not-started": N_(
        "The party was asked and says that nothing has begun; the state does not change."
    ),
    "started": N_("It has begun; the task stays open."),
    "done": N_("It is done; the task is settled."),
    "declined": N_("It will not be done; the task is settled."),
    "not-applicable": N_("It does not apply to this party; the task is settled."),
    "withdrawn": N_("The last report is withdrawn; the task is open again."),
}
ENTRY: Table = {
    "mandate": _needed("reference", N_("The mandate that is reported on: GRCM-2002-10/8#1.")),
    "date": _needed("day", N_("The date on which that state was reached.")),
    "progress": _needed("word", N_("What is reported."), choices=PROGRESS_WORDS),
    "for": Field(
        "occurrence", N_("Which occurrence of a recurring duty: its deadline, or the meeting's id.")
    ),
    "evidence": Field("line", N_("Where the result can be found.")),
    "note": Field("line", N_("A public remark by the party.")),
    "internal": INTERNAL,
}
FileKind = Literal["register", "meeting", "progress"]
FILES: Mapping[str, Field] = {
    "register": Field("part", "register.yaml", REGISTER),
    "meeting": Field("part", "meetings/*.yaml", MEETING),
    "progress": Field("parts", "progress/*.yaml", ENTRY),
}
_PARTIES = (NOUN, SECRETARIAT, PROCESS, CONTACT, MEMBER, TERM, OFFICE, ALL, GROUP, REGISTER)
_DUTIES = (EACH, MANDATE, EXTENSION, REASSIGNMENT, CONCLUSION, MEETING, ENTRY)
ALL_KEYS = frozenset(key for table in (*_PARTIES, *_DUTIES) for key in table)  # of all files


@lru_cache(64)
def is_language(text: str) -> bool:
    """Tell whether a text is the code of a language."""
    return bool(LANGUAGE.fullmatch(text)) and (len(text) == 3 or text in _TWO_LETTER_LANGUAGES)


@lru_cache(48)
def choices_among(words: tuple[str, ...], section: Literal["keys", "words"]) -> Choices:
    """Return the keys of a part, or the words that a key takes, to suggest one for another."""
    return choices_of(words, synonyms(section))
