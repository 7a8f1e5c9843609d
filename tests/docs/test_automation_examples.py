"""The jobs of the chapter on automation, each taken out of the manual and run as far as can be.

cron's script runs with a program in the place of sendmail, `send.py` with a server on this machine,
and every `run:` and `script:` of the hosts' jobs in a copy of a repository, in the shell that they
use. PowerShell runs its script where it is installed; elsewhere its lines of grcm run.
"""

import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from ..conftest import DATA, EVERY, ROOT, environment
from ..processes import path_for_shells

CHAPTERS = ["docs/en/automation.md", "docs/es/automatizar.md"]
RUN = CHAPTERS if EVERY else CHAPTERS[:1]
"""Those whose files are run: the other's differ in words alone, which is tested first."""
LATE, NOTHING = "2003-03-10", "2002-11-01"
"""Days on which something is due within 30 days, and on which nothing is."""
DUE = {"BLZ", "CAN", "CRI", "SLV", "USA", "GTM", "HND", "MEX", "NIC", "PAN", "DOM"}


def blocks(chapter: str) -> list[str]:
    text = (ROOT / chapter).read_text(encoding="utf-8")
    return re.findall(r"```\w+\n(.*?)```", text, flags=re.DOTALL)


def file_of(chapter: str, name: str) -> str:
    """Return the block that begins with the name of a file."""
    [found] = [block for block in blocks(chapter) if block.startswith(f"# {name}\n")]
    return found


class Done(NamedTuple):
    """What a program gave."""

    code: int
    said: str


def run(words: list[str], cwd: Path, day: str = LATE, **more: str) -> Done:
    who = {f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER")
           for key in ("NAME", "EMAIL")}  # fmt: skip
    env = environment(PATH=path_for_shells(), GRCM_AS_OF=day, **who, **more)
    done = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        capture_output=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, (done.stdout + done.stderr).decode())


def with_addresses(folder: Path, *, all_but: str = "") -> None:
    """Copy the data, and give each party and the secretariat an e-mail address."""
    shutil.copytree(DATA, folder / "data")
    register = folder / "data/register.yaml"
    text = register.read_text(encoding="utf-8")
    for code in DUE - {all_but}:
        contact = f"contact: {{name: 'Pérez, Ana ({code})', email: {code.lower()}@example.org}}"
        inline, block = f"  {code}: {{", f"  {code}:\n"
        text = text.replace(inline, f"{inline}{contact}, ").replace(
            block, f"{block}    {contact}\n"
        )
    own = "  languages: [es, en]\n"
    text = text.replace(own, f"{own}  secretariat: {{name: Secretaría, email: st@example.org}}\n")
    register.write_text(text, encoding="utf-8")


def addressees(mails: list[EmailMessage]) -> set[str]:
    return {mail["To"].addresses[0].username.upper() for mail in mails}


def test_both_chapters_have_the_same_files_but_for_their_words() -> None:
    def plain(block: str) -> str:
        words = r"[ ]*#.*|\"\"\".*?\"\"\"|(?<=echo )\"[^\"]*\"|ValueError\(.*?\)"
        code = re.sub(words, "", block)
        return re.sub(r"\n+", "\n", code)

    english, spanish = ([plain(one) for one in blocks(chapter)] for chapter in CHAPTERS)
    assert english == spanish
    assert len(english) == 9


# --- cron ----------------------------------------------------------------------------------------

SENDMAIL = """\
#!/bin/sh
[ "$*" = "-t -oi" ] || exit 64
cat > mail.tmp
if [ -e refuse ] && grep -q mex@ mail.tmp; then exit 75; fi
number=$(ls -d mail.*.eml 2>/dev/null | wc -l)
mv mail.tmp "mail.$number.eml"
"""


