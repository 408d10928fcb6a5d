"""LaTeX mathematics as MathML inside HTML; what cannot be shown is refused, never dropped."""

from __future__ import annotations

import re

from symcnn.errors import AuthorError
from symcnn.sheet.html import Html


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
    return Html(found.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "", 1))
