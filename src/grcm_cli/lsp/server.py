"""The language server: what an editor tells and asks, over stdin and stdout.

After each change the findings of the edited file are published at once. `PAUSE` seconds after the
last change all files are checked, in steps between which questions are answered; another change
ends that check, and a new one follows.
"""

import asyncio
import functools
import gc
import logging
import os
import selectors
import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.uris import to_fs_path

from grcm_cli import __version__
from grcm_cli.domain.findings import Finding, capped
from grcm_cli.domain.model import Location, Party, Theme
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, clean, language_of, set_language
from grcm_cli.lookups.edits import renaming
from grcm_cli.lookups.errors import MachineFailed, WrongUse
from grcm_cli.lsp.completion import completion
from grcm_cli.lsp.cursor import cursor_at, kind_of_file
from grcm_cli.lsp.documents import Document
from grcm_cli.lsp.edits import all_fixes, diagnostic
from grcm_cli.lsp.record import OpenRecord, data_file
from grcm_cli.lsp.targets import Target, definitions, hover, symbols, target_at, uses
from grcm_cli.storage.paths import folder_if_known

PAUSE = 0.3
"""Seconds after the last change until the whole record is checked; another change ends that."""
_STEP = 0.001  # seconds between two steps of a check, in which what the editor has sent is answered
_REFUSED = -32803  # the protocol's RequestFailed: the sentence is for the person
_TRIGGERS = [" ", "[", "{", ",", "/", "#"]
_WATCHED = ("**/register.yaml", "**/meetings/*", "**/progress/*")

Handler = Callable[[Any], Any]


class _Protocol(LanguageServerProtocol):
    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 - as pygls has it
        """Return a message; a question that is none of the protocol's is answered with an error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), int | str):
                self._send_response(data["id"], error=error.to_response_error())
            raise


class _Server(LanguageServer):
    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Tell that something went wrong; the server goes on."""
        del source
        if getattr(error, "code", None) != _REFUSED:
            _complain(self, error)


def _complain(server: LanguageServer, error: Exception) -> None:
    """Write to stderr and to the editor's log that a message could not be answered."""
    message = _("a message could not be answered ({error}); the server goes on")
    sentence = message.format(error=clean(f"{type(error).__name__}: {error}"))
    sys.stderr.write(f"grcm lsp: {sentence}\n")
    sys.stderr.flush()
    kind = types.MessageType.Warning
    server.window_log_message(types.LogMessageParams(type=kind, message=f"grcm: {sentence}"))


class _NothingError(Exception):
    """There is no answer: the file is of no record, or nothing known stands at the cursor."""


def _nothing() -> NoReturn:
    raise _NothingError


