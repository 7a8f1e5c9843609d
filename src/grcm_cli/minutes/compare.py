"""The words of a meeting file against those of its document: equal after NFC and white space."""

from collections.abc import Mapping, Sequence

from grcm_cli.minutes.draft import Draft
from grcm_cli.model import Meeting
from grcm_cli.text import _, collapse

_AROUND = 6  # words shown before and after the first that differs


def differences(draft: Draft, meeting: Meeting) -> list[str]:
    """Return a sentence for each conclusion whose words are not the document's."""
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
            file, document = _first_difference(own[number].split(), texts[number].split())
            said = _("{number}: the file has “{file}”, the document “{document}”")
            found.append(said.format(number=number, file=file, document=document))
    return found


def _authentic(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _first_difference(file: Sequence[str], document: Sequence[str]) -> tuple[str, str]:
    """Return the words around the first that differ, of both."""
    same = 0
    while same < min(len(file), len(document)) and file[same] == document[same]:
        same += 1
    begin = max(0, same - 2)
    end = same + _AROUND
    return " ".join(file[begin:end]) or "–", " ".join(document[begin:end]) or "–"
