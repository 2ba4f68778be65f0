"""The command line as a whole: languages, help, usage errors, exit codes, and that it is documented."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cancu.cli import main
from cancu.verbs import VERBS

NAMES = list(VERBS)
DESIGNED = {
    "extract", "text", "ingest", "lookup", "search", "trace", "check", "export", "stats", "rebuild", "remove",
    "corrections", "register", "serve", "mcp", "changes",
}  # fmt: skip


def help_of(verb: str, capsys: pytest.CaptureFixture[str], lang: str = "vi") -> str:
    assert main([verb, "--help", "--lang", lang]) == 0
    return capsys.readouterr().out


def acts_of(verb: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The help of a verb, with that of its acts where it has any."""
    text = help_of(verb, capsys)
    acts = {"corrections": ("add", "list", "remove", "apply"), "register": ("add", "list", "show", "remove", "export")}
    if verb in acts:
        for act in acts[verb]:
            assert main([verb, act, "--help"]) == 0
            text += capsys.readouterr().out
    return text


def options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


def test_every_verb_of_the_design_is_there() -> None:
    assert set(NAMES) == DESIGNED
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", "docs/cli.md"])
@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_is_documented(verb: str, page: str, project: Path) -> None:
    assert f"`{verb}`" in (project / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", NAMES)
def test_every_option_is_documented(verb: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (project / "docs" / "cli.md").read_text(encoding="utf-8")
    common = text.split("\n## ", 1)[0]
    sections = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    given = options(acts_of(verb, capsys))
    assert given - options(sections[verb]) - options(common) == set(), "options that are not documented"
    assert options(sections[verb]) - given == set(), "documented options that do not exist"


@pytest.mark.parametrize("verb", NAMES)
def test_help_is_in_the_users_language(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    vietnamese, english = help_of(verb, capsys), help_of(verb, capsys, "en")
    assert vietnamese.startswith("cách dùng: ")
    assert "usage" not in vietnamese and "optional" not in vietnamese
    assert english.startswith("usage: ")
    assert not re.search("[ạảấầậẩẫắằặẳẵẹẻẽếềệểễịỉĩọỏốồộổỗớờợởỡụủứừựửữỳỵỷỹđ]", english.lower())


def test_the_language_can_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANCU_LANG", "en")
    assert main(["--help"]) == 0
    assert "Exit codes" in capsys.readouterr().out
    assert main(["--lang", "vi", "--help"]) == 0
    assert "Mã kết thúc" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--json"], "còn thiếu: LỆNH"),
        (["lookup"], "còn thiếu: SỐ_HIỆU"),
        (["nonsense"], "giá trị không hợp lệ: 'nonsense'"),
        (["extract", "x", "--nonsense"], "không hiểu: --nonsense"),
        (["extract", "x", "--jobs", "0"], "không phải số nguyên dương: '0'"),
        (["trace", "2395", "--direction", "left"], "giá trị không hợp lệ: 'left'"),
    ],
)
def test_a_wrong_command_line_is_answered_in_words(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    "words",
    [["lookup", "1"], ["trace", "1"], ["search", "x"], ["stats"], ["export"], ["rebuild"], ["serve"], ["remove", "x"]],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_missing_knowledge_base_is_bad_input_with_advice(
    words: list[str], lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--kb", str(tmp_path / "nowhere"), "--lang", lang]) == 3
    said = capsys.readouterr()
    assert "nowhere" in said.err and "cancu ingest" in said.err
    assert "Traceback" not in said.err and said.out == ""
    assert not (tmp_path / "nowhere").exists(), "asking must not create a knowledge base"


def test_a_reader_that_leaves_early_is_no_error(samples: Path) -> None:
    """``cancu extract … | head -1``: no complaint about the broken pipe."""
    command = [
        sys.executable,
        "-m",
        "cancu",
        "extract",
        "--jsonl",
        *[str(samples / "ninh-thuan-18-kh-skhcn-2022.md")] * 60,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) in (0, 141)
    assert b"Traceback" not in said and b"BrokenPipe" not in said


def test_the_command_alone_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("cách dùng: cancu") and said.err == ""
    assert [name for name in NAMES if name not in said.out] == []


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_that_of_the_package(option: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([option]) == 0
    assert capsys.readouterr().out == f"cancu {importlib.metadata.version('cancu')}\n"


def test_only_the_verb_asked_for_is_loaded(project: Path) -> None:
    said = "import sys; from cancu.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules))"
    for words, verbs in ((["--version"], set()), (["check", "--help"], {"check"})):
        ran = subprocess.run(
            [sys.executable, "-c", said, *words], cwd=project, capture_output=True, text=True, check=True
        )
        loaded = set(ran.stdout.splitlines()[-1].split())
        assert {one.rpartition(".")[2] for one in loaded if one.startswith("cancu.verbs.")} == verbs
        assert not loaded & {"kb.reading", "web", "numpy", "sqlalchemy"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_every_verb_and_where_files_are_asked_for(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", "--print-completion", shell]) == 0
    script = capsys.readouterr().out
    assert [name for name in NAMES if name not in script] == []
    checker = shutil.which(shell)
    if checker:
        (tmp_path / "script").write_text(script, encoding="utf-8")
        assert subprocess.run([checker, "-n", str(tmp_path / "script")], capture_output=True).stderr == b""


def complete(script: str, *words: str) -> list[str]:
    """What bash offers after these words."""
    typed = " ".join(f"'{word}'" for word in words)
    ask = f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _shtab_cancu; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, timeout=60)
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_verbs_and_their_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--print-completion", "bash"]) == 0
    script = capsys.readouterr().out
    assert complete(script, "cancu", "loo") == ["lookup"]
    assert complete(script, "cancu", "trace", "--direc") == ["--direction"]
    assert complete(script, "cancu", "trace", "--direction", "") == ["up", "down", "both"]
