"""Texts inside Markdown: escaped prose, code spans and fences that no text inside can close."""

from __future__ import annotations

import re

from symcnn.grader.outputs.texts import (
    begins_block,
    cut,
    isolated,
    one_line,
    spoken,
    visible,
    wrapped,
)
from symcnn.grader.outputs.words import say

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$!#@]|:(?=//)|(?<=\bwww)\.")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;", ":": "&#58;", ".": "&#46;"}
_ENTITIES["@"] = "&#64;"
_TICKS = re.compile("`+")


def prose(text: str) -> str:
    r"""Text on one line that Markdown shows as it is: no emphasis, link, HTML, table or formula.

    >>> prose("a*b <i> | $x$")
    'a\\*b &lt;i&gt; \\| &#36;x&#36;'
    """
    line = " ".join(spoken(text).split())
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), line)


def paragraph(text: str, first: str = "", rest: str = "") -> str:
    r"""Prose in lines of 80 columns, none of which begins a list or a heading.

    >>> print(paragraph("1. first", "- ", "  "))
    - 1\. first
    """
    words = prose(text).split(" ")
    if begins_block(words[0]):
        words[0] = _harmless(words[0])
    lines = wrapped(" ".join(words), first, rest)
    return "\n".join([lines[0], *(rest + _harmless(each[len(rest) :]) for each in lines[1:])])


def _harmless(line: str) -> str:
    if not begins_block(line) or line.startswith("\\"):
        return line
    digits = len(line) - len(line.lstrip("0123456789"))
    return line[:digits] + "\\" + line[digits:]


def code(text: str, language: str = "en", longest: int = 200) -> str:
    """A short text as a code span, on one line; nothing for no text.

    >>> code("a`b|c")
    '``a`b\\\\|c``'
    """
    shown = one_line(text, longest)
    if not shown:
        return ""
    ticks = "`" * (1 + _run(shown))
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    span = f"{ticks}{pad}{shown}{pad}{ticks}".replace("|", "\\|")
    return isolated(span, language)


def fence(text: str, language: str) -> str:
    """A text as typed, in a block that it cannot close; what is cut is said below it.

    >>> print(fence("K^2", "en"))
    ```text
    K^2
    ```
    """
    kept, left = cut(text)
    shown = visible(kept).strip("\n")
    ticks = "`" * max(3, 1 + _run(shown))
    block = f"{ticks}text\n{shown}\n{ticks}"
    return f"{block}\n\n{prose(say('cut', language, count=left))}" if left else block


def _run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)
