"""A headline by the trained planner waits for no llama.cpp; the searches behind it do."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.terminal.test_models import QUESTION, needs_models

if TYPE_CHECKING:
    from tests.terminal.conftest import CommandLine

CODE = """
import sys
from ledgerqa.terminal import asking
from ledgerqa.terminal.cli import cli
show = asking.show_answer
def showing(*arguments):
    show(*arguments)
    print(sorted({"llama_cpp", "gguf", "torch", "beancount"} & set(sys.modules)))
asking.show_answer = showing
cli(sys.argv[1:], prog_name="ledgerqa", standalone_mode=False)
print(sorted({"numpy", "llama_cpp", "gguf", "torch", "beancount"} & set(sys.modules)))
"""


@needs_models
def test_the_headline_is_shown_before_llama_is_imported(ledgerqa: CommandLine) -> None:
    models = {"LEDGERQA_ENCODER": "default", "LEDGERQA_READER": "none", "LEDGERQA_PLANNER": "learned"}
    ledgerqa("index", **models)
    ledgerqa(*QUESTION, **models)  # the first question merges the planner's weights
    done = subprocess.run(
        [sys.executable, "-c", CODE, *QUESTION],
        capture_output=True, text=True, env=ledgerqa.environment | models, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert "20.00 EUR" in lines[0]
    assert lines[-2:] == ["[]", "['llama_cpp', 'numpy']"]
    assert done.stderr == ""
    verified = ledgerqa("models", "verify", **models)
    assert [line.partition(" ")[0].partition("-")[0] for line in verified.out.splitlines() if "converted)" in line] == [
        "all",
        "planner",
    ]
    assert verified.code == 0
