"""The heads of a Spanish sentence."""

from collections.abc import Iterator

from grcm_cli.minutes.heads import Head, Sentence, Span
from grcm_cli.minutes.mentions import Mention
from grcm_cli.wording.acts import ACT_OF, JUDGING, NOT_DONE_BY_ANYBODY, URGING, Act
from grcm_cli.wording.spanish import Form

_ACTS = ACT_OF["es"]
_JOINTS = frozenset(
    {
        "y",
        "e",
        "o",
        "u",
        ",",
        ":",
        ";",
        "(",
        "asimismo",
        "igualmente",
        "ademas",
        "tambien",
        "asi",
        "como",
        "ni",
    }
)
_BEFORE_VERB = frozenset(
    {
        "se",
        "le",
        "les",
        "lo",
        "la",
        "los",
        "las",
        "nos",
        "no",
        "tambien",
        "asimismo",
        "ademas",
        "igualmente",
    }
)
_RELATIVES = frozenset(
    {
        "que",
        "cual",
        "cuales",
        "quien",
        "quienes",
        "cuyo",
        "cuya",
        "cuyos",
        "cuyas",
        "donde",
        "cuando",
        "si",
        "segun",
        "conforme",
        "aunque",
        "mientras",
    }
)
_MEETING = frozenset(
    {
        "reunion",
        "conferencia",
        "consejo",
        "comite",
        "comision",
        "grupo",
        "asamblea",
        "junta",
        "delegaciones",
        "ministros",
        "viceministros",
        "participantes",
        "delegados",
        "jefes",
        "representantes",
        "mesa",
        "foro",
        "plenario",
        "pleno",
        "directores",
        "presidentes",
        "organo",
        "red",
    }
)
_DETERMINERS = frozenset(
    {
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "su",
        "sus",
        "este",
        "esta",
        "dicho",
        "dicha",
        "todo",
        "toda",
    }
)
_FORMULAS = {
    # What these verbs do depends on the noun beside them.
    "tomar": ("nota", "conocimiento"),
    "recibir": ("beneplacito", "satisfaccion", "agrado", "interes"),
    "tener": ("recibida", "recibido", "recibidas", "recibidos", "presente"),
    "dar": ("recibida", "recibido", "recibidas", "recibidos"),
    "dejar": ("constancia",),
    "expresar": (),
    "manifestar": (),
    "hacer": ("hincapie", "llamado", "llamamiento", "propicia", "suyo", "suya", "suyas", "suyos"),
    "poner": ("relieve", "manifiesto"),
    "celebrar": (
        "progresos",
        "avances",
        "logros",
        "decision",
        "iniciativa",
        "anuncio",
        "adhesion",
        "incorporacion",
        "firma",
        "interes",
    ),
}
_AIMS = (("con", "el", "fin", "de", "que"), ("a", "fin", "de", "que"), ("con", "el", "objeto", "de", "que"), ("con", "vistas", "a", "que"), ("con", "miras", "a", "que"), ("para", "que"), ("de", "modo", "que"), ("de", "manera", "que"), ("de", "forma", "que"), ("con", "el", "objetivo", "de", "que"), ("con", "el", "proposito", "de", "que"))  # fmt: skip


def heads(sentence: Sentence) -> list[Head]:
    """Return the acts and duties of a sentence, in its order."""
    found: list[Head] = []
    place = sentence.start
    while place < sentence.end:
        head = _head(sentence, place, found)
        if head is not None:
            found.append(head)
            if head.doing:
                place = max(place, head.doing[0])
        place += 1
    return found


