"""`grcm import edoxen` and `grcm export edoxen`: collections of our own, in each generation."""

import re
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from grcm_cli.edoxen import act_of, language_of_spelling, spelling_of

from ..conftest import DATA, REGISTER, Folder, Ran, run_grcm

HERE = Path(__file__).parent
EXAMPLES = ("oldest.yaml", "localized.yaml", "newest.yaml", "meeting.yaml")
"""Collections of three generations, and the newest one's meeting."""
PUBLISHED = "https://raw.githubusercontent.com/edoxen/edoxen/main/schema/edoxen.yaml"
SCHEMA = yaml.safe_load((HERE / "schema.yaml").read_text(encoding="utf-8"))
"""What the newest generation asks of decisions, as far as these collections go."""


def run(folder: Path, *words: str, lang: str = "en") -> Ran:
    return run_grcm("--as-of", "2023-01-01", "--lang", lang, *words, cwd=folder)


def imported(folder: Path, *files: str, into: str = "new", options: str = "") -> Ran:
    return run(folder, "--data", into, "import", "edoxen", *files, "--yes", *options.split())


def written(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


def load(text: str) -> Any:  # noqa: ANN401 - a tree of texts
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts alone


def scalars(tree: Any) -> Iterator[str]:  # noqa: ANN401 - a tree of texts
    if isinstance(tree, dict):
        for value in tree.values():
            yield from scalars(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from scalars(value)
    elif tree is not None:
        yield str(tree)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    for name in EXAMPLES:
        shutil.copy(HERE / name, tmp_path)
    return tmp_path


CASES = (("oldest.yaml",), ("localized.yaml",), ("newest.yaml", "meeting.yaml"))


@pytest.mark.parametrize("files", CASES)
def test_nothing_of_a_collection_is_lost(work: Path, files: tuple[str, ...]) -> None:
    """Each value is in the record's files, or the report tells what it was read as."""
    ran = imported(work, *files, options="--body EX")
    assert ran.code == 0, ran.err
    found = " ".join(" ".join(scalars(load(t))) for t in written(work / "new").values())
    plain = " ".join(found.split())
    known = {
        "decision": "decided",
        "meeting": "",
        "eng": "en",
        "fra": "fr",
        "spa": "es",
        "Latn": "",
    }
    for file in files:
        for value in scalars(load((HERE / file).read_text(encoding="utf-8"))):
            word = " ".join(known.get(value, value).split())
            parts = [" ".join(part.split()) for part in value.split("\n\n")]
            assert word in plain or all(part in plain for part in parts), value


def test_texts_acts_and_numbers(work: Path) -> None:
    assert imported(work, "oldest.yaml", options="--body EX").code == 0
    found = load(written(work / "new")["meetings/EX-2019-10.yaml"])
    first, second = found["conclusions"]
    assert (found["start"], found["end"], found["language"]) == ("2019-10-17", "2019-10-18", "en")
    assert first["text"].split("\n\n") == [
        "noting that the list of terms has been reviewed by all members,",
        "requests the Secretariat to circulate the list of terms by 2019-12-31.",
        "The Secretariat shall report on it.",
        "juggles with words.",
    ]
    assert first["acts"] == "directive"
    assert first["metadata"]["edoxen"]["actions"][0]["paragraphs"] == "2"
    assert (second["number"], second["acts"]) == ("012-2019", "evaluative")
    assert second["text"].startswith("The Committee thanks the host for")
    assert second["metadata"]["edoxen"]["actions"][0]["message"][0]["value"] == "thanks the host"


def test_languages_stand_side_by_side(work: Path) -> None:
    assert imported(work, "localized.yaml").code == 0
    found = load(written(work / "new")["meetings/EX-2021-05.yaml"])
    assert found["title"] == {"en": "Example", "fr": "Exemple"}
    assert found["conclusions"][0]["text"] == {"en": "Decides on it.", "fr": "En décide."}


@pytest.mark.package
@pytest.mark.parametrize("files", CASES)
def test_export_fits_the_published_schema(work: Path, files: tuple[str, ...]) -> None:
    """The schema of the format itself, where it can be fetched."""
    try:
        with urllib.request.urlopen(PUBLISHED, timeout=10) as answer:
            schema = yaml.safe_load(answer.read())
    except OSError as error:
        pytest.skip(f"the schema cannot be fetched: {error}")
    imported(work, *files, options="--body EX")
    assert run(work, "--data", "new", "export", "edoxen", "out").code == 0
    checked = jsonschema.Draft7Validator(schema)
    for path in (work / "out" / "decisions").glob("*.yaml"):
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert [error.message for error in checked.iter_errors(found)] == []


@pytest.mark.parametrize("files", CASES)
def test_export_fits_the_schema_and_comes_back_equal(work: Path, files: tuple[str, ...]) -> None:
    imported(work, *files, options="--body EX")
    ran = run(work, "--data", "new", "export", "edoxen", "out")
    assert ran.code == 0, ran.err
    for path in (work / "out" / "decisions").glob("*.yaml"):
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), SCHEMA)
    assert imported(work, "out", into="again").code == 0
    assert written(work / "again") == written(work / "new")


