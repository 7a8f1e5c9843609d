"""The JSON Schema (draft-07) of what every command prints with `--format json`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from grcm_cli.domain.statistics import Count
from grcm_cli.formats import record as records
from grcm_cli.formats.as_json import SCHEMA_VERSION, document_schema
from grcm_cli.letters.render import LetterRecord
from grcm_cli.reporters.services import findings_schema
from grcm_cli.views.changes import ChangeRecord
from grcm_cli.views.conclusion import document_content
from grcm_cli.views.diff import DiffRecord
from grcm_cli.views.log import EventRecord
from grcm_cli.views.matrix import MatrixRecord
from grcm_cli.views.meetings import MeetingRecord
from grcm_cli.views.party import PartyStatusRecord
from grcm_cli.views.search import MatchRecord
from grcm_cli.views.task_record import TaskRecord

LISTS: Mapping[str, type[Any]] = {
    "meetings": MeetingRecord,
    "matrix": MatrixRecord,
    "stats": Count,
    "matches": MatchRecord,
    "events": EventRecord,
    "changes": DiffRecord,
    "letters": LetterRecord,
    "parties": PartyStatusRecord,
}
"""The class of the records of each document that has nothing else, by their key."""


def output_schema() -> records.JsonSchema:
    """Return one schema for all documents, each under its name in `definitions`."""
    about = "The changes listed are those after this date."
    since = {**records.type_schema(date), "description": about}
    sources = records.array_schema(records.SourceRecord)
    change_sources = records.array_schema(records.ChangeSourceRecord)
    task, change = records.array_schema(TaskRecord), records.array_schema(ChangeRecord)
    task_of_several = records.array_schema(TaskRecord, of_several=True)
    change_of_several = records.array_schema(ChangeRecord, of_several=True)
    of_several = {"records": sources, "tasks": task_of_several, "supports": task_of_several}
    changes_of_several = {"records": change_sources, "task_changes": change_of_several}
    documents = {
        "tasks": document_schema({"tasks": task, "supports": task}, ("supports",)),
        "tasks_of_several_records": document_schema(of_several, ("supports",)),
        **{key: document_schema({key: records.array_schema(kind)}) for key, kind in LISTS.items()},
        "task_changes": document_schema({"since": since, "task_changes": change}),
        "task_changes_of_several_records": document_schema({"since": since, **changes_of_several}),
        "conclusions": document_schema(document_content()),
        "findings": findings_schema(),
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"https://example.org/grcm/schemas/output-{SCHEMA_VERSION}.schema.json",
        "title": "grcm --format json",
        "anyOf": [{"$ref": f"#/definitions/{name}"} for name in documents],
        "definitions": documents,
    }
