"""LaTeX of our own printer -> MathML, by latex2mathml, with its gaps closed.

It sets a word one letter at a time, loses the upright shape of a single letter, and breaks a number
at its thousands. Only what ``latex.py`` prints is promised to come out right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMESPACE = 'xmlns="http://www.w3.org/1998/Math/MathML"'
_OPERATORS = frozenset({"\u00ac", "\u2032", "\u2033", "\u2034", "\u2057"})  # not and primes
_THIN = "0.167em"


def mathml(latex_text: str, display: bool = False) -> str:
    r"""A ``<math>`` element: well-formed XML, of one line, in the MathML namespace.

    ``display`` sets limits above and below sums. The direction is left to the page
    (``math {direction: ltr}``).

    >>> mathml(r"\mathrm{in}").partition("inline")[2]
    '"><mi mathvariant="normal">in</mi></math>'
    """
    from xml.etree.ElementTree import fromstring, tostring

    from latex2mathml.converter import convert

    protected = latex_text.replace(r"\mathrm{e}", r"\operatorname{e}")
    text = convert(protected, display="block" if display else "inline")
    root = fromstring(text.replace(_NAMESPACE, "", 1))
    _mend(root)
    plain = tostring(root, encoding="unicode")
    return plain.replace("<math", f"<math {_NAMESPACE}", 1)


def _mend(node: Element) -> None:
    for child in node:
        _mend(child)
    for child in node:
        text = child.text or ""
        if child.tag == "mo" and text.isalpha() and text.isascii() and text != "mod":
            child.tag = "mi"
            child.attrib = {"mathvariant": "normal"}
        elif child.tag == "mi" and text in _OPERATORS:
            child.tag = "mo"
        elif child.tag == "mrow":
            _join_word(child)
    _join_number(node)


def _join_word(row: Element) -> None:
    r"""``\mathrm{in}``: one identifier, not one for each letter."""
    letters = list(row)
    if not letters or letters[0].get("mathvariant") != "normal":
        return
    if any(part.tag not in ("mi", "mn") or len(part) for part in letters):
        return
    word = "".join(part.text or "" for part in letters)
    for part in letters:
        row.remove(part)
    row.tag, row.text = "mi", word
    row.set("mathvariant", "normal")


def _join_number(node: Element) -> None:
    """``120{,}422``: one number, with its separators inside."""
    parts = list(node)
    for left, middle, right in zip(parts, parts[1:], parts[2:], strict=False):
        mark = _separator(middle)
        if mark and left.tag == right.tag == "mn" and _groups(right.text or ""):
            right.text = (left.text or "") + mark + (right.text or "")
            node.remove(left)
            node.remove(middle)


def _separator(node: Element) -> str:
    if node.tag == "mspace" and node.get("width") == _THIN:
        return "\u2009"
    if node.tag == "mrow" and len(node) == 1 and node[0].text == ",":
        return ","
    return ""


def _groups(text: str) -> bool:
    return len(text.partition(".")[0]) == 3