ODD = """\
metadata: {title: [{spelling: {a: b}, value: x}], date: 2020-01-01, extra: 1, city: XXABC}
decisions:
- identifier: "a b"
  considering: noting all
  considerations: [{type: noting, message: hm, date_effective: {date: 2020-01-01, type: odd}}]
  actions: [{message: does}, {type: x}]
- identifier: "a b"
  kind: odd
  title: T
- identifier: {number: '7'}
  subject: S
  approvals: [{type: affirmative, degree: odd, date: 2020-01-02}]
- identifier: {prefix: P, number: '8'}
  message: [{spelling: eng, value: A}, {spelling: eng, value: B}, {spelling: fra-Cyrl, value: C}]
  actions: [{type: decides, message: [{spelling: eng, value: E}]}]
"""
ODD_MEETING = "{identifier: Z, title: One, scheduled_date_range: {start: 2020-05-01}, city: Oslo}\n"


def test_what_the_format_does_not_take_comes_back_all_the_same(work: Path) -> None:
    (work / "odd.yaml").write_text(ODD, encoding="utf-8")
    (work / "held.yaml").write_text(ODD_MEETING, encoding="utf-8")
    assert imported(work, "odd.yaml", "held.yaml", options="--body EX").code == 0
    assert run(work, "--data", "new", "export", "edoxen", "out").code == 0
    ran = imported(work, "out", into="again")
    assert ran.code == 0, ran.out + ran.err
    assert written(work / "again") == written(work / "new")


@pytest.mark.parametrize(
    "text",
    [
        "metadata: [x]\ndecisions: []\n",
        "metadata: {date: 2020-01-01, meeting_urn: [x]}\ndecisions: []\n",
        "{identifier: A, urn: {a: b}, scheduled_date_range: {start: 2020-01-01}}\n",
        "metadata: {date: 2020-01-01}\n"
        "decisions:\n- {identifier: '1', message: x, dates: [{start: 2020-01-01, kind: [x]}]}\n",
        "metadata: {date: 2020-01-01}\n"
        "decisions:\n- identifier: '1'\n  title: x\n  actions: [{message: y}]\n"
        "  localizations: [{language_code: eng, title: z, actions: [{message: w}]}]\n",
    ],
)
def test_a_shape_that_no_generation_has_is_kept_or_told(work: Path, text: str) -> None:
    (work / "odd.yaml").write_text(text, encoding="utf-8")
    ran = imported(work, "odd.yaml", options="--body EX")
    assert (ran.code in (0, 1), "bug" in ran.err) == (True, False), ran.err


def test_a_message_that_has_its_languages_is_kept(work: Path) -> None:
    (work / "odd.yaml").write_text(
        "metadata: {date: 2020-01-01}\n"
        "decisions:\n- identifier: '1'\n  title: x\n"
        "  localizations: [{language_code: eng, title: z, actions: "
        "[{type: requests, message: [{spelling: eng, value: Requests a reply}]}]}]\n"
    )
    assert imported(work, "odd.yaml", options="--body EX").code == 0
    meeting = next((work / "new/meetings").glob("*.yaml"))
    assert "Requests a reply" in meeting.read_text()


@pytest.mark.parametrize("value", ['"x"', '["x"]', '[["x"]]', '[{"a": 1}]', '{"edoxen": "x"}'])
@pytest.mark.parametrize("key", ["meeting", "collection", "metadata", "acts", "participants"])
def test_an_extension_with_another_shape_is_left_or_refused(
    work: Path, key: str, value: str
) -> None:
    attribute = f"{{key: '={key}', type: string, value: '{value}'}}"
    extension = f"extensions: [{{profile: grcm, attributes: [{attribute}]}}]"
    text = f"metadata: {{date: 2020-01-01, {extension}}}\n"
    text += f"decisions: [{{identifier: '1', message: x, {extension}}}]\n"
    (work / "odd.yaml").write_text(text, encoding="utf-8")
    ran = imported(work, "odd.yaml", options="--body EX")
    is_refused = "nothing was written" in ran.err
    assert (ran.code, (work / "new").exists()) == (int(is_refused), not is_refused), ran.err
    assert not (is_refused and key in ("meeting", "collection"))


