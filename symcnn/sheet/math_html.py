"""LaTeX mathematics as MathML inside HTML; what cannot be shown is refused, never dropped."""

from __future__ import annotations

import re

from symcnn.errors import AuthorError
from symcnn.sheet.html import Html


_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'
_LIMITS = frozenset({"\u2211", "\u220f", "lim", "max", "min"})
_ABOVE_BELOW = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_END = re.compile(r"\\end\{(\w+)\}(?=\s*[\^_])")


def grouped(latex: str) -> str:
    r"""Braces around a matrix that carries a script: the converter would take its last bracket only.

    >>> print(grouped(r"A \begin{bmatrix} 1 \end{bmatrix}^{\top}"))
    A {\begin{bmatrix} 1 \end{bmatrix}}^{\top}
    """
    for found in reversed(list(_END.finditer(latex))):
        begin, depth = rf"\begin{{{found[1]}}}", 0
        for each in reversed(list(re.finditer(rf"\\(begin|end)\{{{found[1]}\}}", latex))):
            if each.start() > found.start():
                continue
            depth += 1 if each[1] == "end" else -1
            if depth == 0:
                start = each.start()
                latex = f"{latex[:start]}{{{latex[start:found.end()]}}}{latex[found.end():]}"
                break
        else:
            raise AuthorError(f"${latex}$ ends a {begin} that does not begin")
    return latex


def math_html(latex: str, *, display: bool = False) -> Html:
    """A ``<math>`` element. Raises AuthorError for LaTeX that has no MathML here."""
    from xml.etree.ElementTree import ParseError

    from latex2mathml import exceptions

    from symcnn.formula.mathml import mathml

    unreadable = tuple(
        each
        for each in vars(exceptions).values()
        if isinstance(each, type) and issubclass(each, Exception)
    )
    try:
        found = mathml(grouped(latex), display=display)
    except (*unreadable, ParseError, IndexError, ValueError) as error:
        raise AuthorError(f"${latex}$ cannot be shown in HTML: {error!r}") from error
    if "\\" in found:
        raise AuthorError(
            f"${latex}$ cannot be shown in HTML: a command in it is unknown; use plainer LaTeX"
        )
    return Html(_set(found.replace(_NAMESPACE, "", 1), display=display))


def _set(mathml: str, *, display: bool) -> str:
    """Limits above and below in displays, and no space around signs that join one name."""
    from xml.etree.ElementTree import fromstring, tostring

    root = fromstring(mathml)
    if display:
        root.attrib = {"display": "inline", "displaystyle": "true"}
    for node in root.iter():
        first = node[0].text if len(node) else None
        if display and first in _LIMITS and node.tag in _ABOVE_BELOW:
            node.tag = _ABOVE_BELOW[node.tag]
        if node.tag == "mo" and node.text == "/":
            node.attrib = {"lspace": "0", "rspace": "0"}
        elif node.tag == "mo" and node.text == "\u2202":
            node.tag = "mi"
    return tostring(root, encoding="unicode")
