"""Text that is already LaTeX, and the escaping of everything that is not.

A template prints a `Tex` as it stands and escapes any other value; nothing is escaped twice.
"""

from __future__ import annotations

import unicodedata

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
# Marks that turn the direction of writing: inside foreign text they can reverse what is shown.
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_ESCAPES = str.maketrans({**_COMMANDS, **dict.fromkeys(_BIDI, "")})


class Tex(str):
    """A string that is LaTeX already and is printed as it stands."""

    __slots__ = ()


def clean(text: str) -> str:
    """The text in NFC without control characters and direction marks; line ends stay.

    >>> clean("a\\u202eb\\x07")
    'ab'
    """
    kept = (
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign in "\n\t" or unicodedata.category(sign) != "Cc"
    )
    return "".join(sign for sign in kept if sign not in _BIDI)


def escape(text: str) -> Tex:
    r"""The text as LaTeX that shows exactly it.

    >>> print(escape("100% of a_b & ~\\x"))
    100\% of a\_b \& \textasciitilde{}\textbackslash{}x
    """
    return text if isinstance(text, Tex) else Tex(clean(text).translate(_ESCAPES))


def pdf_string(text: str) -> Tex:
    """The text as a PDF string in hexadecimal UTF-16, for the document information.

    >>> pdf_string("Q4")
    '<FEFF00510034>'
    """
    return Tex(f"<FEFF{clean(text).encode('utf-16-be').hex().upper()}>")