def _head(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    word = sentence.words[place]
    if not word.forms or sentence.mention_over(place):
        return None
    for form in word.forms:
        if form.verb in _ACTS or form.verb in _FORMULAS:
            act = _act(sentence, place, form, before)
            if act:
                return _acting(sentence, place, form, act, before)
    future = word.form("future", "conditional")
    if future:
        return _future(sentence, place, future, before)
    present = word.form("present")
    falls = _falling_to(sentence, place, present, before) if present else None
    if falls:
        return falls
    told = _told(sentence, place, before)
    if told:
        return told
    modal = _modal(sentence, place)
    if modal:
        return _bound(sentence, place, modal, before)
    infinitive = word.form("infinitive")
    if infinitive and _opens(sentence, place, before):
        return _bare(sentence, place, infinitive)
    if word.is_form("subjunctive"):
        return _wished(sentence, place, before) or _aim(sentence, place, before)
    return None


_TOLD = frozenset(
    {
        "informar",
        "manifestar",
        "indicar",
        "exponer",
        "señalar",
        "explicar",
        "anunciar",
        "presentar",
        "comunicar",
        "expresar",
        "declarar",
        "dar",
        "recomendar",
    }
)


def _told(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return what somebody told the meeting: *México informó que…*; it binds nobody."""
    form = sentence.words[place].form("past")
    if form is None or form.verb not in _TOLD or before or _governor(sentence, place) is not None:
        return None
    subject = sentence.words[sentence.start : place]
    if not subject or not (
        sentence.within((sentence.start, place))
        or {w.folded for w in subject} & {"representante", "delegacion", "delegado", "delegada"}
    ):
        return None
    if any(word.folded in _MEETING - {"delegaciones"} for word in subject[-3:]):
        return None
    return Head(place, "observing", form.verb, sentence.start)


# --- the meeting's own acts --------------------------------------------------------------------


def _act(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Act | None:
    """Return what the meeting does with a verb here, or None where the verb is not its own."""
    if not _is_own(sentence, place, form, before):
        return None
    beside = {word.folded for word in sentence.words[place + 1 : min(place + 9, sentence.end)]}
    verb = form.verb
    if verb == "hacer":
        if beside & {"llamado", "llamamiento"}:
            return "directive"
        return "reinforcing" if "hincapie" in beside else None
    if verb in ("tener", "dar"):
        return "observing" if beside & set(_FORMULAS[verb]) else None
    if verb == "dejar":
        return "observing" if "constancia" in beside else None
    if verb == "poner":
        return "reinforcing" if "relieve" in beside else None
    if verb == "tomar":
        return "observing" if beside & {"nota", "conocimiento"} else None
    if verb == "recibir":
        return "evaluative" if beside & set(_FORMULAS["recibir"]) else "observing"
    if verb == "celebrar":
        following = sentence.words[place + 2].folded if place + 2 < sentence.end else ""
        return "evaluative" if following in _FORMULAS["celebrar"] else None
    if verb == "destacar" or verb == "reconocer":
        return "reinforcing" if "importancia" in beside or "necesidad" in beside else _ACTS[verb]
    if verb in ("expresar", "manifestar"):
        if beside & {
            "preocupacion",
            "agradecimiento",
            "reconocimiento",
            "satisfaccion",
            "gratitud",
            "beneplacito",
            "aprecio",
            "pesar",
            "complacencia",
            "condolencias",
            "solidaridad",
            "felicitaciones",
        }:
            return "evaluative"
        return (
            "reinforcing"
            if beside & {"compromiso", "voluntad", "apoyo", "respaldo"}
            else "evaluative"
        )
    if verb == "establecer" and form.mood == "infinitive" and not _begins(sentence, place):
        return None
    return _ACTS.get(verb)


def _is_own(sentence: Sentence, place: int, form: Form, before: list[Head]) -> bool:
    """Tell whether the meeting itself speaks with a verb."""
    words = sentence.words
    if form.mood in ("participle", "subjunctive"):
        return False
    at = place
    while at > sentence.start and words[at - 1].folded in _BEFORE_VERB:
        at -= 1
    has_se = any(word.folded == "se" for word in words[at:place])
    if form.mood == "future" and not has_se:
        return False
    previous = words[at - 1].folded if at > sentence.start else ""
    if form.mood == "gerund":
        return bool(form.enclitic) or previous == ","
    if form.mood == "infinitive":
        return _may_join(sentence, at, form, previous, before)
    if previous in ("que", "cual", "cuales", "quien", "quienes"):
        return False
    if previous == "," and has_se:
        return True
    if _governor(sentence, at) is not None:
        return False
    if previous in ("", ",", "y", "e", ";", ":") or _is_label(sentence, at - 1):
        return True
    return _meeting_before(sentence, at)


def _may_join(sentence: Sentence, at: int, form: Form, previous: str, before: list[Head]) -> bool:
    """Tell whether an infinitive is the meeting's own, and not part of what it speaks of."""
    if previous in ("", ":", ";") or _is_label(sentence, at - 1):
        return True
    if before and before[-1].place == at - 1 and before[-1].act == "deciding":
        return True
    if previous not in (",", "y", "e", "como") or not before:
        return previous == "," and not before
    act = _ACTS.get(form.verb)
    asked = before[-1].doing
    if asked and sentence.words[asked[0]].is_form("infinitive") and act != "directive":
        return False  # "instar a examinar y aprobar"
    return act in ("directive", "evaluative", "reinforcing") or previous != ","


def _is_label(sentence: Sentence, place: int) -> bool:
    return place > sentence.start and sentence.words[place].text == ")"


def _begins(sentence: Sentence, place: int) -> bool:
    return place == sentence.start or sentence.words[place - 1].folded in ("y", "e", ",", ":", ")")


def _meeting_before(sentence: Sentence, at: int) -> bool:
    """Tell whether the subject before a verb is the meeting or those who sit in it."""
    subject = sentence.words[max(sentence.start, at - 8) : at]
    heads_named = [word.folded for word in subject]
    return any(word in _MEETING for word in heads_named) or any(
        mention.end == at for mention in sentence.mentions
    )


def _acting(sentence: Sentence, place: int, form: Form, act: Act, before: list[Head]) -> Head:
    begin = _clause_begin(sentence, place, before)
    if act == "directive":
        return _asking(sentence, place, form, begin)
    if act == "deciding" and form.verb in (
        "acordar",
        "decidir",
        "resolver",
        "convenir",
        "aprobar",
        "establecer",
        "determinar",
    ):
        agreed = _agreed(sentence, place, form, begin)
        if agreed:
            return agreed
    return Head(place, act, form.verb, begin)


def _agreed(sentence: Sentence, place: int, form: Form, begin: int) -> Head | None:
    """Return the duty of *acordar que la Secretaría presente*: of whoever is named there."""
    words = sentence.words
    at = place + 1
    while at < sentence.end and words[at].text == ",":
        at = _after_aside(sentence, at)
    if at >= sentence.end or words[at].folded != "que":
        return None
    verb = _first(sentence, at + 1, ("subjunctive", "future", "conditional"))
    if verb is None:
        return None
    found = words[verb].form("subjunctive", "future", "conditional")
    if found is None or (found.verb in NOT_DONE_BY_ANYBODY and found.verb != "ser"):
        return None
    passive = _is_passive(sentence, verb)
    if not sentence.within((at + 1, verb)) and not passive:
        return None
    urging = form.verb in URGING
    return Head(
        place,
        "directive",
        form.verb,
        begin,
        (at + 1, verb),
        (verb, sentence.end),
        urging,
        passive=passive,
    )


def _asking(sentence: Sentence, place: int, form: Form, begin: int) -> Head:
    """Return a request: who is asked, and for what."""
    words = sentence.words
    end = sentence.end
    at = place + 1
    if form.verb == "hacer":
        while at < end and words[at].folded not in ("a", "al", "para"):
            at += 1
    who_from = at
    what = None
    while at < end:
        folded = words[at].folded
        inside = sentence.mention_over(at)
        if inside:
            at = inside.end
            continue
        if folded == "que" and not _is_relative(sentence, at):
            what = _that(sentence, at)
            break
        if folded == ":":
            if at + 2 < end and words[at + 1].folded in ("a", "al") and words[at + 2].text != ")":
                who_from = at + 1  # "encarga: a la Presidencia, que gestione"
                at += 1
                continue
            what = (at + 1, end)
            break
        if words[at].is_form("infinitive") and words[at - 1].folded in {
            "a",
            "de",
            "para",
            "y",
            "que",
            ",",
        } | _NAMES_BEFORE(sentence, at):
            what = (at, end)
            break
        if (
            folded in _DETERMINERS
            and at > who_from
            and words[at - 1].folded
            not in ("a", "de", "del", "en", "con", "por", "y", "para", "sobre", "entre", "como")
            and _after_who(sentence, who_from, at)
        ):
            what = (at, end)
            break
        at += 1
    urging = form.verb in URGING or form.verb == "hacer"
    if what is None:
        what = _object_then_who(sentence, place, who_from)
        who = (who_from, end)
        return Head(place, "directive", form.verb, begin, who, what, urging, bool(form.enclitic))
    who_end = at if at < end else end
    who: Span | None = (who_from, who_end)
    subject = None
    pronoun = words[place - 1].folded in ("le", "les", "lo", "los", "la", "las") if place else False
    if words[at].folded == "que" and not sentence.within((who_from, who_end)):
        subject = (at + 1, what[0]) if not (pronoun or form.enclitic) else None
    passive = _is_passive(sentence, what[0]) and subject is not None
    antecedent = (bool(form.enclitic) or pronoun) and not sentence.within((who_from, who_end))
    return Head(
        place, "directive", form.verb, begin, subject or who, what, urging, antecedent, passive
    )


def _NAMES_BEFORE(sentence: Sentence, at: int) -> frozenset[str]:  # noqa: N802
    """Return the last word of a name that ends just before a verb, as in *Solicitar a México presentar*."""
    ended = any(mention.end == at for mention in sentence.mentions)
    return frozenset({sentence.words[at - 1].folded}) if ended else frozenset()


def _after_who(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether whoever is asked has been named in full before a word."""
    words = sentence.words[start:at]
    if not words or words[0].folded not in ("a", "al"):
        return False
    return any(m.end <= at for m in sentence.mentions if m.start >= start)


def _object_then_who(sentence: Sentence, place: int, start: int) -> Span | None:
    return (start, sentence.end) if start < sentence.end else None


def _that(sentence: Sentence, at: int) -> Span:
    """Return what is asked for after *que*: from its verb on."""
    verb = _first(sentence, at + 1, ("subjunctive",))
    if verb is None:
        verb = _first(sentence, at + 1, ("future", "infinitive"))
    return (verb if verb is not None else min(at + 1, sentence.end - 1), sentence.end)


def _first(sentence: Sentence, start: int, moods: tuple[str, ...]) -> int | None:
    """Return the first verb in one of some moods that is not inside a relative clause."""
    skip = False
    for at in range(start, sentence.end):
        word = sentence.words[at]
        if sentence.mention_over(at):
            continue
        if (
            word.folded in ("que", "cual", "cuales", "quien", "cuyo", "cuya", "cuyas", "cuyos")
            and at > start
        ):
            skip = True
        if word.is_form(*moods):
            if skip:
                skip = False
                continue
            if _is_noun(sentence, at):
                continue
            return at
    return None


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a form that is also a noun stands after an article: *la cuenta*, *el cargo*."""
    if at > 1 and sentence.words[at - 2].folded in ("que", "no", "y"):
        return False  # "que la notificara"
    return (
        at > 0
        and sentence.words[at - 1].folded in _DETERMINERS | {"de", "del", "en", "con", "por", "al"}
        and not sentence.words[at].is_form("infinitive")
    )


def _is_relative(sentence: Sentence, at: int) -> bool:
    """Tell whether *que* begins a relative clause: after a noun whose verb follows at once."""
    words = sentence.words
    following = words[at + 1] if at + 1 < sentence.end else None
    if following is None:
        return False
    step = at + 1
    while step < sentence.end and words[step].folded in (
        "aun",
        "todavia",
        "ya",
        "no",
        "lo",
        "la",
        "se",
        "les",
        "le",
        "hayan",
        "han",
    ):
        step += 1
    if step > at + 1 and words[at + 1].folded in ("aun", "todavia", "ya", "no"):
        return True
    return following.is_form("present", "past") and not following.is_form("subjunctive")


# --- what somebody shall do --------------------------------------------------------------------


def _future(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Head | None:
    verb, doing = place, form
    if form.verb in ("deber", "haber", "tener"):
        found = _after_modal(sentence, place)
        if found is None:
            return None
        verb, doing = found
    who_is_asked = _falling_to(sentence, place, form, before)
    if who_is_asked:
        return who_is_asked
    modal = form.verb in ("deber", "haber", "tener")
    governor = _governor(sentence, place)
    decided = governor is not None and _is_decided(sentence, governor, before)
    if form.mood == "conditional" and not decided:
        return None  # what would be done is not what shall be done
    passive = _is_passive(sentence, verb)
    begin = _clause_begin(sentence, place, before)
    start = (governor + 1) if governor is not None else begin
    who = _subject(sentence, start, place) or _subject_after(sentence, verb if modal else place)
    if who is None and not passive:
        who = _inherited(sentence, place, before)
    if passive and who is not None and sentence.words[verb - 1].folded == "se":
        passive = False  # "la Secretaría se encargará de": a verb that is always so
    if doing.verb in NOT_DONE_BY_ANYBODY and not (passive and doing.verb == "ser"):
        return None
    if (
        governor is not None
        and not decided
        and not (passive and _has_agent(sentence, verb, governor))
    ):
        return None
    if who is None and not passive and not modal and not _creates(sentence, before):
        return None
    if passive and doing.verb in _HAPPENS and not modal:
        return None
    if passive or who is not None or modal:
        begin = start
    return Head(place, "directive", doing.verb, begin, who, (verb, sentence.end), passive=passive)


_HAPPENS = frozenset(
    {
        "celebrar",
        "realizar",
        "desarrollar",
        "cerrar",
        "abrir",
        "iniciar",
        "acreditar",
        "mantener",
        "efectuar",
        "incorporar",
        "inaugurar",
        "tratar",
        "financiar",
        "considerar",
        "regir",
        "entender",
    }
)
"""Verbs that tell with *se* what will take place: *el taller se celebrará en marzo*."""


def _after_modal(sentence: Sentence, place: int) -> tuple[int, Form] | None:
    """Return the infinitive after *deberá*, whatever subject or aside stands between."""
    at = place + 1
    while at < min(place + 40, sentence.end):
        word = sentence.words[at]
        if word.text == ",":
            at = _after_aside(sentence, at)
            continue
        found = word.form("infinitive")
        if found and not sentence.mention_over(at):
            following = sentence.words[at + 1] if at + 1 < sentence.end else None
            inside = found.verb == "haber" and following and following.is_form("participle")
            if inside and following:
                participle = following.form("participle")
                return (at + 1, participle) if participle else None
            return at, found
        at += 1
    return None


def _subject_after(sentence: Sentence, place: int) -> Span | None:
    """Return the subject that follows its verb at once: *Continuará la Secretaría…*."""
    at = place + 1
    while at < sentence.end and sentence.words[at].folded in _DETERMINERS:
        at += 1
    first = sentence.mention_at(at) or sentence.mention_at(at - 1)
    if (
        first is None
        or first.start <= place
        or sentence.words[place].form("future", "conditional", "infinitive") is None
    ):
        return None
    before = sentence.words[first.start - 1].folded
    return (first.start, first.end) if before not in _NOT_SUBJECT else None


def _inherited(sentence: Sentence, place: int, before: list[Head]) -> Span | None:
    """Return the subject of the verb before, which a joined verb shares: *elaborará y enviará*."""
    at = place
    while at > sentence.start and sentence.words[at - 1].folded in _BEFORE_VERB | {
        "deberan",
        "debera",
    }:
        at -= 1
    joined = at > sentence.start and sentence.words[at - 1].folded in (
        "y",
        "e",
        "asimismo",
        "ademas",
        ",",
    )
    if not joined or not before or before[-1].place < sentence.start or not before[-1].doing:
        return None
    return before[-1].who


_FALL = frozenset({"corresponder", "incumbir", "competer", "tocar"})
_TASK = frozenset({"tarea", "responsabilidad", "obligacion", "deber", "cargo", "funcion"})
_IN_CHARGE = frozenset(
    {
        "encargada",
        "encargado",
        "encargadas",
        "encargados",
        "responsable",
        "responsables",
        "obligados",
        "comprometidos",
    }
)
_PLEDGE = frozenset({"comprometer", "ofrecer", "obligar", "asumir", "quedar", "comprometieron"})


def _falling_to(sentence: Sentence, place: int, form: Form, before: list[Head]) -> Head | None:
    """Return the duty of *corresponde a X elaborar*, *es tarea de X*, *queda encargado X de*."""
    words = sentence.words
    if _governor(sentence, place) is not None:
        return None
    near = {word.folded for word in words[place + 1 : min(place + 4, sentence.end)]}
    named = (
        form.verb in _FALL
        or (form.verb in ("ser", "quedar") and bool(near & _TASK))
        or (form.verb in ("quedar", "estar", "ser") and bool(near & _IN_CHARGE))
    )
    if form.verb in ("quedar", "estar", "correr", "ser") and near & {"cargo", "cuenta"}:
        begin = _clause_begin(sentence, place, before)
        who = _next_named(sentence, place)
        return Head(place, "directive", form.verb, begin, who, (begin, place)) if who else None
    if not named:
        return None
    begin = _clause_begin(sentence, place, before)
    who = _next_named(sentence, place) or _first_named(sentence, begin, place)
    if who is None:
        return None
    verb = next(
        (
            at
            for at in range(max(place, who[1] - 1) + 1, sentence.end)
            if words[at].is_form("infinitive") and not sentence.mention_over(at)
        ),
        None,
    )
    if verb is None:
        after = next(
            (
                at
                for at in range(max(place + 1, who[1]), sentence.end)
                if words[at].folded in ("la", "el")
            ),
            None,
        )
        return (
            Head(place, "directive", form.verb, begin, who, (after, sentence.end))
            if after
            else None
        )
    return Head(place, "directive", form.verb, begin, who, (verb, sentence.end))


def _next_named(sentence: Sentence, place: int) -> Span | None:
    near = [m for m in sentence.mentions if place < m.start <= place + 8]
    if not near:
        return None
    last = near[0]
    for mention in (m for m in sentence.mentions if m.start >= last.end):
        between = {word.folded for word in sentence.words[last.end : mention.start]}
        if between <= {",", "y", "e", "a", "la", "el", "los", "las", "al", "junto", "con"}:
            last = mention
        else:
            break
    return near[0].start, last.end


def _first_named(sentence: Sentence, start: int, end: int) -> Span | None:
    named = [m for m in sentence.within((start, end))]
    return (named[0].start, named[-1].end) if named else None


def _has_agent(sentence: Sentence, verb: int, governor: int) -> bool:
    """Tell whether *, que será enviado por la Secretaría* says who does it, beside the sentence."""
    if sentence.words[governor - 1].text != ",":
        return False
    return any(
        sentence.words[at].folded == "por"
        for mention in sentence.within((verb, sentence.end))
        for at in (mention.start - 1, mention.start - 2)
    )


def _creates(sentence: Sentence, before: list[Head]) -> bool:
    return bool(before) and before[-1].verb in ("crear", "establecer", "constituir", "conformar")


def _modal(sentence: Sentence, place: int) -> int | None:
    """Return the verb of *debe presentar*, *se comprometió a presentar*, or None."""
    words = sentence.words
    form = words[place].form("present", "past")
    if form is None:
        return None
    at = place + 1
    if form.verb == "deber" and form.mood == "present":
        found = _after_modal(sentence, place)
        return found[0] if found else None
    if form.verb in ("comprometer", "ofrecer", "obligar") or (
        form.verb == "asumir" and at + 1 < sentence.end and words[at + 1].folded == "compromiso"
    ):
        found = next(
            (
                p
                for p in range(at, min(at + 30, sentence.end))
                if words[p].is_form("infinitive") and not sentence.mention_over(p)
            ),
            None,
        )
        return found
    if (
        form.verb == "quedar"
        and at + 1 < sentence.end
        and words[at].folded in ("en", "de")
        and words[at + 1].is_form("infinitive")
    ):
        return at + 1
    return None


def _bound(sentence: Sentence, place: int, verb: int, before: list[Head]) -> Head | None:
    if _governor(sentence, place) is not None:
        return None
    begin = _clause_begin(sentence, place, before)
    form = sentence.words[verb].form("infinitive", "participle")
    if form is None or form.verb in NOT_DONE_BY_ANYBODY:
        return None
    passive = _is_passive(sentence, verb)
    who = (
        _subject(sentence, begin, place)
        or _subject_after(sentence, place)
        or _inherited(sentence, place, before)
    )
    pledges = sentence.words[place].form("past", "present")
    if who is None and pledges and pledges.verb != "deber":
        return None
    return Head(place, "directive", form.verb, begin, who, (verb, sentence.end), passive=passive)


def _bare(sentence: Sentence, place: int, form: Form) -> Head:
    return Head(place, "directive", form.verb, place, None, (place, sentence.end))


def _opens(sentence: Sentence, place: int, before: list[Head]) -> bool:
    """Tell whether an infinitive is the sentence's own verb."""
    if place == sentence.start:
        return True
    previous = sentence.words[place - 1]
    return not before and (previous.text in (":", ")") or _only_adverbs(sentence, place))


def _only_adverbs(sentence: Sentence, place: int) -> bool:
    """Tell whether only a phrase that ends in a comma stands before: *Asimismo, difundir*."""
    return sentence.words[place - 1].text == "," and not any(
        word.forms
        and word.is_form("infinitive", "future", "past", "present")
        and not word.quoted
        and word.folded not in _DETERMINERS
        for word in sentence.words[sentence.start : place - 1]
        if len(word.text) > 3
    )


def _wished(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty of *Que la Secretaría organice*, which opens with *que*."""
    form = sentence.words[place].form("subjunctive")
    if before or form is None or sentence.words[sentence.start].folded != "que":
        return None
    if _first(sentence, sentence.start + 1, ("subjunctive",)) != place:
        return None
    who = _subject(sentence, sentence.start + 1, place)
    return (
        Head(place, "directive", form.verb, sentence.start, who, (place, sentence.end))
        if who
        else None
    )


def _aim(sentence: Sentence, place: int, before: list[Head]) -> Head | None:
    """Return the duty in *con el fin de que Costa Rica presente*: of whoever is named there."""
    if not before or not before[-1].doing:
        return None
    form = sentence.words[place].form("subjunctive")
    if form is None or form.verb in JUDGING:
        return None
    folded = [word.folded for word in sentence.words]
    for at in range(place - 1, before[-1].place, -1):
        if folded[at] != "que":
            continue
        for aim in _AIMS:
            begin = at + 1 - len(aim)
            if tuple(folded[begin : at + 1]) == aim:
                who = (at + 1, place)
                named = sentence.within(who)
                pronoun = {"esta", "este", "estas", "estos", "ella", "aquella"} & set(
                    folded[at + 1 : place]
                )
                if named or pronoun:
                    return Head(
                        place,
                        "directive",
                        form.verb,
                        begin,
                        who,
                        (place, sentence.end),
                        antecedent=not named,
                        purpose=True,
                    )
        return None
    return None


# --- the parts of a clause ---------------------------------------------------------------------


def _governor(sentence: Sentence, place: int) -> int | None:
    """Return the *que* on which a verb depends, or None where it is the sentence's own."""
    for at in range(place - 1, sentence.start - 1, -1):
        word = sentence.words[at]
        by_rule = word.folded in ("conforme", "segun") and at + 1 < place
        if by_rule and sentence.words[at + 1].folded not in ("se",):
            continue
        if word.folded in _RELATIVES and not word.quoted:
            finite = [
                later
                for later in range(at + 1, place)
                if sentence.words[later].is_form(
                    "present", "past", "future", "conditional", "subjunctive"
                )
                and not _is_noun(sentence, later)
                and not sentence.mention_over(later)
            ]
            return None if finite else at
    return None


def _is_decided(sentence: Sentence, governor: int, before: list[Head]) -> bool:
    """Tell whether the *que* belongs to a decision, and not to a noun or to what was noted."""
    previous = sentence.words[governor - 1].folded if governor > sentence.start else ""
    if before and before[-1].act in ("deciding", "directive"):
        near = governor - before[-1].place
        if near <= 2 or previous in ("y", "e", ";"):
            return True
    return _creates(sentence, before) and previous in (",", "el", "la", "cual")


def _clause_begin(sentence: Sentence, place: int, before: list[Head]) -> int:
    """Return where a verb's clause begins: after the last sign or joint behind the head before."""
    floor = before[-1].place + 1 if before else sentence.start
    for at in range(place - 1, floor, -1):
        word = sentence.words[at]
        joined = word.folded in ("y", "e") and before and not sentence.mention_over(at)
        if word.text == ":" or (joined and at >= place - 2):
            return at + 1
    return floor if not before else max(floor, place)


def _subject(sentence: Sentence, start: int, verb: int) -> Span | None:
    """Return the words of the subject before a verb, where they name a party or a group."""
    named = [m for m in sentence.within((start, verb)) if _may_be_subject(sentence, m, start)]
    if not named:
        return None
    last = named[-1]
    first = last
    for mention in reversed(named[:-1]):
        between = [w.folded for w in sentence.words[mention.end : first.start]]
        if set(between) <= {
            ",",
            "y",
            "e",
            "la",
            "el",
            "los",
            "las",
            "junto",
            "con",
            "en",
            "conjunto",
            "asi",
            "como",
        }:
            first = mention
        else:
            break
    return first.start, last.end


_NOT_SUBJECT = frozenset(
    {
        "en",
        "de",
        "del",
        "con",
        "para",
        "por",
        "a",
        "al",
        "entre",
        "sobre",
        "hacia",
        "ante",
        "desde",
        "hasta",
        "bajo",
        "sin",
        "salvo",
        "excepto",
        "segun",
    }
)
_TITLES = frozenset(
    {
        "oficinas",
        "oficina",
        "servicios",
        "servicio",
        "administraciones",
        "administracion",
        "institutos",
        "expertos",
        "ministros",
        "instituciones",
        "gobierno",
        "gobiernos",
        "delegacion",
        "delegaciones",
        "republica",
        "reino",
        "representante",
        "ministerio",
        "autoridades",
    }
)


def _may_be_subject(sentence: Sentence, mention: Mention, start: int) -> bool:
    at = mention.start - 1
    while at >= start and sentence.words[at].folded in _DETERMINERS:
        at -= 1
    if at < start:
        return True
    word = sentence.words[at].folded
    if (
        word == "con"
        and at - 1 >= start
        and sentence.words[at - 1].folded in ("junto", "conjuntamente", "conjunto")
    ):
        return True
    if word in ("de", "del") and at - 1 >= start:
        return sentence.words[at - 1].folded in _TITLES
    return word not in _NOT_SUBJECT


def _is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is passive: *se circulará*, *será enviado*, *sea trasladada*."""
    words = sentence.words
    if verb >= sentence.end:
        return False
    if verb > sentence.start and words[verb - 1].folded == "se":
        return True
    form = words[verb].form("subjunctive", "future", "infinitive")
    following = words[verb + 1] if verb + 1 < sentence.end else None
    return bool(form and form.verb == "ser" and following and following.is_form("participle"))


def _after_aside(sentence: Sentence, comma: int) -> int:
    """Return the place after an aside between commas."""
    for at in range(comma + 1, sentence.end):
        if sentence.words[at].text == ",":
            return at + 1
    return sentence.end
