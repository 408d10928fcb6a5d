r"""An author's text in a form or a guide: ``$...$`` mathematics and `` `code` `` in plain text.

Each medium shows the same runs in its own way; whatever is not markup is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from symcnn.grader.formats.words import field_of

_RUNS = re.compile(r"\$\$([^$]+)\$\$|\$([^$\n]+)\$|`([^`\n]+)`")
_ASCII = re.compile(r"[!-~]+(?: +[!-~]+)*")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_LRI, _PDI = "\u2066", "\u2069"
_ENDS = " .,;:!?"
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_ISOLATED = re.compile(f"(\u2066[^\u202a-\u202e\u2066-\u2069]*\u2069)|{_BIDI.pattern}")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
        "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    }
)  # fmt: skip
_MARKS = re.compile(r"[\\`*\[\]<>]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_FIELD_LIKE = re.compile(r"(?m)^(\W*)(\w[\w \u200c]{0,40}):")
_LINE_MARKS = re.compile(r"(?m)^( *)([-+#=~|:]|\d+(?=[.)]))")


def latin_runs(text: str) -> Iterator[tuple[bool, str]]:
    """The text parted into stretches, and whether each reads from left to right.

    >>> list(latin_runs("طول N = 2، (هستهٔ K) است."))
    [(False, 'طول '), (True, 'N = 2'), (False, '، (هستهٔ '), (True, 'K'), (False, ') است.')]
    """
    at = 0
    for found in _ASCII.finditer(text):
        start, end = _trimmed(text, found.start(), found.end())
        if start < end and any(each.isalnum() for each in text[start:end]):
            if at < start:
                yield False, text[at:start]
            yield True, text[start:end]
            at = end
    if at < len(text):
        yield False, text[at:]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation at the ends, and without brackets that have no partner inside."""
    while start < end:
        inner = text[start:end]
        if inner[-1] in _ENDS or _alone(inner, inner[-1], _BRACKETS.get(inner[-1])):
            end -= 1
        elif inner[0] == " " or _alone(inner, inner[0], _CLOSING.get(inner[0])):
            start += 1
        else:
            break
    return start, end


def _alone(text: str, bracket: str, partner: str | None) -> bool:
    """Whether a bracket stands more often than its partner."""
    return partner is not None and text.count(bracket) > text.count(partner)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in _RUNS.finditer(text):
        yield "text", text[at : found.start()]
        display, inline, code = found.groups()
        mathematics = display or inline
        if code is not None:
            yield "code", code
        elif _balanced(mathematics):
            yield "math", mathematics
        else:
            yield "text", found.group()
        at = found.end()
    yield "text", text[at:]


def _balanced(mathematics: str) -> bool:
    """Whether TeX can set it: braces in pairs, no comment, nothing that defines or reads files."""
    level = 0
    for found in re.finditer(r"\\.|[{}%#]", mathematics, re.DOTALL):
        level += {"{": 1, "}": -1}.get(found.group(), 0)
        if level < 0 or found.group() in "%#":
            return False
    return level == 0 and not re.search(
        r"\\(?:input|include|write|def|let|end\b|catcode|open)", mathematics
    )


def plain(text: str, persian: bool = False) -> str:
    """As it is typed, for comments.

    >>> plain("of `K` and $K^2$")
    'of K and K^2'
    """
    return "".join(
        run if kind == "text" or not persian else f"{_LRI}{run}{_PDI}"
        for kind, run in _runs(_steady(text))
    )


def _steady(text: str) -> str:
    """Without marks that turn the direction, but for isolates that are closed again."""
    return _ISOLATED.sub(lambda found: found[1] or "", text)


def markdown(text: str, persian: bool = False) -> str:
    r"""As Markdown that shows exactly it.

    >>> print(markdown("2*K* of C_in, `a*b` and $K^2$"))
    2\*K\* of C_in, `a*b` and $K^2$
    """
    return "".join(_marked(kind, run, persian) for kind, run in _runs(_steady(text)))


def _marked(kind: str, run: str, persian: bool) -> str:
    if kind == "text":
        escaped = _MARKS.sub(lambda found: "\\" + found.group(), run)
        return _FIELD_LIKE.sub(_no_field, _LINE_MARKS.sub(_line_mark, escaped))
    shown = f"`{run}`" if kind == "code" else f"${run}$"
    return f"{_LRI}{shown}{_PDI}" if persian else shown


def _no_field(found: re.Match[str]) -> str:
    """A line that a form could be read with as ``student: 7`` is kept from that."""
    lead, name = found.groups()
    return f"{lead}{name}\\:" if field_of(name) else found.group()


def _line_mark(found: re.Match[str]) -> str:
    lead, mark = found.groups()
    return f"{lead}{mark}\\" if mark.isdigit() else f"{lead}\\{mark}"


def tex(text: str, persian: bool = False) -> str:
    r"""As LaTeX that shows exactly it.

    >>> print(tex("50 % of C_in, `a_b` and $K^2$"))
    50 \% of C\_in, \texttt{a\_b} and $K^2$
    """
    return "".join(_set(kind, run, persian) for kind, run in _runs(_BIDI.sub("", text)))


def _set(kind: str, run: str, persian: bool) -> str:
    if kind == "math":
        return f"${run}$"
    if kind == "code":
        code = rf"\texttt{{{run.translate(_TEX)}}}"
        return rf"\lr{{{code}}}" if persian else code
    if not persian:
        return run.translate(_TEX)
    return "".join(
        rf"\lr{{{each.translate(_TEX)}}}" if latin else each.translate(_TEX)
        for latin, each in latin_runs(run)
    )


MEDIA: Mapping[str, Callable[[str, bool], str]] = MappingProxyType(
    {"md": markdown, "tex": tex, "plain": plain}
)