class Machine:
    """A folder with the data, weekly.sh and a program in the place of sendmail."""

    def __init__(self, folder: Path, chapter: str, *, all_but: str = "") -> None:
        self.folder = folder
        with_addresses(folder, all_but=all_but)
        (folder / "weekly.sh").write_text(file_of(chapter, "weekly.sh"), encoding="utf-8")
        (folder / "sendmail").write_text(SENDMAIL)
        (folder / "sendmail").chmod(0o755)

    def run(self, day: str = LATE) -> Done:
        more = {"SENDMAIL": "./sendmail", "GRCM_HOME": str(self.folder)}
        return run(["sh", str(self.folder / "weekly.sh")], self.folder.parent, day, **more)

    def sent(self) -> list[EmailMessage]:
        found = []
        for path in sorted(self.folder.glob("mail.*.eml")):
            data = path.read_bytes()
            assert b"\r" not in data
            mail = message_from_bytes(data, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            found.append(mail)
        return found


@pytest.mark.parametrize("chapter", RUN)
def test_cron_sends_each_letter_once_and_prints_nothing(tmp_path: Path, chapter: str) -> None:
    machine = Machine(tmp_path / "crm", chapter)
    assert machine.run() == Done(0, "")
    assert addressees(machine.sent()) == DUE
    assert {mail["From"].addresses[0].addr_spec for mail in machine.sent()} == {"st@example.org"}
    for mail in machine.sent():
        assert mail["X-Unsent"] is None
        assert not mail.defects
        assert [str(one.get_filename())[3:] for one in mail.iter_attachments()] == [".xlsx"]
    assert (machine.folder / "public/index.html").is_file()
    assert machine.run() == Done(0, "")
    assert machine.run("2003-03-11") == Done(0, "")  # another day of the week
    assert len(machine.sent()) == len(DUE)
    assert not (machine.folder / "weekly.lock").exists()


def test_cron_sends_nothing_where_nothing_is_due(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "crm", CHAPTERS[0])
    assert machine.run(NOTHING) == Done(0, "")
    assert machine.sent() == []
    assert (machine.folder / "public/index.html").is_file()


def test_cron_stops_at_a_problem_before_anything_is_sent(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "crm", CHAPTERS[0])
    (machine.folder / "data/meetings/X.yaml").write_text("id: X\nbody: GRMC\nstart: 2002-01-01\n")
    done = machine.run()
    assert done.code == 1
    assert "data/meetings/X.yaml:2:7: error[unknown-body]" in done.said
    assert machine.sent() == []
    assert not (machine.folder / "public").exists()


def test_a_letter_that_fails_is_told_and_sent_by_the_next_run(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "crm", CHAPTERS[0], all_but="PAN")
    (machine.folder / "refuse").touch()
    done = machine.run()
    assert (done.code, len(done.said.splitlines())) == (1, 2), done.said
    assert re.search(r"weekly.sh: no address: letters/\S+/PAN.eml\n", done.said)
    assert re.search(r"weekly.sh: not sent: letters/\S+/MEX.eml\n", done.said)
    assert addressees(machine.sent()) == DUE - {"PAN", "MEX"}
    (machine.folder / "refuse").unlink()
    assert machine.run().code == 1  # there is still no address
    assert addressees(machine.sent()) == DUE - {"PAN"}
    assert len(machine.sent()) == len(DUE) - 1


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "crm", CHAPTERS[0])
    (machine.folder / "weekly.lock").mkdir()
    done = machine.run()
    assert (done.code, "another run is at work" in done.said) == (1, True)
    assert machine.sent() == []


@pytest.mark.parametrize("chapter", RUN)
def test_what_was_recorded_yesterday_is_printed_once(tmp_path: Path, chapter: str) -> None:
    """The clone of cron is at the commit of today, which a push of yesterday made."""
    work, clone = tmp_path / "work", tmp_path / "crm"
    with_addresses(work)
    run(["git", "init", "-q", "-b", "main"], work)
    for day, more in (("5 days ago", ""), ("yesterday", "done GRCM-2002-10/22 --on 2003-01-05")):
        if more:
            assert run(["grcm", "record", *more.split()], work).code == 0
        shell = (
            f'git add -A && GIT_COMMITTER_DATE="$(date -u -d "{day}" +%FT12:00Z)" git commit -qm x'
        )
        assert run(["sh", "-c", shell], work).code == 0
    run(["git", "clone", "-q", str(work), str(clone)], tmp_path)
    (clone / "daily.sh").write_text(file_of(chapter, "daily.sh"), encoding="utf-8")
    done = run(["sh", "daily.sh"], clone, "", GRCM_HOME=str(clone))
    assert (done.code, "GRCM-2002-10/22" in done.said) == (0, True)
    assert (clone / "notes.txt").read_text(encoding="utf-8") == ""


def test_the_lines_of_cron_have_their_fields() -> None:
    tables = [block.splitlines() for block in blocks(CHAPTERS[0]) if "MAILTO" in block]
    for *settings, job in tables:
        assert all(re.fullmatch(r"[A-Z_]+=\S+", line) for line in settings)
        assert "%" not in job  # cron takes it for a line end
    times = [" ".join(table[-1].split()[:5]) for table in tables]
    assert times == ["0 7 * * 1", "10 0 * * *"]


