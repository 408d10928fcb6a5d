r"""The author's prose: text, ``$...$`` mathematics, ``\given{K}`` and `` `code` ``.

Here it is only taken apart; how a run looks is known by the medium (LaTeX or HTML).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from symcnn.errors import AuthorError

RunKind: TypeAlias = Literal["text", "latin", "math", "code"]
_GIVEN = re.compile(r"\\given\{([^{}]*)\}")
_PIECES = re.compile(r"\\\$|\$|`[^`\n]*`")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ ./'_-]*[A-Za-z0-9]+)*")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one kind; "latin" is foreign text inside a text of the other direction."""

    kind: RunKind
    text: str


Paragraph: TypeAlias = tuple[Run, ...]


def read_prose(text: str, numbers: Mapping[str, int], where: str) -> tuple[Paragraph, ...]:
    r"""The paragraphs of a text (blank lines part them). Raises AuthorError that names ``where``.

    >>> [run.text for run in read_prose(r"With \given{K} taps, $K = \given{K}$.", {"K": 3}, "")[0]]
    ['With 3 taps, ', 'K = 3', '.']
    """

    def value(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name not in numbers:
            known = ", ".join(numbers) or "none"
            raise AuthorError(f"{where}: \\given{{{name}}} is no number of the problem ({known})")
        return str(numbers[name])

    filled = _GIVEN.sub(value, text)
    return tuple(
        _runs(" ".join(block.split()), where)
        for block in re.split(r"\n\s*\n", filled)
        if block.strip()
    )


def _runs(block: str, where: str) -> Paragraph:
    runs: list[Run] = []
    buffer, start, in_math = "", 0, False
    for match in _PIECES.finditer(block):
        sign = match[0]
        buffer += block[start : match.start()]
        start = match.end()
        if sign == r"\$":
            buffer += r"\$" if in_math else "$"
        elif sign == "$":
            if in_math and not buffer.strip():
                raise AuthorError(f"{where}: $$ holds no formula; write $...$ inside a sentence")
            runs.append(Run("math" if in_math else "text", buffer.strip() if in_math else buffer))
            buffer, in_math = "", not in_math
        elif in_math:
            buffer += sign
        else:
            runs += [Run("text", buffer), Run("code", sign[1:-1])]
            buffer = ""
    if in_math:
        raise AuthorError(f"{where}: a $ is not closed in {block!r}")
    runs.append(Run("text", buffer + block[start:]))
    return tuple(run for run in runs if run.text)


def persian_runs(text: str) -> Paragraph:
    """Persian text with its Latin stretches set apart, and Persian digits outside them.

    >>> [run.text for run in persian_runs("لایه‌ی Conv1d با 3 ضریب")]
    ['لایه‌ی ', 'Conv1d', ' با ۳ ضریب']
    """
    runs: list[Run] = []
    start = 0
    for match in _LATIN.finditer(text):
        runs.append(Run("text", persian_digits(text[start : match.start()])))
        runs.append(Run("latin", match[0]))
        start = match.end()
    runs.append(Run("text", persian_digits(text[start:])))
    return tuple(run for run in runs if run.text)


def persian_digits(text: str) -> str:
    """The text with Persian digits.

    >>> persian_digits("4 x 6")
    '۴ x ۶'
    """
    return text.translate(_PERSIAN_DIGITS)
