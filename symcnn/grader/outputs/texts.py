"""Texts for readers: amounts of points, hostile characters made visible, cuts, lines of 80 columns.

Nothing here knows a format: each format escapes what these functions return in its own way.
"""

from __future__ import annotations

import re
from fractions import Fraction

LONGEST = 4000  # characters of one answer that an output shows
COLUMNS = 80
DIGITS = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
_PLACES = 6
_UNIT = 10**_PLACES
_LRI, _RLI, _FSI, _PDI = "\u2066", "\u2067", "\u2068", "\u2069"
# Controls but for tab and line feed, whatever turns or hides text, halves of pairs, and what is no
# character. The joiners that Persian is written with stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
    + "|"
    + "|".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
)
_ISOLATES = re.compile(f"([{_LRI}{_RLI}{_FSI}{_PDI}])")
_STRETCH = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_SIGN = re.compile(r"[-+*/^=<>_|\\(\[{]|\w \w")
_OPENING, _CLOSING = "([{", ")]}"
_BLOCK = re.compile(r"[-+=#>~:|*_`]|\d+[.)]")


def amount(value: Fraction | int, language: str = "en") -> str:
    """Points as a decimal where that ends soon, else as a quotient.

    In Persian a quotient keeps its own direction.

    >>> amount(Fraction(5, 2)), amount(Fraction(7, 3)), amount(Fraction(20))
    ('2.5', '7/3', '20')
    >>> amount(Fraction(5, 2), "fa"), amount(Fraction(7, 3), "fa").strip("\u2066\u2069")
    ('۲٫۵', '۷÷۳')
    """
    above, below = value.numerator, value.denominator
    if below == 1:
        text = str(above)
    elif _UNIT % below == 0:
        whole, rest = divmod(abs(above) * (_UNIT // below), _UNIT)
        decimals = f"{rest:0{_PLACES}}".rstrip("0")
        text = f"{'-' if above < 0 else ''}{whole}.{decimals}"
    else:
        text = f"{above}/{below}"
    if language != "fa":
        return text
    # between Persian digits a solidus would be read as the decimal sign
    text = text.translate(DIGITS).replace("/", "÷")
    return f"{_LRI}{text}{_PDI}" if "÷" in text else text


def visible(text: str) -> str:
    r"""The text with lines ended by ``\n`` and every hidden or turning character shown as a sign.

    >>> visible("a\x00b\r\nc\u202ed")
    'a⟨U+0000⟩b\nc⟨U+202E⟩d'
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_sign, text.replace("\r\n", "\n"))


def _sign(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def spoken(text: str) -> str:
    """A sentence of ours, `visible` but for the isolates that it sets around names and formulas.

    Where a quotation in it opens or closes one too many, they are shown as signs too.

    >>> spoken("از \u2066K^2\u2069") == "از \u2066K^2\u2069"
    True
    >>> spoken("از \u2069")
    'از ⟨U+2069⟩'
    """
    if not _ISOLATES.search(text):
        return visible(text)
    depth = 0
    for letter in text:
        depth += (letter in (_LRI, _RLI, _FSI)) - (letter == _PDI)
        if depth < 0:
            break
    if depth:
        return visible(text)
    parts = _ISOLATES.split(text)
    return "".join(each if place % 2 else visible(each) for place, each in enumerate(parts))


def isolated(text: str, language: str) -> str:
    """A name or formula inside a sentence: in Persian it keeps its own direction."""
    return f"{_FSI}{text}{_PDI}" if language == "fa" and text else text


def directed(text: str, language: str) -> str:
    """A sentence of an author in which formulas and Latin names keep their direction.

    In Persian each stretch of ASCII that is more than a number or a word is isolated, unless the
    author has set isolates.

    >>> [directed(each, "fa").count("\u2066") for each in ("برابر 1/C + 1 است", "تا (نویسه 3)")]
    [1, 0]
    """
    if language != "fa" or _ISOLATES.search(text):
        return text
    return _STRETCH.sub(lambda found: _isolated_stretch(found[0]), text)


def _isolated_stretch(stretch: str) -> str:
    begin, end = 0, len(stretch)
    while end > begin and _unmatched(stretch[begin:end], _CLOSING, _OPENING, -1):
        end -= 1
    while begin < end and _unmatched(stretch[begin:end], _OPENING, _CLOSING, 0):
        begin += 1
    inner = stretch[begin:end].strip(" ,;:.!?")
    if not _SIGN.search(inner):
        return stretch
    place = stretch.index(inner, begin)
    return f"{stretch[:place]}{_LRI}{inner}{_PDI}{stretch[place + len(inner) :]}"


def _unmatched(text: str, own: str, other: str, place: int) -> bool:
    """Whether the bracket at an end of the text has no partner in it."""
    if text[place] not in own:
        return False
    return sum(map(text.count, own)) > sum(map(text.count, other))


def cut(text: str, longest: int = LONGEST) -> tuple[str, int]:
    """The beginning of a text, and how many characters are left out.

    >>> cut("abcdef", 4), cut("abc", 4)
    (('abcd', 2), ('abc', 0))
    """
    return text[:longest], max(0, len(text) - longest)


def one_line(text: str, longest: int) -> str:
    """The text on one line, cut with an ellipsis.

    >>> one_line("a\\n\\tb  c", 10), one_line("abcdef", 4)
    ('a b c', 'abc…')
    """
    line = " ".join(visible(text[: 8 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def wrapped(text: str, first: str = "", rest: str = "", columns: int = COLUMNS) -> list[str]:
    """Lines of a paragraph, the first begun by ``first`` and the others by ``rest``.

    Words are never broken: a formula longer than a line stands on a line that is too long.

    >>> wrapped("one two three", "- ", "  ", 9)
    ['- one two', '  three']
    """
    lines, line, fresh = [], first, True
    for word in text.split():
        if not fresh and len(line) + 1 + len(word) > columns:
            lines.append(line)
            line, fresh = rest, True
        line += word if fresh else " " + word
        fresh = False
    return [*lines, line]


def begins_block(line: str) -> bool:
    """Whether Markdown could take the beginning of a line for a list, a heading, a rule ...

    >>> begins_block("- a"), begins_block("1. a"), begins_block("a - b")
    (True, True, False)
    """
    return _BLOCK.match(line) is not None