# --- SMTP ----------------------------------------------------------------------------------------


class SmtpServer:
    """As much of an SMTP server (RFC 5321) as a client needs; it refuses one address."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.messages: list[EmailMessage] = []
        self.refused = b""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as file:
                self._talk(file)

    def _talk(self, file: Any) -> None:  # noqa: ANN401 - of a socket
        def say(line: bytes) -> None:
            file.write(line + b"\r\n")
            file.flush()

        say(b"220 test")
        while line := file.readline():
            word = line[:4].upper()
            if word == b"DATA":
                say(b"354 go on")
                lines = []
                while (one := file.readline()) != b".\r\n":
                    lines.append(one.removeprefix(b".") if one.startswith(b"..") else one)
                mail = message_from_bytes(b"".join(lines), policy=policy.default)
                assert isinstance(mail, EmailMessage)
                self.messages.append(mail)
                say(b"250 taken")
            elif word == b"QUIT":
                say(b"221 bye")
                return
            elif word == b"RCPT" and self.refused and self.refused in line:
                say(b"550 no such user")
            else:
                say(b"250 ok")


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    found = SmtpServer()
    yield found
    found.socket.close()


def to(server: SmtpServer) -> dict[str, str]:
    return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(server.port), "SMTP_USER": "st@example.org",
            "SMTP_PASSWORD": "secret"}  # fmt: skip


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_message_of_a_folder_is_sent_once(
    tmp_path: Path, server: SmtpServer, chapter: str
) -> None:
    with_addresses(tmp_path, all_but="PAN")
    (tmp_path / "send.py").write_text(file_of(chapter, "send.py"), encoding="utf-8")
    made = run(["grcm", "remind", "--all", "--format", "eml", "-o", "letters"], tmp_path)
    assert made.code == 0, made.said
    server.refused = b"mex@"
    command = ["python", "send.py", "letters"]
    done = run(command, tmp_path, **to(server))
    assert done.code == 1
    assert re.search("send.py: PAN.eml: (no address|sin dirección)", done.said)
    assert "send.py: MEX.eml: " in done.said
    assert addressees(server.messages) == DUE - {"PAN", "MEX"}
    assert all(mail["X-Unsent"] is None and not mail.defects for mail in server.messages)
    assert {mail["To"].addresses[0].display_name for mail in server.messages} == {
        f"Pérez, Ana ({code})" for code in DUE - {"PAN", "MEX"}
    }
    server.refused = b""
    assert run(command, tmp_path, **to(server)).code == 1
    assert addressees(server.messages[-1:]) == {"MEX"}
    assert len(server.messages) == len(DUE) - 1


# --- the hosts -----------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a copy of a repository with the data and send.py, which has an origin."""
    work = tmp_path / "work"
    work.mkdir()
    with_addresses(work)
    (work / "send.py").write_text(file_of(CHAPTERS[0], "send.py"), encoding="utf-8")
    commands = ("init -q --bare ../origin.git", "init -q", "add .", "commit -q -m data",
                "remote add origin ../origin.git")  # fmt: skip
    for command in commands:
        assert run(["git", *command.split()], work).code == 0
    return work


def github_job(work: Path, server: SmtpServer, day: str) -> list[Done]:
    """Run the steps of the workflow as GitHub does: each in a shell, by its condition."""
    workflow = yaml.safe_load(file_of(CHAPTERS[0], ".github/workflows/weekly.yml"))
    output = work.parent / "output"
    output.write_text("")
    done: list[Done] = []
    outcome = ""
    for step in workflow["jobs"]["weekly"]["steps"]:
        is_failed = any(one.code for one in done)
        status = "5" if "status=5" in output.read_text() else ""
        conditions = {
            None: not is_failed,
            "steps.due.outputs.status == '5'": not is_failed and status == "5",
            "${{ !cancelled() && steps.due.outcome == 'success' }}": outcome == "success",
        }
        if "run" not in step or not conditions[step.get("if")]:
            continue
        if "pip install" in step["run"]:
            assert step["run"] == 'pip install "grcm-cli @ $GRCM"'
            continue
        for name, secret in step.get("env", {}).items():
            assert secret == f"${{{{ secrets.{name} }}}}"
        more = {"GITHUB_OUTPUT": str(output), **to(server), **workflow["env"]}
        done.append(
            run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                work,
                day,
                **more,
            )
        )
        if step.get("id") == "due":
            outcome = "failure" if done[-1].code else "success"
    return done


