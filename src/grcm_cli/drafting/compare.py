"""The words of a meeting file against those of its document: equal after NFC and white space."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from grcm_cli.domain.model import Meeting
from grcm_cli.drafting.draft import Draft
from grcm_cli.language.text import _, collapse

_AROUND = 2  # words shown before and after those that differ
_MANY = 4000  # words in which places are told apart
_LONGEST = 60  # words shown of one place


def differences(draft: Draft, meeting: Meeting) -> list[str]:
    """Return a sentence for each place where the words are not the document's."""
    texts = {c.item.number: collapse(c.item.text) for c in draft.conclusions}
    language = meeting.language or ""
    own = {
        conclusion.number: collapse(_authentic(conclusion.text.by_language, language))
        for conclusion in meeting.conclusions or ()
    }
    found = []
    for number in {**own, **texts}:
        if number not in texts:
            found.append(_("{number}: it is not in the document").format(number=number))
        elif number not in own:
            found.append(_("{number}: it is in the document alone").format(number=number))
        elif own[number] != texts[number]:
            said = _("{number}: the file has “{file}”, the document “{document}”")
            for file, document in _differences(own[number].split(), texts[number].split()):
                found.append(said.format(number=number, file=file, document=document))
    return found


def _authentic(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _differences(file: Sequence[str], document: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words of each place that differs, of both, with a few around them."""
    begin = _same(file, document)
    end = _same(file[begin:][::-1], document[begin:][::-1])
    first = max(0, begin - _AROUND)
    files = file[first : len(file) - max(0, end - _AROUND)]
    documents = document[first : len(document) - max(0, end - _AROUND)]
    if len(files) + len(documents) > _MANY:  # telling them apart takes the square of the time
        yield _shown(files), _shown(documents)
        return
    matcher = SequenceMatcher(None, files, documents, autojunk=False)
    for group in matcher.get_grouped_opcodes(_AROUND):
        start, stop = group[0], group[-1]
        yield _shown(files[start[1] : stop[2]]), _shown(documents[start[3] : stop[4]])


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _shown(words: Sequence[str]) -> str:
    if len(words) > _LONGEST:
        words = [*words[: _LONGEST // 2], "…", *words[-_LONGEST // 2 :]]
    return " ".join(words) or "–"
