"""LaTeX mathematics as MathML inside HTML; what cannot be shown is refused, never dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.sheet.html import Html

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'
_LIMITS = frozenset({"\u2211", "\u220f", "lim", "max", "min"})
_PARTS = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "munderover": 3, "mroot": 2}
_ABOVE_BELOW = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_LETTERS = {"C": "\u2102", "N": "\u2115", "Q": "\u211a", "R": "\u211d", "Z": "\u2124"}
_FRAME = re.compile(r"\\(begin|end)\{\w+\}")


def grouped(latex: str) -> str:
    r"""Braces around each matrix: its brackets are as high as it is, and scripts are its own.

    >>> print(grouped(r"A \begin{bmatrix} 1 \end{bmatrix}^{\top}"))
    A {\begin{bmatrix} 1 \end{bmatrix}}^{\top}
    """
    return _FRAME.sub(
        lambda found: "{" + found[0] if found[1] == "begin" else found[0] + "}", latex
    )


def math_html(latex: str, *, display: bool = False) -> Html:
    """A ``<math>`` element. Raises AuthorError for LaTeX that has no MathML here."""
    from xml.etree.ElementTree import ParseError, fromstring, tostring

    from latex2mathml import exceptions

    from symcnn.formula.mathml import mathml

    own = [each for each in vars(exceptions).values() if isinstance(each, type)]
    unreadable: tuple[type[Exception], ...] = (ParseError, LookupError, ValueError)
    unreadable += tuple(each for each in own if issubclass(each, Exception))
    try:
        found = mathml(grouped(latex), display=display)
    except unreadable as error:
        raise AuthorError(f"${latex}$ cannot be shown in HTML: {error!r}") from error
    if "\\" in found:
        raise AuthorError(
            f"${latex}$ cannot be shown in HTML: a command in it is unknown; use plainer LaTeX"
        )
    root = fromstring(found.replace(_NAMESPACE, "", 1))
    for node in root.iter():
        if len(node) != _PARTS.get(node.tag, len(node)):
            raise AuthorError(
                f"${latex}$ cannot be shown in HTML: a part of a {node.tag} is missing"
            )
    _set(root, display=display)
    return Html(tostring(root, encoding="unicode"))


def _set(root: Element, *, display: bool) -> None:
    """Limits above and below in displays, and no space around signs that join one name."""
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
        elif node.get("mathvariant") == "double-struck" and node.text in _LETTERS:
            node.text = _LETTERS[node.text]
            del node.attrib["mathvariant"]
