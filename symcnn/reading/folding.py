"""Characters: digits, minus and spaces of other scripts are folded one for one; traps are refused.

Every fold keeps the length, so an offset in the folded text is one in the text. Look-alike letters,
control and bidi characters are refused by name, never folded.
"""

from __future__ import annotations

import re

from symcnn.errors import ParseError
from symcnn.reading.messages import failure

_DIGITS = {first + step: str(step) for first in (0x0660, 0x06F0) for step in range(10)}
FOLDS: dict[int, str] = {
    **_DIGITS,
    0x2212: "-", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0xFE63: "-", 0xFF0D: "-",
    0x00D7: "*", 0x22C5: "*", 0x2217: "*", 0x2219: "*", 0x00F7: "/", 0x2215: "/", 0x2044: "/",
    0x066B: ".", 0x066A: "%", 0xFF05: "%", 0x060C: ",", 0x061B: ";", 0x061F: "?",
    0x00A0: " ", 0x2009: " ", 0x200A: " ", 0x202F: " ", 0x2002: " ", 0x2003: " ", 0x2005: " ",
    0x3000: " ", 0xFEFF: " ", 0x2060: " ", 0x2061: " ", 0x2062: " ",
    0x2019: "'", 0x2032: "'", 0x2018: "'", 0x02B9: "'",
    0x2223: "|", 0x2A7D: "≤", 0x2A7E: "≥", 0x2236: ":", 0x22EF: "…", 0x22EE: "…",
    0x2295: "⊕", 0xFF0B: "+", 0xFF1D: "=", 0xFF08: "(", 0xFF09: ")", 0x221D: "∝",
}  # fmt: skip
_TABLE = str.maketrans({chr(code): sign for code, sign in FOLDS.items()})
_CONTROLS = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2063-\u206f"
    "\ufe00-\ufe0f\ufff9-\ufffb\ud800-\udfff]"
)
# What a macro name leaves behind when Python has eaten the backslash and its first letter.
_EATEN: dict[str, str] = {
    "\f": r"rac|orall|lat",
    "\a": r"lpha|pprox|st|rctan|rccos|rcsin|leph|ligned",
    "\b": r"eta|egin|ar|inom|oldsymbol|m|igl?|igr|mod|ecause|oxed|f|ig[gG][lr]?",
    "\v": r"ec|ert|ee|dots|arepsilon|arphi|artheta|arrho",
    "\t": r"imes|ext(?:bf|it|rm|tt)?|heta|au|op|frac|binom|ilde|an|anh|o|riangle|ag",
    "\n": r"eq|abla|u|e|ot|otin|onumber|mid|eg|atural|less|otag",
    "\r": r"ho|ight|floor|ceil|angle|vert|brace|brack|m|ightarrow",
}
_ESCAPED = "|".join(f"{sign}(?:{rest})(?![A-Za-z])" for sign, rest in _EATEN.items())
_WEAK = frozenset({"\nu", "\ne", "\not", "\neg", "\nmid", "\to", "\top", "\tan", "\tag"})
_LETTERS = dict(zip("\f\a\b\v\t\n\r", "fabvtnr", strict=True))
_CONTROL_NAMES = {
    "\f": "FORM FEED", "\b": "BACKSPACE", "\a": "BELL", "\0": "NULL", "\v": "LINE TABULATION",
    "\x1b": "ESCAPE",
}  # fmt: skip
_PERSIAN = re.compile(r"[\u0621-\u063a\u0641-\u065f\u0671-\u06d3]{2,}(?: [\u0621-\u06d3]+)*")
_ASSIGNS = re.compile(r"\s*[:=]")


def fold(text: str) -> str:
    """The text with foreign digits and signs made plain; ParseError for characters that deceive."""
    if not text.isprintable():
        _check_escapes(text)
        found = re.search(_CONTROLS, text)
        if found is not None:
            raise _refused("control", text, found.start())
    if "..." in text:
        text = text.replace("...", "…  ")
    return text if text.isascii() else text.translate(_TABLE)


def _check_escapes(text: str) -> None:
    """LaTeX that was typed into a plain Python string: ``"\\frac"`` holds a form feed."""
    for found in re.finditer(_ESCAPED, text):
        piece = found.group()
        around = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if piece in _WEAK and (around != (" ", " ") or _ASSIGNS.match(text, found.end())):
            continue  # rather a line that begins so
        raise failure("python-escape", text, found.start(), "\\" + _LETTERS[piece[0]] + piece[1:])


def _refused(code: str, text: str, at: int) -> ParseError:
    return failure(code, text, at, text[at], name=name_of(text[at]))


def name_of(sign: str) -> str:
    """``U+0421 CYRILLIC CAPITAL LETTER ES``."""
    import unicodedata

    name = unicodedata.name(sign, "") or _CONTROL_NAMES.get(sign, "CONTROL CHARACTER")
    return f"U+{ord(sign):04X} {name}"


def unknown_character(text: str, at: int) -> ParseError:
    """A character that no formula is written with; words and look-alikes are told apart."""
    words = _PERSIAN.match(text, at)
    if words is not None:
        return failure("prose", text, at, words.group())
    sign = text[at]
    if sign.isalpha() or sign.isdigit():
        return _refused("look-alike", text, at)
    return _refused("unknown-character", text, at)
