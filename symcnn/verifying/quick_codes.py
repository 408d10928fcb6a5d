"""The signs of common notation: pieces of plain text and of LaTeX, and what each stands for.

A piece is an operand with the sign before it and the power behind it, or what opens or closes a
group with the same. The code of a piece is found once for each notation and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from symcnn.prover.packed import Names, Outside, Packed
from symcnn.reading.folding import FOLDS
from symcnn.reading.reading import PERSIAN_SLASH
from symcnn.reading.words import CONNECTIVES, FUNCTION_WORDS, GREEK_COMMANDS

# What a piece is: a factor after this sign (NUMBER: a number beside what comes before it), what
# opens a group, what closes one.
TIMES, BESIDE, NUMBER, PLUS, MINUS, OVER, OPEN, CLOSE = range(8)
# After that, of a factor: packed exponents, coefficient, divisor. Of what opens: the sign before
# it, and its place in `GROUPS`. Of what closes: its power, and its place in `CLOSERS`.
Code: TypeAlias = tuple[int, int, int, Packed | None]
BETWEEN = "}{"
GROUPS = (  # what opens, the function that it applies, and what closes
    ("(", "", ")"), ("floor(", "floor", ")"), ("ceil(", "ceil", ")"),
    ("⌊", "floor", "⌋"), ("⌈", "ceil", "⌉"), ("frac{", "", BETWEEN), (BETWEEN, "", "}"),
)  # fmt: skip
CLOSERS = ("", ")", "⌋", "⌉", BETWEEN, "}")
END: Code = (CLOSE, 1, 0, None)
_OPENERS = tuple(opening for opening, _, _ in GROUPS)
_SIGNS = {
    "": BESIDE, "*": TIMES, r"\cdot": TIMES, r"\times": TIMES, "+": PLUS, "-": MINUS, "/": OVER,
}  # fmt: skip
_WORDED = {"lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉"}
_SAME = {  # ways of writing the same in LaTeX
    **dict.fromkeys((r"\frac{", r"\dfrac{", r"\tfrac{"), "frac{"),
    r"\left(": "(",
    r"\right)": ")",
    **{f"{side}{sign}": sign for sign in "⌊⌋⌈⌉" for side in (r"\left", r"\right")},
    **{f"{r}\\{word}": sign for word, sign in _WORDED.items() for r in ("", r"\left", r"\right")},
}
_MOST = 64  # of a power, up or down
_DIGITS = 18
_KEPT, _SHORT = 4_096, 24  # how many codes are kept, and of pieces of what length

_NUMBER = r"\d{1,3}(?:,\d{3})+(?![\d,.])|\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_SUBSCRIPT = r"_(?:\{[A-Za-z0-9]+\}|[A-Za-z0-9]+|\{\\[a-z]+\{[A-Za-z]+\}\})"
_PLAIN = {
    "sign": r"[-+*/]",
    "opening": r"(?:floor|ceil)?\(|⌊|⌈",
    "closing": "[)⌋⌉]",
    "name": r"(?!(?:floor|ceil)\()[A-Za-z][A-Za-z0-9_]*",
    "command": "(?!)",
    "number": _NUMBER,
    "power": r"(?:\^|\*\*)(?:\(-\d\d?\)|-\d\d?(?![\d.])|\d+(?![\d.e]))",
}
_LATEX = {
    "sign": r"[-+*/]|\\(?:cdot|times)(?![A-Za-z])",
    "opening": r"\(|⌊|⌈|\\(?:left(?:\(|⌊|⌈|\\l(?:floor|ceil)(?![A-Za-z]))"
    r"|[dt]?frac\{|l(?:floor|ceil)(?![A-Za-z]))",
    "closing": r"[)⌋⌉]|\}\{?|\\r(?:ight(?:[)⌋⌉]|\\r(?:floor|ceil)(?![A-Za-z]))"
    r"|(?:floor|ceil)(?![A-Za-z]))",
    "name": rf"[A-Za-z](?:{_SUBSCRIPT})?",
    "command": rf"\\(?:mathrm\{{[A-Za-z]\}}(?!_)|[A-Za-z]+(?:{_SUBSCRIPT})?)",
    "number": _NUMBER,
    "power": r"\^(?:\{-?\d\d?\}|-?\d(?!\d))|\*\*\d(?!\d)",
}
_FACTOR = "(?:{name}|{number})(?:{power})?"
_OPERAND = f"{_FACTOR}|{{opening}}|{{command}}(?:{{power}})?"
_FIND = f"(?:{{sign}}) ?(?:{_OPERAND})|(?:{{closing}})(?:{{power}})?|{_OPERAND}|[^ ]"
_PIECE = (
    "({closing})({power})?|(?:({sign}) ?)?(?:({opening})|({name}|{number}|{command})({power})?)"
)

_BLANKS = re.compile("  +")
_DIVIDED = re.compile("/[۰-۹٠-٩]")
_PADDING = re.compile(r"(?<=\{) | (?=\})")
_THIN = re.compile(r"\\[,;:!](?!\d)")
_NAMED = r"\\[A-Za-z]+|_\{[^}]*\}|_[A-Za-z0-9]+"
_BRACKETS = ("(", r"\left(")
_BEFORE = frozenset("+-*/ ")  # a letter with a sign
_WORDS = tuple(sorted(FUNCTION_WORDS))
_PUNCTUATION = (".", ",", ";", ":")
_FRAMES = {"$$": "$$", r"\(": r"\)", r"\[": r"\]", "$": "$"}
_FOLDED = str.maketrans(
    {
        **{chr(code): sign for code, sign in FOLDS.items() if sign in "0123456789+-*/.,()"},
        **{sign: f"^{power} " for power, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
        "·": "*",
    }
)


class _Codes(dict[str, Code]):
    """Piece -> code, found once. Raises `Outside` for a piece without one."""

    __slots__ = ("_names", "_piece", "find")

    def __init__(self, grammar: dict[str, str], names: dict[str, int]) -> None:
        super().__init__()
        self.find = re.compile(_FIND.format_map(grammar)).findall
        self._piece = _PIECE.format_map(grammar)
        self._names = names

    def __missing__(self, piece: str) -> Code:
        code = self._code(piece)
        if len(piece) <= _SHORT and len(self) < _KEPT:
            self[piece] = code
        return code

    def _code(self, piece: str) -> Code:
        found = re.fullmatch(self._piece, piece)
        if found is None:
            raise Outside
        closing, above, sign, opening, operand, power = found.groups()
        if closing:
            closing = _SAME.get(closing, closing)
            if above and closing in (BETWEEN, "}"):
                raise Outside
            return CLOSE, _power(above), CLOSERS.index(closing), None
        first = _SIGNS[sign or ""]
        if opening:
            if opening[:-1] in self._names:
                raise Outside  # not the function: a name of the question
            return OPEN, first, _OPENERS.index(_SAME.get(opening, opening)), None
        if not operand:
            raise Outside
        return _factor(first, operand, _power(power), self._names)


def _power(text: str | None) -> int:
    """The whole number that stands as a power. Raises `Outside` for a large one."""
    power = int(text.strip(" ^*{}()")) if text else 1
    if abs(power) >= _MOST:
        raise Outside
    return power


def _factor(first: int, operand: str, power: int, names: dict[str, int]) -> Code:
    """The code of a name or a number with its power."""
    key = names.get(operand)
    if key is not None:
        if power >= 0:
            return first, key * power, 1, None
        if first == OVER:
            raise Outside
        return first, 0, 1, {key * -power: 1}
    above, below = _number(operand)
    if power < 0:
        above, below, power = below, above, -power
    above, below = above**power, below**power
    if not below or (first == OVER and not above):
        raise Outside
    return NUMBER if first == BESIDE else first, 0, above, None if below == 1 else {0: below}


def _number(text: str) -> tuple[int, int]:
    """Numerator and denominator of a decimal. Raises `Outside` for anything else."""
    if len(text) <= _DIGITS and text.isascii():
        if text.isdigit():
            return int(text), 1
        if "," in text and text[0].isdigit() and text[0] != "0":
            return int(text.replace(",", "")), 1
        whole, point, places = text.partition(".")
        if point and whole.isdigit() and places.isdigit():
            return int(whole + places), 10 ** len(places)
    raise Outside


class Notation:
    """Texts in the names of one question, as codes.

    >>> from symcnn.prover.packed import packing
    >>> names = packing(["K"])
    >>> Notation(names).codes("2*K^3") == [(NUMBER, 0, 2, None), (TIMES, 3 * names["K"], 1, None)]
    True
    """

    __slots__ = ("_latex", "_plain", "_unclear", "names")

    def __init__(self, names: Names) -> None:
        self.names = names
        usable = {name: code for name, code in names.items() if name not in CONNECTIVES}
        self._plain = _Codes(_PLAIN, usable)
        self._latex = _Codes(
            _LATEX, {way: code for name, code in usable.items() for way in _ways(name)}
        )
        # Letters that begin a longer name: as such LaTeX reads them before any product.
        starts = {" ?".join(name[:2]) for name in names if name[:2].isalnum() and name[1:]}
        self._unclear = re.compile("|".join(sorted(starts))).search if starts else None

    def codes(self, text: str) -> list[Code]:
        """What the pieces of a text stand for. Raises `Outside`."""
        if not text.isascii():
            text = folded(text)
        if "  " in text:
            text = _BLANKS.sub(" ", text)
        if "^ " in text:
            text = text.replace("^ ", "^")
        if " ^" in text:
            text = text.replace(" ^", "^")
        if "\\" in text or "{" in text or "$" in text:
            return self._of_latex(text)
        codes = self._plain
        return [*map(codes.__getitem__, codes.find(_tidied(text)))]

    def _of_latex(self, text: str) -> list[Code]:
        """Without dollars and thin blanks."""
        if text[0] == "$" or text[:2] in _FRAMES:
            text = _unframed(text)
        text = _tidied(text)
        if "{ " in text or " }" in text:
            text = _PADDING.sub("", text)
        if "\\," in text or "\\;" in text or "\\:" in text or "\\!" in text:
            text = _THIN.sub(" ", text)
        unclear = self._unclear
        if unclear is not None and unclear(text) and unclear(re.sub(_NAMED, ".", text)):
            raise Outside
        codes = self._latex
        pieces = codes.find(text)
        if ("(" in pieces or r"\left(" in pieces) and _calls(pieces):
            raise Outside
        return [*map(codes.__getitem__, pieces)]


def _calls(pieces: list[str]) -> bool:
    """Whether letters before a bracket may be the word of a function: ``max(K, S)``."""
    letters = ""
    for piece in pieces:
        if letters and piece in _BRACKETS and letters.endswith(_WORDS):
            return True
        if not piece[-1].isalpha():
            letters = ""
        elif len(piece) == 1:
            letters += piece
        else:
            letters = piece[-1] if piece[-2] in _BEFORE else ""
    return False


def _tidied(text: str) -> str:
    """Without one sign of punctuation at the end."""
    text = text.rstrip()
    if text[-1:] in _PUNCTUATION and text[-2:-1] not in _PUNCTUATION:
        return text[:-1]
    return text


def _unframed(text: str) -> str:
    """The text between dollars or the like; as it is where they do not match."""
    opening = text[:2] if text[:2] in _FRAMES else text[:1]
    closing = _FRAMES[opening]
    return text[len(opening) : -len(closing)] if text.endswith(closing) else text


def folded(text: str) -> str:
    """The text with foreign digits and signs made plain. Raises `Outside` for what may deceive."""
    if not text.isprintable() or (_DIVIDED.search(text) and PERSIAN_SLASH.search(text)):
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