def test_a_record_of_grcm_keeps_its_texts(work: Path) -> None:
    """Mandates have no place in the format, and stderr says how many are left out."""
    shutil.copytree(DATA, work / "data")
    ran = run(work, "export", "edoxen", "out")
    assert re.search("left out, as the format has no place for them: [0-9]+ mandates", ran.err)
    shutil.copytree(work / "data", work / "copy")
    shutil.rmtree(work / "copy" / "meetings")
    assert imported(work, "out/decisions", "out/meetings", into="copy").code == 0
    keys = ("id", "body", "title", "place", "country", "start", "end", "language", "participants")
    for name, text in written(work / "data" / "meetings").items():
        old = load(text)
        new = load((work / "copy" / "meetings" / name).read_text("utf-8"))
        assert {k: old.get(k) for k in keys} == {k: new.get(k) for k in keys}
        for one, other in zip(old.get("conclusions", []), new.get("conclusions", []), strict=True):
            assert one["number"] == other["number"]
            assert (
                " ".join(scalars(one["text"])).split() == " ".join(scalars(other["text"])).split()
            )
            acts = one.get("acts", [])
            assert ([acts] if isinstance(acts, str) else acts) == (
                [other["acts"]] if isinstance(other.get("acts"), str) else other.get("acts", [])
            )


@pytest.mark.parametrize("into", ["new", "copy"])
def test_the_kind_and_the_themes_come_back(folder: Folder, into: str) -> None:
    """Themes are categories, by their names; what is not published is not written, and said."""
    themes = "themes:\n  WATER: {name: {en: Water, es: Agua}}\n  SEA: {name: Sea}\n"
    folder.write("data/register.yaml", REGISTER + themes)
    folder.write(
        "data/meetings/WG-2002-10.yaml",
        "id: WG-2002-10\nbody: WG\nkind: correspondence\nstart: 2002-10-29\nlanguage: es\n"
        "conclusions:\n"
        "  - {number: 1, text: Uno., themes: [SEA, WATER], "
        "metadata: {edoxen: {categories: [old]}}}\n"
        "  - {number: 2, text: Dos., confidential: true, themes: [SEA]}\n"
        "  - {number: 3, text: Tres., internal: no, themes: [WATER]}\n",
    )
    shutil.copytree(folder.path / "data", folder.path / "copy")
    shutil.rmtree(folder.path / "copy/meetings")
    ran = run(folder.path, "export", "edoxen", "out")
    assert "never published: 1 conclusion, 1 internal remark" in ran.err
    [decisions] = (folder.path / "out/decisions").iterdir()
    written = load(decisions.read_text(encoding="utf-8"))["decisions"]
    assert [decision["categories"] for decision in written] == [["old", "Sea", "Agua"], ["Agua"]]
    ran = imported(folder.path, "out/decisions", "out/meetings", into=into)
    assert ran.code == 0, ran.err
    meeting = load((folder.path / into / "meetings/WG-2002-10.yaml").read_text("utf-8"))
    assert meeting["kind"] == "correspondence"
    first, second = meeting["conclusions"]
    assert (first["themes"], second["themes"]) == (["SEA", "WATER"], ["WATER"])
    assert first["metadata"] == {"edoxen": {"categories": ["old"]}}
    assert run(folder.path, "--data", into, "validate").code == 0


@pytest.mark.parametrize("identifier", ["[{}]", "[{title: x}]", "[{number: [x]}]", "x"])
def test_an_identifier_without_a_number_has_the_conclusion_s(work: Path, identifier: str) -> None:
    assert imported(work, "newest.yaml", options="--body EX").code == 0
    [path] = (work / "new" / "meetings").iterdir()
    record = load(path.read_text("utf-8"))
    first = record["conclusions"][0]
    first["metadata"] = {"edoxen": {"identifier": yaml.safe_load(identifier)}}
    path.write_text(yaml.safe_dump(record), encoding="utf-8")
    ran = run(work, "--data", "new", "export", "edoxen", "out")
    assert ran.code == 0, ran.err
    assert str(first["number"]) in (work / "out" / "decisions" / path.name).read_text("utf-8")


def test_words() -> None:
    assert [act_of(word) for word in ("requests", "calls-upon", "Thanks", "x")] == [
        "directive", "directive", "evaluative", None,
    ]  # fmt: skip
    assert [language_of_spelling(word) for word in ("eng", "zho-Hans", "UN:ara", "q")] == [
        "en", "zh", None, None,
    ]  # fmt: skip
    assert spelling_of("es") == "spa"


def test_a_title_that_is_no_text_is_kept(work: Path) -> None:
    text = "metadata: {date: 2020-01-01, title: [{spelling: {a: b}, value: x}]}\ndecisions: []\n"
    (work / "odd.yaml").write_text(text, encoding="utf-8")
    assert imported(work, "odd.yaml", options="--body EX").code == 0
    [found] = (load(text) for text in written(work / "new" / "meetings").values())
    assert found["metadata"]["edoxen"]["title"] == [{"spelling": {"a": "b"}, "value": "x"}]