class _Editor:
    def __init__(self, server: LanguageServer, as_of: date | None, language: str | None) -> None:
        self.server, self.as_of, self.language = server, as_of, language
        self.records: dict[Path, OpenRecord] = {}
        """By folder; in some the register is not there yet, or not any more."""
        self._folders: dict[str, None] = {}
        """The addresses of the folders that the editor has, whether a record is there or not."""
        self._checks: dict[OpenRecord, asyncio.Task[None]] = {}
        self._published: dict[OpenRecord, dict[str, list[Finding]]] = {}

    def initialize(self, params: types.InitializeParams) -> None:
        """Take the language of the editor."""
        if self.language is None and params.locale:
            set_language(language_of({"LANG": params.locale}))

    def initialized(self, _params: types.InitializedParams) -> None:
        """Ask to be told of files that change on the disk, and check the folders' records."""
        workspace = self.server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("grcm-files", method, options)
            self.server.client_register_capability(types.RegistrationParams([registration]))
        root = self.server.workspace.root_uri
        for uri in (*self.server.workspace.folders, *([root] if root else ())):
            self._add_folder(uri)
        self._check_all(0)

    def _add_folder(self, uri: str) -> None:
        """Add the record that a folder is or has (`data`), now or later."""
        self._folders[uri] = None
        path = to_fs_path(uri)
        folder = folder_if_known(path) if path and "\0" not in path else None
        if folder is not None:
            self._record(folder)

    def _record(self, folder: Path) -> OpenRecord:
        if folder not in self.records:
            codec = self.server.workspace.position_codec
            self.records[folder] = OpenRecord(folder, codec, self.as_of)
        return self.records[folder]

    def _file(self, uri: str) -> tuple[OpenRecord, str]:
        """Return the record of a data file, which may not be there, and its name in it."""
        folder, name = data_file(uri) or _nothing()
        return self._record(folder), name

    def folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.added:
            self._add_folder(folder.uri)
        self._check_all(0)

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        codec = self.server.workspace.position_codec
        self._take(item.uri, Document(item.text, codec, item.version), 0)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        item = params.text_document
        record, name = self._file(item.uri)
        document = record.documents.get(name) or _nothing()
        for change in params.content_changes:
            at = getattr(change, "range", None)  # none where it is all of the text
            document = document.changed(at, change.text, item.version)
        self._take(item.uri, document, PAUSE)

    def _take(self, uri: str, document: Document, pause: float) -> None:
        """Take a text, publish what is wrong in it, and check its record after a pause."""
        record, name = self._file(uri)
        record.set_document(name, document, uri)
        if record.is_there:
            record.check_file(name)
            self._publish(record, [name])
            self._check_later(record, pause)

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        record, name = self._file(params.text_document.uri)
        record.set_document(name, None)
        self._check_all(0)

    def files_changed(self, _params: Any) -> None:  # noqa: ANN401 - two kinds
        for uri in self._folders:
            self._add_folder(uri)
        self._check_all(PAUSE)

    def _check_all(self, pause: float) -> None:
        """Check every record after a pause; take back what was found in those that are gone."""
        for record in self.records.values():
            if record.is_there:
                self._check_later(record, pause)
            elif record in self._checks:
                self._stop_check(record)
                record.findings = {}
                self._publish_all(record)

    def _stop_check(self, record: OpenRecord) -> None:
        running = self._checks.pop(record, None)
        if running is not None:
            running.cancel()

    def _check_later(self, record: OpenRecord, pause: float) -> None:
        self._stop_check(record)
        self._checks[record] = asyncio.get_running_loop().create_task(self._check(record, pause))

    async def _check(self, record: OpenRecord, pause: float) -> None:
        await asyncio.sleep(pause)
        try:
            for _step in record.check():
                await asyncio.sleep(_STEP)
            self._publish_all(record)
        except Exception as error:  # noqa: BLE001 - the server goes on whatever happens
            _complain(self.server, error)
        gc.collect()
        gc.freeze()  # a later collection does not look through the whole record again

    def _publish_all(self, record: OpenRecord) -> None:
        published = self._published.get(record, {})
        self._publish(record, dict.fromkeys([*record.documents, *record.findings, *published]))

    def _publish(self, record: OpenRecord, names: Iterable[str]) -> None:
        """Publish findings; where they are those of a closed file, only if they are others."""
        published = self._published.setdefault(record, {})
        for name in names:
            document, findings = record.document(name), capped(record.findings.get(name, []))[0]
            if document.version is None and published.get(name, []) == findings:
                continue
            published[name] = findings
            shown = [diagnostic(document, finding) for finding in findings]
            params = types.PublishDiagnosticsParams(record.uri_of(name), shown, document.version)
            self.server.text_document_publish_diagnostics(params)

    def file(self, params: Any) -> tuple[OpenRecord, str]:  # noqa: ANN401 - many kinds
        """Return the record and the name of the file asked about. Raises _NothingError."""
        record, name = self._file(params.text_document.uri)
        return (record, name) if record.is_there else _nothing()

    def place(self, params: Any) -> tuple[OpenRecord, str, int]:  # noqa: ANN401 - many kinds
        """Return a record, the name of a file, and the index in its text where the cursor is."""
        record, name = self.file(params)
        return record, name, record.document(name).index(params.position)

    def _named(self, params: Any) -> tuple[OpenRecord, Register, Target]:  # noqa: ANN401 - many kinds
        """Return a record with its register, and what the word at the cursor stands for in it."""
        record, name, index = self.place(params)
        register = record.register or _nothing()
        cursor = cursor_at(record.document(name), index, kind_of_file(name)) or _nothing()
        target = target_at(cursor, register, record.meeting_of(name), index)
        return record, register, target or _nothing()

    def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        record, register, target = self._named(params)
        return [record.location(at) for at in definitions(target, register)]

    def references(self, params: types.ReferenceParams) -> list[types.Location]:
        record, register, target = self._named(params)
        places = set(uses(target, register))
        if params.context.include_declaration:
            places.update(definitions(target, register))
        return [record.location(at) for at in sorted(places)]

    def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the fixes for the findings in a range."""
        record, name = self.file(params)
        findings, uri = record.findings.get(name, ()), record.uri_of(name)
        actions = all_fixes(record.document(name), findings, uri, params.range)
        prefixes = tuple(kind + "." for kind in params.context.only or ()) or ("",)
        return [action for action in actions if ((action.kind or "") + ".").startswith(prefixes)]

    def prepare_rename(self, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
        """Return the code at the cursor, which can be renamed; for anything else, say so."""
        _record, _register, party = self._renamed(params)
        record, name, index = self.place(params)
        document, length = record.document(name), len(party.code)
        start = document.text.rfind(party.code, 0, index + length)
        at = document.range_of(start, start + length)
        return types.PrepareRenamePlaceholder(at, party.code)

    def rename(self, params: types.RenameParams) -> types.WorkspaceEdit:
        """Return the edits that give a party or a theme another code."""
        record, register, party = self._renamed(params)
        code, faulty = params.new_name.strip(), record.faulty_files()
        words, file, old, _code = renaming(
            register, party, code, lambda name: record.document(name).data, faulty
        )
        if file is not None:
            if file[1] in record.documents or (record.folder / file[1]).exists():
                raise WrongUse(_("{path} already exists"), path=file[1])
            workspace = self.server.client_capabilities.workspace
            editing = workspace.workspace_edit if workspace else None
            operations = (editing.resource_operations if editing else None) or ()
            if types.ResourceOperationKind.Rename not in operations:
                message = _("this editor cannot rename files, but {path} has to be renamed too")
                raise WrongUse(message, path=file[0])
        changes: list[types.TextDocumentEdit | types.RenameFile] = []
        for path, replacements in words.items():
            document, uri = record.document(path), record.uri_of(path)
            spans = (document.span(Location(path, *change[:3])) for change in replacements)
            codes = (old.search(document.text, *span) for span in spans)
            edits = [document.edit(*match.span(), code) for match in codes if match]
            # The version of the text for which the edits hold.
            versioned = types.OptionalVersionedTextDocumentIdentifier(uri, document.version)
            changes.append(types.TextDocumentEdit(versioned, [*edits]))
        if file is not None:
            before, after = (record.uri_of(name) for name in file)
            changes.append(types.RenameFile(before, after))
        return types.WorkspaceEdit(document_changes=changes)

    def _renamed(self, params: Any) -> tuple[OpenRecord, Register, Party | Theme]:  # noqa: ANN401 - two kinds
        with suppress(_NothingError):
            record, register, target = self._named(params)
            if isinstance(target, Party | Theme):
                return record, register, target
        raise WrongUse(_("only the code of a party or of a theme can be renamed here"))


def _safe(server: LanguageServer, answer: Handler) -> Handler:
    """Return a handler that tells what goes wrong, and answers with nothing then."""

    @functools.wraps(answer)
    def handler(params: Any) -> Any:  # noqa: ANN401 - each message has its own kind
        try:
            return answer(params)
        except _NothingError:
            return None
        except WrongUse as refusal:
            raise JsonRpcException(str(refusal), _REFUSED) from refusal
        except Exception as error:  # noqa: BLE001 - the server goes on whatever happens
            _complain(server, error)
            return None

    return handler


def serve(as_of: date | None, language: str | None, stdin: BinaryIO) -> None:
    """Answer an editor until it ends or closes stdin; without a `language` its locale decides."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # `_complain` says it in plain words
    gc.enable()
    with os.fdopen(os.dup(1), "wb") as stdout:
        ends = socket.socketpair()  # as asyncio does, which says more than that it may not
        selectors.DefaultSelector().close()
        for end in ends:
            end.close()
        sys.stdout = sys.stderr  # nothing but messages may stand on stdout
        server = _Server("grcm", __version__, protocol_cls=_Protocol)
        editor = _Editor(server, as_of, language)
        quick = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
        features: dict[str, Handler] = {
            types.INITIALIZE: editor.initialize,
            types.INITIALIZED: editor.initialized,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: editor.folders_changed,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: editor.files_changed,
            types.TEXT_DOCUMENT_DID_OPEN: editor.did_open,
            types.TEXT_DOCUMENT_DID_CHANGE: editor.did_change,
            types.TEXT_DOCUMENT_DID_CLOSE: editor.did_close,
            types.TEXT_DOCUMENT_DID_SAVE: editor.files_changed,
            types.TEXT_DOCUMENT_COMPLETION: lambda params: completion(*editor.place(params)),
            types.TEXT_DOCUMENT_HOVER: lambda params: hover(*editor.place(params)),
            types.TEXT_DOCUMENT_DEFINITION: editor.definition,
            types.TEXT_DOCUMENT_REFERENCES: editor.references,
            types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: lambda params: symbols(*editor.file(params)),
            types.TEXT_DOCUMENT_CODE_ACTION: editor.code_actions,
            types.TEXT_DOCUMENT_PREPARE_RENAME: editor.prepare_rename,
            types.TEXT_DOCUMENT_RENAME: editor.rename,
        }
        options = {
            types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=_TRIGGERS),
            types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(code_action_kinds=quick),
            types.TEXT_DOCUMENT_RENAME: types.RenameOptions(prepare_provider=True),
        }
        for name, answer in features.items():
            if name.startswith("textDocument/did"):  # texts of pygls take U+2028 for a line's end
                server.protocol.fm.builtin_features.pop(name, None)
            server.feature(name, options.get(name))(_safe(server, answer))
        try:
            server.start_io(stdin, stdout)
        except (MemoryError, OverflowError) as error:  # for the length in its header
            raise MachineFailed(_("a message from the editor is too large")) from error
