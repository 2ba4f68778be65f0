"""What docs/deploy.md tells to do: its lines for backup and restore run, its files are taken by the programs they are for."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kb_fixtures import export_text

from cancu.cli import main
from kb.service import KnowledgeBase

PROJECT = Path(__file__).resolve().parent.parent
FILES = PROJECT / "docs" / "deploy"
PROGRAM = "/opt/cancu/bin/cancu"


def block(heading: str) -> str:
    """The first block of commands after these words of the page."""
    page = (PROJECT / "docs" / "deploy.md").read_text(encoding="utf-8")
    found = re.search(r"```sh\n(.*?)```", page[page.index(heading) :], re.DOTALL)
    assert found
    return found[1]


def as_here(commands: str, root: Path) -> str:
    """The commands with their folders under ``root``, as this user, without the services."""
    here = commands.replace("/var/", f"{root}/var/").replace(PROGRAM, f"{sys.executable} -m cancu")
    here = re.sub(r"setpriv (?:--\S+(?: (?!/)[a-z]+)? )+(?=/)", "", here)
    here = here.replace("install -d -o cancu -g cancu -m 750", "install -d -m 750")
    return "\n".join(line for line in here.splitlines() if not line.startswith(("systemctl", "chown")))


def run(commands: str, root: Path) -> None:
    environment = dict(os.environ, PYTHONPATH=str(PROJECT))
    done = subprocess.run(["sh", "-eu", "-c", as_here(commands, root)], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="needs the program sqlite3: apt-get install sqlite3")
def test_a_base_is_backed_up_and_restored_as_the_page_says(tmp_path: Path, sample_kb: Path) -> None:
    where = tmp_path / "var" / "lib" / "cancu" / "kb"
    shutil.copytree(sample_kb, where)
    (tmp_path / "var" / "backups" / "cancu").mkdir(parents=True)
    name = KnowledgeBase.open(where).file_names()[0]
    reason = ["--reason", "kiểm tra", "--author", "A"]
    assert main(["corrections", "add", "title", name, "Tên đã sửa", *reason, "--kb", str(where)]) == 0
    before = export_text(KnowledgeBase.open(where).store, "jsonl")
    assert "Tên đã sửa" in before
    run(block("**Backup**"), tmp_path)
    (where / "kb.sqlite").write_bytes(b"lost")
    run(block("**Restore**"), tmp_path)
    assert export_text(KnowledgeBase.open(where).store, "jsonl") == before
    assert main(["search", "cải cách hành chính", "--kb", str(where)]) == 0
    assert "Tên đã sửa" in (where / "corrections.tsv").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze: apt-get install systemd")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    units = [path for path in sorted(FILES.iterdir()) if path.suffix in (".service", ".path", ".timer")]
    for unit in units:
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in units)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and len(units) == 4


def started() -> list[list[str]]:
    """The command lines of cancu in the files: what the units and the container start."""
    lines = [
        shlex.split(line.partition("=")[2])[1:]
        for path in sorted(FILES.glob("*.service"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("ExecStart=")
    ]
    last = (FILES / "Dockerfile").read_text(encoding="utf-8").splitlines()[-1]
    return [*lines, re.findall(r'"([^"]+)"', last)[1:]]


@pytest.mark.parametrize("arguments", started(), ids=" ".join)
def test_what_is_started_is_a_command_of_this_version(arguments: list[str], tmp_path: Path) -> None:
    """Where no base can be the verb is reached, and says so: wrong usage would be code 2."""
    (tmp_path / "file").touch()
    assert main([*arguments, "--kb", str(tmp_path / "file" / "kb")]) == 3


def test_the_environment_names_what_the_program_reads() -> None:
    named = set(re.findall(r"^#?(CANCU_\w+)=", (FILES / "cancu.env").read_text(encoding="utf-8"), re.MULTILINE))
    read = {
        name
        for path in (PROJECT / "cancu").rglob("*.py")
        for name in re.findall(r'environ\.get\("(CANCU_\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert named and named <= read


@pytest.mark.skipif(shutil.which("nginx") is None, reason="needs nginx and openssl: apt-get install nginx openssl")
def test_nginx_takes_its_file(tmp_path: Path) -> None:
    keys = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=vanban.example.vn", *keys]
    subprocess.run(made, check=True, capture_output=True)
    server = (FILES / "nginx.conf").read_text(encoding="utf-8").replace("/etc/ssl/cancu", str(tmp_path))
    temporary = "".join(f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi"))
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off; {temporary} {server} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    done = subprocess.run(["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
