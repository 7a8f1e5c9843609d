"""The files of letters and forms, one for each party: by its template, and in a format."""

import re
from collections.abc import Callable, Mapping, Sequence

from grcm_cli.language import articles
from grcm_cli.language.text import _, clean, reworded, using_language
from grcm_cli.letters import render
from grcm_cli.letters.reminder import Reminder, context
from grcm_cli.letters.render import RenderedLetter
from grcm_cli.letters.templates import BUILT_IN, LetterTemplate, TemplateFault, decoded
from grcm_cli.views import labels


def contents(  # noqa: PLR0913 - each is one decision of the command
    letters: Sequence[Reminder],
    format_name: str,
    own_template: Callable[[str], bytes | None],
    document: Callable[[Mapping[str, object]], Mapping[str, object]],
    *,
    with_form: bool,
    in_one: bool,
) -> list[bytes]:
    """Return the bytes of each letter or form; in JSON also those of all letters `in_one`.

    `own_template` returns the bytes of the record's own template of a name, where it has one, and
    `document` what JSON has besides. `with_form` attaches a form. Raises TemplateFault.
    """
    forms = [b""] * len(letters)
    if with_form:
        from grcm_cli.letters import form_workbook  # 150 ms, only for a form

        if format_name == "xlsx":
            return [form_workbook.render(letter) for letter in letters]
        forms = [form_workbook.render(letter) if letter.asked else b"" for letter in letters]
    templates: dict[str, LetterTemplate] = {}
    rendered = []
    for letter, form in zip(letters, forms, strict=True):
        with using_language(letter.language):
            values = context(letter, has_form=bool(form))
            name = f"reminder.{letter.language}.md"
            try:
                if name not in templates:
                    source = own_template(name)
                    if source is None:
                        built_in = (BUILT_IN / name).read_text(encoding="utf-8")
                        source = reworded(built_in, letter.language).encode()
                    templates[name] = LetterTemplate(decoded(source), tuple(values))
                rendered.append(_letter(letter, templates[name].render(values)))
            except TemplateFault as fault:
                fault.template = name
                raise
    if format_name == "eml":
        from grcm_cli.letters.message import message  # 15 ms, only for this format

        return [message(*pair) for pair in zip(rendered, forms, strict=True)]
    if format_name != "json":
        return [render.FORMATS[format_name](letter) for letter in rendered]
    from grcm_cli.formats import as_json  # 2 ms, only for this format

    records = list(map(render.letter_record, rendered))
    documents = [records] if in_one else [[record] for record in records]
    return [as_json.dumps(document({"letters": each})).encode() for each in documents]


def _letter(reminder: Reminder, markdown: str) -> RenderedLetter:
    """Return the letter that a template made. Its first heading is the subject."""
    subject = render.first_heading(markdown)
    if not subject:
        article = labels.party_article(reminder.directory, reminder.party.code, reminder.language)
        name = reminder.party.name.shown(reminder.language)
        subject = _("{process}: reminder {to_party}").format(
            process=reminder.data.register.process.name.shown(reminder.language),
            to_party=articles.to_name(name, article, reminder.language),
        )
    # One empty line in the place of the several that a template leaves.
    text = re.sub(r"\n[ \t]*(?:\n[ \t]*)+(?=\n)", "\n", markdown).strip("\n") + "\n"
    return RenderedLetter(reminder, text, " ".join(clean(subject).split()))
