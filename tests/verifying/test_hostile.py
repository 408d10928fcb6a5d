"""Hostile text in the shell: a short message or an honest verdict, quickly, and never a bug."""

from __future__ import annotations

import io
import sys
import time

import pytest

from symcnn.cli import main

REFUSED = {
    "the answer is K^2": ["verify", "the answer is K^2", "--against", "K^2"],
    "Persian prose": ["verify", "جواب K^2 است", "--against", "K^2"],
    "a thousand sentences": ["read", "the answer is " * 1200],
    "code": ["verify", '__import__("os").system("id") = 0'],
    "escapes of a terminal": ["read", "x\x1b[31m + 1"],
    "a plain Python string": ["read", "a \neq b \frac{1}{2}"],
    "a huge end of dots": ["verify", "1 + 2 + 3 + ... + 10^12 = 5"],
    "dots after thousands of terms": ["read", " + ".join(map(str, range(1, 3000))) + " + ... + n"],
    "a huge condition": ["verify", "a < b", "--against", "((9^9)^9999)^9999 < b"],
    "an endless subscript": ["read", r"\sum_{i} x_{" + "abcdefg" * 2000 + "i}"],
    "a formula against a condition": ["verify", "K", "--against", "K < 1"],
}
CHAINS = {
    "constants": ("9^9^9\n= factorial(factorial(20))\n= Sum(k,(k,1,10^12))\n= 1\n= 2", 1),
    "open brackets": ("(\n" * 9000 + "a", 2),
    "open lines": ("K +\n" * 1999 + "K", 2),
    "hidden characters": ("K\n= \u202eK\n= K\x00", 2),
    "nothing": ("", 2),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.process_time()
    assert main(REFUSED[name]) == 2
    assert time.process_time() - start < 2
    told = capsys.readouterr()
    lines = (told.err or told.out).splitlines()
    assert len(lines) in (3, 4)
    assert "Traceback" not in told.err
    assert "\x1b" not in told.err


@pytest.mark.parametrize("name", CHAINS)
def test_derivations(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text, code = CHAINS[name]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    start = time.process_time()
    assert main(["verify", "--steps", "-"]) == code
    assert time.process_time() - start < 2
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert not {"\u202e", "\x00"} & {*told.out, *told.err}


def test_many_dots_are_read_in_time() -> None:
    start = time.process_time()
    assert main(["read", r"x_1 + \cdots + x_n + " * 900 + "1"]) == 0
    assert time.process_time() - start < 2
