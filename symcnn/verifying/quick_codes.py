"""The signs of common notation: pieces of plain text and of LaTeX, and what each stands for.

The code of a name is the packed exponent of it, that of a power a negative number, that of a number
its numerator and denominator, that of a sign the sign. A piece without a code is `Outside`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcnn.prover.packed import Names, Outside
from symcnn.reading.folding import FOLDS
from symcnn.reading.reading import PERSIAN_SLASH
from symcnn.reading.words import CONNECTIVES, FUNCTION_WORDS, GREEK_COMMANDS

Code = int | str | tuple[int, int]
FRACTION, BETWEEN, END = "\\frac{", "}{", "end"
GROUPS = {  # what opens: the function that it applies, and what closes
    "(": ("", ")"), FRACTION: ("", BETWEEN),
    "floor(": ("floor", ")"), "ceil(": ("ceil", ")"), "⌊": ("floor", "⌋"), "⌈": ("ceil", "⌉"),
}  # fmt: skip
CLOSERS = frozenset(("+", "-", END, *(closing for _, closing in GROUPS.values()), "}"))
_MOST = 64  # of a power, up or down
UNIT = -2 * _MOST  # the code of a power is this more
_DIGITS = 18
_LONGEST_WORD = max(map(len, FUNCTION_WORDS))
_NUMBER = r"\d{1,3}(?:,\d{3})+(?![\d,.])|\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_PLAIN = re.compile(
    rf"(?:floor|ceil)\(|[A-Za-z][A-Za-z0-9_]*|{_NUMBER}"
    r"|\^\(-\d\d?\)|\^-\d\d?(?![\d.])|(?:\^|\*\*)\d+(?![.e])|\*\*|[^ ]"
)
_SUBSCRIPT = r"_(?:[A-Za-z0-9]+|\{(?:[A-Za-z0-9]+|\\[a-z]+\{[A-Za-z]+\})\})"
_LATEX = re.compile(
    rf"[A-Za-z](?:{_SUBSCRIPT})?|{_NUMBER}|\}}\{{|\^\{{-?\d\d?\}}|(?:\^-?|\*\*)\d(?!\d)"
    r"|\\(?:(?:left|right)(?:[()]|\\[lr](?:floor|ceil)(?![A-Za-z]))|[a-z]?frac\{"
    rf"|mathrm\{{[A-Za-z]\}}(?!_)|(?:[A-Za-z]+|.)(?:{_SUBSCRIPT})?)|[^ ]"
)
_PADDING = re.compile(r"(?<=\{) +| +(?=\})")
_PUNCTUATION = (".", ",", ";", ":")
_THIN = re.compile(r"\\[,;:!](?!\d)")
_FRAMES = {"$$": "$$", r"\(": r"\)", r"\[": r"\]", "$": "$"}
_FOLDED = str.maketrans(
    {
        **{chr(code): sign for code, sign in FOLDS.items() if sign in "0123456789+-*/.,()"},
        **{sign: f"^{power} " for power, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
        "·": "*",
    }
)
_COMMON: dict[str, Code] = {
    **{sign: sign for sign in "+-*/()"},
    **{digit: (int(digit), 1) for digit in "0123456789"},
}
_PLAIN_CODES: dict[str, Code] = {
    **_COMMON,
    "floor(": "floor(", "ceil(": "ceil(", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉",
    **{f"{sign}{power}": UNIT + power for power in range(_MOST) for sign in ("^", "**")},
    **{f"^(-{power})": UNIT - power for power in range(1, _MOST)},
    **{f"^-{power}": UNIT - power for power in range(1, _MOST)},
}  # fmt: skip
_LATEX_CODES: dict[str, Code] = {
    **_COMMON,
    "}": "}", BETWEEN: BETWEEN,
    r"\cdot": "*", r"\times": "*", r"\left(": "(", r"\right)": ")",
    r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉",
    r"\left\lfloor": "⌊", r"\right\rfloor": "⌋", r"\left\lceil": "⌈", r"\right\rceil": "⌉",
    **dict.fromkeys((FRACTION, r"\dfrac{", r"\tfrac{"), FRACTION),
    **{f"{sign}{power}": UNIT + power for power in range(10) for sign in ("^", "**")},
    **{f"^-{power}": UNIT - power for power in range(1, 10)},
    **{f"^{{{power}}}": UNIT + power for power in range(1 - _MOST, _MOST)},
}  # fmt: skip


class _Codes(dict[str, Code]):
    """Piece -> code; numbers need not be listed. Raises `Outside`."""

    __slots__ = ()

    def __missing__(self, piece: str) -> tuple[int, int]:
        if len(piece) <= _DIGITS and piece.isascii():
            if piece.isdigit():
                return int(piece), 1
            if "," in piece and piece[0].isdigit() and piece[0] != "0":
                return int(piece.replace(",", "")), 1
            whole, point, places = piece.partition(".")
            if point and whole.isdigit() and places.isdigit():
                return int(whole + places), 10 ** len(places)
        raise Outside


class Notation:
    """Texts in the names of one question, in pieces with their codes.

    >>> from symcnn.prover.packed import packing
    >>> names = packing(["K"])
    >>> Notation(names).plain("2*K^3") == (["2", "*", "K", "^3"],
    ...     [(2, 1), "*", names["K"], UNIT + 3, END, END])
    True
    """

    __slots__ = ("_latex", "_plain", "names", "starts")

    def __init__(self, names: Names) -> None:
        self.names = names
        usable = {name: code for name, code in names.items() if name not in CONNECTIVES}
        self._plain = _Codes({**_PLAIN_CODES, **usable})
        for function in ("floor", "ceil"):
            if function in names:
                del self._plain[f"{function}("]
        ways = {way: code for name, code in usable.items() for way in _ways(name)}
        self._latex = _Codes({**_LATEX_CODES, **ways})
        # The first two letters of names that stand in LaTeX before any product of letters.
        self.starts = frozenset(name[:2] for name in names if name[:2].isalnum() and name[1:])

    def plain(self, text: str) -> tuple[list[str], list[Code]]:
        """Pieces and codes of a plain text, the codes with two ends."""
        pieces = _PLAIN.findall(_tidied(text))
        return pieces, [*map(self._plain.__getitem__, pieces), END, END]

    def latex(self, text: str) -> tuple[list[str], list[Code]]:
        """The same of LaTeX, without dollars and thin blanks."""
        if text[0] == "$" or text[:2] in _FRAMES:
            text = _unframed(text)
        text = _tidied(text)
        if "{ " in text or " }" in text:
            text = _PADDING.sub("", text)
        if "\\," in text or "\\;" in text or "\\:" in text or "\\!" in text:
            text = _THIN.sub(" ", text)
        pieces = _LATEX.findall(text)
        return pieces, [*map(self._latex.__getitem__, pieces), END, END]


def ends_in_word(pieces: list[str], at: int) -> bool:
    """Whether the letters before a piece may be the word of a function: ``max(K, S)`` in LaTeX."""
    letters = ""
    for piece in reversed(pieces[max(0, at - _LONGEST_WORD) : at]):
        if len(piece) != 1 or not piece.isalpha():
            return False
        letters = piece + letters
        if letters in FUNCTION_WORDS:
            return True
    return False


def _tidied(text: str) -> str:
    """Without one sign of punctuation at the end, and blanks after ``^``."""
    text = text.rstrip()
    if text[-1:] in _PUNCTUATION and text[-2:-1] not in _PUNCTUATION:
        text = text[:-1]
    return text.replace("^ ", "^") if "^ " in text else text


def _unframed(text: str) -> str:
    """The text between dollars or the like; as it is where they do not match."""
    opening = text[:2] if text[:2] in _FRAMES else text[:1]
    closing = _FRAMES[opening]
    return text[len(opening) : -len(closing)] if text.endswith(closing) else text


def folded(text: str) -> str:
    """The text with foreign digits and signs made plain. Raises `Outside` for what may deceive."""
    if not text.isprintable() or ("/" in text and PERSIAN_SLASH.search(text)):
        raise Outside
    return text.translate(_FOLDED)


def _ways(name: str) -> Iterator[str]:
    """How LaTeX writes a name with at most one subscript, without accents."""
    head, line, subscript = name.partition("_")
    if head in GREEK_COMMANDS:
        head = f"\\{head}"
    elif len(head) > 1:
        return
    if not line:
        yield head
        if len(head) == 1:
            yield f"\\mathrm{{{head}}}"
    elif subscript.isalnum():
        yield f"{head}_{subscript}"
        yield f"{head}_{{{subscript}}}"
        if len(subscript) > 1 and subscript.isalpha():
            yield from (f"{head}_{{\\{font}{{{subscript}}}}}" for font in ("text", "mathrm"))
