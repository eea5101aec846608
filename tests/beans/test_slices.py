from __future__ import annotations

import pytest

from ledgerqa.beans.slices import comments, cut, digest, split_lines

LEDGER = """\
2024-01-01 open Assets:Bank  ; the bank
2024-01-02 * "Café" "Two
lines; no comment" #tag
  note: "so ; quoted"
  ; shared with flatmates
  Assets:Bank  -4 EUR ; by card
\tExpenses:Food
  ; after the last posting

; between the entries
2024-01-03 note Assets:Bank "said \\"hi\\""
  source: "letter
  with a second line"
2024-01-04 txn "No end"
  Assets:Bank"""


@pytest.mark.parametrize(("line", "end_line"), [(1, 1), (2, 7), (11, 13), (14, 15)])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_slice_ends_with_the_last_line_that_says_something(line: int, end_line: int, line_end: str) -> None:
    lines = split_lines(LEDGER.replace("\n", line_end).encode())
    found = cut(lines, line)
    assert (found.line, found.end_line) == (line, end_line)
    assert found.text == "\n".join(LEDGER.split("\n")[line - 1 : end_line])


def test_a_blank_line_ends_a_slice_even_when_it_holds_spaces() -> None:
    lines = split_lines(b'2024-01-01 * "x"\n  A:B  1 USD\n   \n  C:D\n')
    assert cut(lines, 1).end_line == 2


def test_a_string_that_never_ends_keeps_its_first_line() -> None:
    assert cut(['2024-01-01 note A:B "never', "", "ends"], 1).end_line == 1


def test_line_ends_of_other_kinds_are_no_line_ends() -> None:
    assert split_lines("a\u2028b\x0cc\nd".encode()) == ["a\u2028b\x0cc", "d"]


def test_comments_are_those_outside_of_strings() -> None:
    assert comments(cut(LEDGER.split("\n"), 2).text) == ["shared with flatmates", "by card"]
    assert comments('2024-01-01 * "a \\" ; b" ;; c\n') == ["c"]
    assert comments('2024-01-01 * "a"') == []


def test_identical_slices_have_one_digest_and_others_another() -> None:
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("é")) == 32