def gitlab_job(work: Path, server: SmtpServer, day: str) -> list[Done]:
    """Run the script of the job as GitLab does: one shell for all lines."""
    job = yaml.safe_load(file_of(CHAPTERS[0], ".gitlab-ci.yml"))["pages"]
    install, *lines = job["script"]
    assert install == 'pip install "grcm-cli @ $GRCM"'
    more = {**job["variables"], "REMOTE": "origin", **to(server)}
    return [run(["sh", "-ec", "\n".join(lines)], work, day, **more)]


@pytest.mark.parametrize("job", [github_job, gitlab_job] if EVERY else [github_job])
def test_a_host_sends_once_a_week_and_publishes(
    repository: Path,
    server: SmtpServer,
    job: Any,  # noqa: ANN401 - one of two functions
) -> None:
    assert [done for done in job(repository, server, NOTHING) if done.code] == []
    assert server.messages == []
    assert (repository / "public/index.html").is_file()
    for _again in range(2):
        assert [done for done in job(repository, server, LATE) if done.code] == []
        assert addressees(server.messages) == DUE
        assert len(server.messages) == len(DUE)
        shutil.rmtree(repository / "letters", ignore_errors=True)  # the next run has a new machine
        shutil.rmtree(repository / "public")


@pytest.mark.parametrize("job", [github_job, gitlab_job] if EVERY else [github_job])
def test_a_host_fails_at_a_problem_and_sends_nothing(
    repository: Path,
    server: SmtpServer,
    job: Any,  # noqa: ANN401 - as above
) -> None:
    (repository / "data/meetings/X.yaml").write_text("id: X\nbody: GRMC\nstart: 2002-01-01\n")
    assert job(repository, server, LATE)[-1].code == 1
    assert server.messages == []


WORKFLOW: dict[str, set[object]] = {
    "": {"name", "on", "permissions", "concurrency", "env", "jobs", True},  # YAML 1.1 reads `on` so
    "job": {"runs-on", "environment", "steps"},
    "step": {"uses", "with", "run", "id", "if", "env", "name"},
}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_jobs_have_only_keys_that_the_hosts_know(chapter: str) -> None:
    workflow: Mapping[Any, Any] = yaml.safe_load(file_of(chapter, ".github/workflows/weekly.yml"))
    assert set(workflow) <= WORKFLOW[""]
    [schedule] = workflow[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* 1", schedule["cron"])
    for job in workflow["jobs"].values():
        assert set(job) <= WORKFLOW["job"]
        for step in job["steps"]:
            assert set(step) <= WORKFLOW["step"]
            assert ("uses" in step) is not ("run" in step)
    [(name, job)] = yaml.safe_load(file_of(chapter, ".gitlab-ci.yml")).items()
    assert name == "pages"  # the name makes it the site
    assert set(job) <= {"image", "variables", "resource_group", "script", "artifacts", "rules"}


# --- Windows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", RUN)
def test_the_lines_of_powershell_that_run_grcm(tmp_path: Path, chapter: str) -> None:
    with_addresses(tmp_path)
    script = file_of(chapter, "weekly.ps1")
    plain = re.sub(r"#.*|\"[^\"]*\"", "", script)
    for pair in ("{}", "()"):
        assert plain.count(pair[0]) == plain.count(pair[1])
    lines = [line.strip() for line in script.splitlines() if line.strip().startswith("grcm ")]
    codes = {}
    for line in lines:
        words = line.partition(" > ")[0].replace("$letters", "letters").split()
        codes[words[1]] = run(words, tmp_path).code
    assert codes == {"due": 5, "remind": 0, "site": 0}
    # No exit code is overlooked: each is asked about in the next line.
    following = dict(zip(script.splitlines(), script.splitlines()[1:], strict=False))
    for line, after in following.items():
        if line.strip().startswith(("grcm ", "py ")):
            assert "$LASTEXITCODE" in after, line


@pytest.mark.skipif(shutil.which("pwsh") is None, reason="PowerShell is not installed")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_powershell_parses_the_script(tmp_path: Path, chapter: str) -> None:
    (tmp_path / "weekly.ps1").write_text(file_of(chapter, "weekly.ps1"), encoding="utf-8")
    parse = (
        "$e = $null; [void][Management.Automation.Language.Parser]::ParseFile("
        f"'{tmp_path}/weekly.ps1', [ref]$null, [ref]$e); $e; exit $e.Count"
    )
    assert run(["pwsh", "-NoProfile", "-Command", parse], tmp_path) == Done(0, "")
