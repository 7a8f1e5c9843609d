"""English verbs as decisions use them: which verb a form belongs to, and its mood."""

from collections.abc import Mapping
from functools import cache

from grcm_cli.language.spanish import Form

_VERBS = """
accede accelerate accept acknowledge act adapt address adhere adjust administer adopt advance advise agree align
allocate allow amend analyse analyze annex announce appeal apply appoint appreciate approve archive arrange ask assess assign
assist assume attach attend audit authorize authorise avoid ban begin brief bring broaden build calculate call carry
celebrate certify chair check choose circulate clarify classify clean close codify collaborate collect combine commence
commend comment commission commit communicate compare compile complete comply compose conclude conduct confer confirm
congratulate consider consolidate constitute consult contact continue contribute control convene convey cooperate
co-operate coordinate co-ordinate copy correct cover create decide declare decrease dedicate deepen defer define
delegate deliver demand deplore deposit describe design designate detail determine develop devise devote digitize digitise direct
disburse discontinue discuss dispatch display disseminate distribute document donate draft draw draw edit educate
elaborate elect eliminate emphasize emphasise employ enable encourage endorse enforce enhance enlarge enlist ensure enter entrust
equip establish estimate evaluate examine exchange execute exempt expand expedite explain explore express extend
facilitate finalize finalise finance fix focus follow formalize formalise formulate forward foster fulfil fulfill
fund gather generate give grant guarantee hand harmonize harmonise have hear help hold host identify implement
improve include incorporate increase indicate inform initiate inspect install instruct integrate intensify
introduce invest investigate invite issue join keep launch lead lend levy limit link list lodge maintain make manage
map mark maximize meet merge minimize modernize modernise modify monitor move name negotiate nominate note notify
observe obtain offer open operate optimize order organize organise outline oversee participate pay perform permit pilot place
plan pledge postpone prepare present preserve prevent print prioritize process procure produce promote propose
protect provide publicize publish purchase pursue put raise ratify reaffirm reallocate recall receive recognize recognise recommend
record recruit redirect reduce refer refine refrain register regret regularize regulate reinforce reissue reiterate release remain remind remit remove
renew repair repeat replace replenish reply report represent reprint request require resolve respect respond restore restrict resume
retain return review revise rotate safeguard salute schedule secure seek select send serve set settle share sign
simplify solicit specify sponsor standardize standardise stage start strengthen stress study submit subscribe summarize supply
support survey suspend sustain table take target task tender test thank tighten track train transfer translate transmit
transport undertake underline underscore update upgrade upload urge use utilize validate verify visit welcome widen withdraw work write
finish applaud praise merit place give exhort charge entrust mandate unveil amend reconsider assume furnish convey compile adjust assemble canvass catalogue certify charter choose circulate close commission compensate compute conserve consult contract convert convince deal deepen defray demonstrate deny deploy detain diversify earmark embark enact encode endeavour engage enrol ensure entitle escalate evacuate exclude exempt exhibit expedite export fit forecast formulate fulfil gauge grade harmonise hasten import index inaugurate incur inspect insure interview inventory itemize liaise liquidate lower lay look mobilize moderate monitor narrow number nurture obtain offset omit oversee pool post predict press price print promulgate prove quantify question raise reach read rebuild recast reconcile rectify redesign redistribute redouble refurbish relay relocate rename reopen replicate request rescue resubmit retire reuse revert revisit revive rule safeguard satisfy say scale screen sell separate settle shorten show solve sound speed spell split staff stop subdivide submit succeed suggest surrender synchronize tabulate tackle tailor tap teach tell test tie tighten time trace trade transcribe transport treat try turn unify uphold use vet volunteer vote waive warn watch weigh wind withhold witness yield pass express extend register repay reimburse recover reserve search streamline
""".split()
_PAST = {
    "began": "begin",
    "begun": "begin",
    "brought": "bring",
    "built": "build",
    "chose": "choose",
    "chosen": "choose",
    "drew": "draw",
    "drawn": "draw",
    "gave": "give",
    "given": "give",
    "had": "have",
    "heard": "hear",
    "held": "hold",
    "kept": "keep",
    "led": "lead",
    "lent": "lend",
    "made": "make",
    "met": "meet",
    "oversaw": "oversee",
    "paid": "pay",
    "put": "put",
    "sent": "send",
    "set": "set",
    "sought": "seek",
    "took": "take",
    "taken": "take",
    "undertook": "undertake",
    "undertaken": "undertake",
    "wrote": "write",
    "written": "write",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "drafted": "draft",
}
_DOUBLES = frozenset(
    "admit commit confer control defer map permit plan refer remit submit transfer ban transmit omit equip incur "
    "occur recur prefer infer stop ship step drop fit flag log tag trim compel propel excel bar pin set put let".split()
)


@cache
def forms() -> Mapping[str, tuple[Form, ...]]:
    """Return the forms of the verbs that are known, in lower case."""
    found: dict[str, dict[Form, None]] = {}

    def put(word: str, form: Form) -> None:
        found.setdefault(word, {})[form] = None

    irregular = set(_PAST.values())
    for verb in dict.fromkeys(_VERBS):
        put(verb, Form(verb, "infinitive"))
        put(_third(verb), Form(verb, "present"))
        put(_with(verb, "ing"), Form(verb, "gerund"))
        if verb not in irregular or verb == "draft":
            put(_with(verb, "ed"), Form(verb, "past"))
    for word, verb in _PAST.items():
        put(word, Form(verb, "past"))
    return {word: tuple(known) for word, known in found.items()}


def form_of(word: str) -> tuple[Form, ...]:
    """Return what a word may be the form of; none where no verb is known that has it."""
    return forms().get(word.lower(), ())


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return "has" if verb == "have" else verb + "s"


def _with(verb: str, ending: str) -> str:
    if verb in _DOUBLES:
        return verb + verb[-1] + ending
    if verb.endswith("ee") and ending == "ed":
        return verb + "d"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ending
