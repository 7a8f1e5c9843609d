"""Articles, prepositions and *and* with names, and the word of a process for its conclusions.

The tables of each language are data, in `words/grammar_<language>.toml`; that of Spanish explains
them. Where an article is not certain, as of an acronym, there is none.

Messages, pages and letters say *conclusion*; where the register has another word (an *acuerdo*, a
*decision*, a *résolution*), it takes the place of that one, with its gender and number, and so does
each article and adjective beside it. The phrases in which that matters stand in `[conclusion]`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, Literal

from grcm_cli.language.text import LANGUAGES, Noun, current_language, fold, word_tables

_NONE = "none"  # the name of no article in the tables
_MEETING_TWICE = re.compile(
    r"\b(?i:(meeting|reunión|réunion|reunião) (?:of|de|d[ao])(?: the| la)?) "
    r"(?=(?:[A-ZÀ-Ý][\w'’-]+ ){0,3}(?i:\1))"
)
ONE, MANY = "ONE", "MANY"
"""What stands in phrases for the noun in each number."""


@cache
def grammar(language: str) -> Mapping[str, Any]:
    """Return the tables of a language of the interface."""
    return word_tables(f"grammar_{language}.toml")


def day_names(language: str) -> Sequence[str]:
    """Return the folded words for the day before, today and the day after."""
    return list(map(fold, grammar(language)["days"].split()))


@cache
def small_words() -> frozenset[str]:
    """Return the words inside a title that begin with a small letter, in all languages."""
    return frozenset(word for code in LANGUAGES for word in grammar(code)["small_words"].split())


def article(name: str, kind: str, language: str) -> str:
    """Return the article of a party's name, or of a meeting's title; empty where it is not certain.

    `kind` is that of the party, or `meeting`. A title has that of its noun: the first word but for
    a number, or a word before the first small one: `Fourth Regional Meeting of the Group`.
    """
    tables = grammar(language)
    table, is_title = tables.get(kind, tables["other"]), kind == "meeting"
    words = name.split()
    skip = re.compile("".join(table.get("skip", "$.").split()))
    while words and skip.fullmatch(words[0]):
        words = words[1:]
    plain = [fold(word).rstrip("," if is_title else "") for word in words]
    if not words or plain[0] in tables["articles"].split():
        return ""
    if words[0].isupper() and "acronym" in table:
        table = {"default": table["acronym"]}
    nouns = plain if len(plain) > 1 else []
    if is_title:
        head = next((place for place, word in enumerate(words) if word.islower()), len(words))
        nouns = plain[:head]
    usual = _article(table, plain, nouns)
    # In French, it is `l’` before a vowel.
    return tables["elision"].get(usual, usual) if _is_elided(" ".join(words), tables) else usual


def is_plural(name: str, article: str, language: str) -> bool:
    """Return whether a name with its article is a plural: `los Países del CA-4`, `the States`.

    Where the article does not show it, the noun does: the word before the first small one.
    """
    tables = grammar(language)
    noun = re.split(r" (?=[a-z])", name)[0]
    ending = tables.get("plural_noun", "")
    return article == tables["plural"] and re.search(f"{ending}$", noun) is not None


def _article(table: Mapping[str, Any], words: Sequence[str], nouns: Sequence[str]) -> str:
    """Return the first answer of a table; `nouns` are the words that `any` looks at."""
    by_place = {"whole": ["_".join(words)], "first": words[:1], "last": words[-1:], "any": nouns}
    tables = [(word, table.get(place, {})) for place in by_place for word in by_place[place]]
    lists = [(word, *pair) for word, by_answer in tables for pair in by_answer.items()]
    answers = [answer for word, answer, listed in lists if word in listed.split()]
    for answer, endings in table.get("endings", {}).items():
        answers += [answer] * words[0].endswith(tuple(endings.split()))
    first: str = [*answers, table["default"]][0]
    return "" if first == _NONE else first


def _is_elided(name: str, tables: Mapping[str, Any]) -> bool:
    elision = tables.get("elision")
    return elision is not None and re.match(elision["before"], fold(name)) is not None


def with_article(name: str, article: str) -> str:
    """Return a name with its article: `la Presidencia Pro-Témpore`."""
    if article.endswith("’"):
        return article + name
    return f"{article} {name}" if article else name


def after(preposition: Literal["of", "to"], name: str, article: str, language: str) -> str:
    """Return a name after a preposition: `del GRCM`, `of the GRCM`, `a México`, `to the Chair`."""
    tables = grammar(language)
    forms = tables[preposition]
    key = article or _NONE
    if not article and "elided" in forms and _is_elided(name, tables):
        key = "elided"
    pattern: str = forms[key]
    return pattern.format(name=name)


def said_once(phrase: str) -> str:
    """Return `next Ministerial Meeting` for the next meeting of a body that is called so."""
    return _MEETING_TWICE.sub("", phrase)


def contracted(phrase: str) -> str:
    """Return a phrase with names in it in which `de el Sistema` is `del Sistema`."""
    tables = grammar(current_language())
    for forms in (tables["of"], tables["to"]):
        for key, form in forms.items():
            apart = forms[_NONE].format(name=f"{key} ")  # `de el `
            phrase = re.sub(rf"\b{apart}", form.format(name=""), phrase)
    return phrase


def enumerated(names: Sequence[str], language: str) -> str:
    """Return names as a sentence lists them: `Belice, Canadá y México`."""
    if len(names) < 2:
        return "".join(names)
    table = grammar(language)["and"]
    following = fold(names[-1])
    before = table.get("before", {}).items()
    joint = next((word for word, start in before if re.match(start, following)), table["word"])
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def number_in_words(number: int) -> str:
    """Return a number before a noun: `two` to `nine`, others in digits."""
    words = grammar(current_language())["numbers"].split()
    return words[number - 2] if 2 <= number < 10 else str(number)


def inflected(word: str, language: str) -> Sequence[str]:
    """Return the other genders and numbers of a folded word of a state: `cumplida`, `cumplidos`."""
    for ending, endings in grammar(language)["inflections"].items():
        if word.endswith(ending):
            return [word.removesuffix(ending) + suffix for suffix in endings.split()]
    return []


def known_noun(word: str, language: str) -> Noun | None:
    """Return a noun that grcm knows by its singular, as `acuerdo`; None for any other word."""
    for gender, nouns in grammar(language)["conclusion"]["nouns"].items():
        for line in nouns:
            singular, plural = line.split(", ")
            if fold(singular) == fold(word):
                return Noun(singular, plural, "" if gender == "any" else gender)
    return None


def rewording(noun: Noun, language: str) -> Callable[[str], str]:
    """Return what puts a noun for *conclusion* into messages, but not into keys or fields.

    Its gender and number go to each article and adjective beside it, by `[conclusion]`.
    """
    table = grammar(language)["conclusion"]
    usual = Noun(*table["usual"].split(", "))
    kinds = [noun.gender, "usual"]
    if fold(noun.singular)[:1] in tuple("aeiou"):
        kinds = [f"{noun.gender}_vowel", "vowel", *kinds]
    words_for = {}
    for phrase, forms in {**table["phrases"], ONE: {}, MANY: {}}.items():
        form = next((forms[kind] for kind in kinds if kind in forms), phrase)
        words_for[_filled(phrase, usual)] = _filled(form, noun)
    words = "|".join(map(re.escape, sorted(words_for, key=len, reverse=True)))
    regex = re.compile(rf"(?<![\w`{{._\[-])(?:{words})(?![\w`}}_\[\]-]|:(?:\n| +-))", re.IGNORECASE)

    def replacement(match: re.Match[str]) -> str:
        text = words_for[match[0].lower()]
        return text[0].upper() + text[1:] if match[0][0].isupper() else text

    return lru_cache(maxsize=2000)(partial(regex.sub, replacement))


def _filled(phrase: str, noun: Noun) -> str:
    return phrase.replace(MANY, noun.plural).replace(ONE, noun.singular)
