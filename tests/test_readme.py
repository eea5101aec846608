"""What README.md says about the program is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from ledgerqa import __version__
from ledgerqa.errors import ExitCode
from ledgerqa.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_exit_codes_are_those_of_the_program() -> None:
    table = README.partition("### Exit codes")[2].partition("\n\nErrors")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == {code.value for code in ExitCode}


def test_ci_runs_the_test_command_of_the_readme() -> None:
    [command] = re.findall(r"\.venv/bin/(python -m pytest.*)$", README, re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_changelog_opens_with_this_version() -> None:
    [newest, *_] = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest == __version__


def test_the_configuration_of_the_readme_is_one(tmp_path: Path) -> None:
    [example] = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    file = tmp_path / "config.toml"
    file.write_text(example, encoding="utf-8")
    settings = load_settings(config=file, environment={})
    assert settings.ledger == "home"
    assert settings.reader_configured
