"""The JSON Schema (draft-07) of what every command prints with `--format json`."""

from collections.abc import Mapping, Sequence
from typing import Any

from grcm_cli.domain.parties import Directory
from grcm_cli.formats.as_json import document_schema
from grcm_cli.formats.listing import JsonSchema, OutputField
from grcm_cli.formats.output_schema import DAY, list_of, record_schema
from grcm_cli.formats.several import CHANGE_SOURCE_FIELDS, PROCESS_FIELD, SOURCE_FIELDS
from grcm_cli.letters.render import LETTER_FIELDS
from grcm_cli.reporters.as_json import findings_schema
from grcm_cli.views import party
from grcm_cli.views.changes import task_change_fields
from grcm_cli.views.conclusion import document_content
from grcm_cli.views.diff import change_fields
from grcm_cli.views.log import EVENT_FIELDS
from grcm_cli.views.matrix import JSON_NAMES, matrix_fields
from grcm_cli.views.meetings import meeting_fields
from grcm_cli.views.search import MATCH_FIELDS
from grcm_cli.views.statistics import COUNT_FIELDS
from grcm_cli.views.tasks import task_fields


def output_schema() -> JsonSchema:
    """Return one schema for all documents, each under its name in `definitions`."""
    documents = _documents()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "grcm --format json",
        "anyOf": [{"$ref": f"#/definitions/{name}"} for name in documents],
        "definitions": documents,
    }


def _documents() -> Mapping[str, JsonSchema]:
    """Return the schema of each document by the key of its records."""
    tasks = _records(task_fields(Directory(()), ""))
    task_changes = _records(task_change_fields(Directory(()), ""))
    of_several = {
        "tasks": _records((PROCESS_FIELD, *task_fields(Directory(()), ""))),
        "task_changes": _records((PROCESS_FIELD, *task_change_fields(Directory(()), ""))),
    }
    since = {**DAY, "description": "What a list as of this day shows is left out."}
    records = {
        "meetings": record_schema(meeting_fields("")),
        "matrix": record_schema(matrix_fields(""), JSON_NAMES),
        "stats": record_schema(COUNT_FIELDS),
        "matches": record_schema(MATCH_FIELDS),
        "events": record_schema(EVENT_FIELDS),
        "changes": record_schema(change_fields("")),
        "letters": record_schema(LETTER_FIELDS),
    }
    return {
        "tasks": document_schema({"tasks": tasks, "supports": tasks}, optional=("supports",)),
        "tasks_of_several_records": document_schema(
            {
                "records": _records(SOURCE_FIELDS),
                "tasks": of_several["tasks"],
                "supports": of_several["tasks"],
            },
            optional=("supports",),
        ),
        **{key: document_schema({key: list_of(record)}) for key, record in records.items()},
        "task_changes": document_schema({"since": since, "task_changes": task_changes}),
        "task_changes_of_several_records": document_schema(
            {
                "since": since,
                "records": _records(CHANGE_SOURCE_FIELDS),
                "task_changes": of_several["task_changes"],
            }
        ),
        "conclusions": document_schema(document_content()),
        "parties": document_schema(party.document_content()),
        "findings": findings_schema(),
    }


def _records(fields: Sequence[OutputField[Any]]) -> JsonSchema:
    return list_of(record_schema(fields))
