"""A derivation, line by line: formulas, lines going on with ``=``, "let u = ...", words between.

LaTeX in dollars or displays is taken out of the text around it and split at ``\\\\``; other text
is split at line ends outside brackets. Words are kept as words, never read as products of names.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from symcnn.errors import ParseError
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Symbol
from symcnn.reading.folding import fold
from symcnn.reading.latex_words import DISPLAYS
from symcnn.reading.limits import MAX_CHARACTERS, MAX_LINES, MAX_PARTED
from symcnn.reading.messages import failure
from symcnn.reading.reading import Reading, read
from symcnn.reading.words import FUNCTION_WORDS

Kind: TypeAlias = Literal["formula", "continued", "let", "words", "unreadable"]


class Line(NamedTuple):
    """One line. A "continued" one relates to the line before by ``relation``; a "let" defines.

    An "unreadable" one has its error, in place of a reading; its name is "let" if it would define.
    """

    kind: Kind
    text: str
    offset: int
    reading: Reading | None = None
    relation: str = ""
    name: str = ""
    error: ParseError | None = None


_DISPLAY = "|".join(sorted(DISPLAYS))
_MATH = re.compile(
    rf"\\begin\{{(?P<kind>(?:{_DISPLAY})\*?)\}}(?P<display>.*?)\\end\{{(?P=kind)\}}"
    r"|\$\$(?P<dollars>.*?)\$\$|\\\[(?P<square>.*?)\\\]|\\\((?P<round>.*?)\\\)"
    r"|\$(?P<dollar>[^$]+)\$",
    re.DOTALL,
)
_INNER = ("display", "dollars", "square", "round", "dollar")
_RELATION = re.compile(
    r"\s*&?\s*(==|=|<=|>=|!=|<|>|≤|≥|≠|≈|~|\\(?:leq|le|geq|ge|neq|ne|approx)(?![A-Za-z]))\s*&?\s*"
)
_RELATIONS = {
    "==": "=", "≤": "<=", r"\leq": "<=", r"\le": "<=", "≥": ">=", r"\geq": ">=", r"\ge": ">=",
    "≠": "!=", r"\neq": "!=", r"\ne": "!=", "≈": "~", r"\approx": "~",
}  # fmt: skip
_START = re.compile(
    r"\s*(?:&\s*|(?:=>|⇒|∴|→|->|\\(?:Rightarrow|implies|therefore|iff|Leftrightarrow|to)(?![A-Za-z])"
    r"|(?:so|thus|hence|therefore|then|and|also|پس|بنابراین)(?![A-Za-z0-9_(])[,:]?)\s*)+",
    re.IGNORECASE,
)
_LET_WORDS = "let|set|define|where|with|put|call|فرض کنید|قرار دهید"
_LET = re.compile(rf"\s*(?:{_LET_WORDS})\b[:,]?\s*", re.IGNORECASE)
_LET_AT_END = re.compile(rf"\b(?:{_LET_WORDS})\s*[:,]?\s*$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{4,}")
_PROSE = re.compile(r"[A-Za-z\s,.;:'!?()-]*")
_OPENING = re.compile(r"[([{]|\\begin\{")
_CLOSING = re.compile(r"[)\]}]|\\end\{")
_SIGN = re.compile(r"[=<>]")
_PERSIAN = re.compile(r"[\u0621-\u065f\u0671-\u06ef]{2,}")


def read_lines(
    text: str, names: Given | None = None, *, unreadable: bool = False
) -> tuple[Line, ...]:
    """The lines of a derivation in order; ParseError, with its place in the whole text.

    With ``unreadable``, a line that cannot be read is one of the lines, and the next ones follow.

    >>> [(line.kind, line.relation) for line in read_lines("a + a\\n= 2*a\\nwe double it\\n= b")]
    [('formula', ''), ('continued', '='), ('words', ''), ('continued', '=')]
    """
    if len(text) > MAX_CHARACTERS:
        raise failure("too-long", text[:80], 0, "", limit=str(MAX_CHARACTERS))
    try:
        fold(text)  # refuses characters that deceive, before the lines are parted
    except ParseError as error:
        if not unreadable or error.code == "python-escape":
            raise
    found: list[Line] = []
    introduced = False  # the words just before end with "let"
    has_math = _MATH.search(text) is not None
    pieces = deque(_pieces(text))
    parted = 0
    while pieces:
        piece, offset, is_math = pieces.popleft()
        if len(found) >= MAX_LINES:
            raise failure("too-many-lines", text, offset, piece[:30], limit=str(MAX_LINES))
        if not is_math and (_is_words(piece, names) or (has_math and not _SIGN.search(piece))):
            line = Line("words", piece, offset)
        else:
            try:
                line = _line(piece, offset, introduced, text, names)
            except ParseError as error:
                if error.code == "prose" and not is_math and _PROSE.fullmatch(piece):
                    found.append(Line("words", piece, offset))
                    introduced = bool(_LET_AT_END.search(piece))
                    continue
                if not unreadable:
                    raise
                if "\n" in piece and _level(piece) > 0:  # a bracket that nobody closes
                    pieces.extendleft(reversed(_apart(text, piece, offset, parted)))
                    parted += 1
                    continue
                name = "let" if introduced or _LET.match(piece) else ""
                line = Line("unreadable", piece, offset, name=name, error=error)
        introduced = line.kind == "words" and bool(_LET_AT_END.search(line.text))
        found.append(line)
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    at = 0
    for math in _MATH.finditer(text):
        yield from _split(text, at, math.start(), rows=False)
        group = next(name for name in _INNER if math.group(name) is not None)
        yield from ((p, o, True) for p, o, _ in _split(text, *math.span(group), rows=True))
        at = math.end()
    yield from _split(text, at, len(text), rows=at == 0 and "\\\\" in text)


def _split(text: str, start: int, end: int, *, rows: bool) -> Iterator[tuple[str, int, bool]]:
    finder = _row_ends if rows else _line_ends
    begin = start
    for stop, after in [*finder(text, start, end), (end, end)]:
        piece = text[begin:stop]
        if piece.strip(" \t\r\n&.,;:"):
            lead = len(piece) - len(piece.lstrip())
            yield piece.strip(), begin + lead, False
        begin = after


def _line_ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Line ends outside brackets."""
    found: list[tuple[int, int]] = []
    level, begin = 0, start
    while True:
        stop = text.find("\n", begin, end)
        if stop < 0:
            return found
        piece = text[begin:stop]
        level += _level(piece)
        if level <= 0:
            found.append((stop, stop + 1))
            level = 0
        begin = stop + 1


def _level(piece: str) -> int:
    """How many more brackets are opened than closed."""
    return len(_OPENING.findall(piece)) - len(_CLOSING.findall(piece))


def _apart(text: str, piece: str, offset: int, parted: int) -> list[tuple[str, int, bool]]:
    """The first line of a piece by itself, and the lines after it, parted anew."""
    after, end = offset + piece.index("\n") + 1, offset + len(piece)
    found = [(text[offset : after - 1].rstrip(), offset, False)]
    while parted >= MAX_PARTED and "\n" in text[after:end]:
        stop = text.index("\n", after)
        found += _split(text, after, stop, rows=False)
        after = stop + 1
    return [*found, *_split(text, after, end, rows=False)]


def _row_ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """``\\\\`` outside blocks such as matrices and cases."""
    found, level = [], 0
    for sign in re.compile(r"\\begin\{|\\end\{|\\\\").finditer(text, start, end):
        if sign.group() != "\\\\":
            level += 1 if "begin" in sign.group() else -1
        elif level <= 0:
            found.append(sign.span())
    return found


def _line(piece: str, offset: int, introduced: bool, text: str, names: Given | None) -> Line:
    start = _START.match(piece)
    begin = start.end() if start is not None else 0
    let = _LET.match(piece, begin)
    if let is not None:
        begin = let.end()
    relation = _RELATION.match(piece, begin)
    if relation is not None:
        reading = _read(piece, relation.end(), offset, text, names)
        sign = relation.group(1)
        return Line("continued", piece, offset, reading, _RELATIONS.get(sign, sign))
    reading = _read(piece, begin, offset, text, names)
    formula = reading.formula
    if let is not None or introduced:
        match formula:
            case Compare("=", Symbol(name), _):
                return Line("let", piece, offset, reading, "=", name)
    return Line("formula", piece, offset, reading)


def _read(piece: str, begin: int, offset: int, text: str, names: Given | None) -> Reading:
    try:
        shown = piece[begin:]
        return read(shown if "\\" in shown else shown.replace("&", " "), names)
    except ParseError as error:
        raise ParseError(
            error.message,
            text=text,
            offset=offset + begin + error.offset,
            piece=error.piece,
            hint=error.hint,
            code=error.code,
            details=error.details,
        ) from error


def _is_words(piece: str, names: Given | None) -> bool:
    """Prose: Persian, or letters only with a longer word that nobody declared as a name."""
    if _PERSIAN.search(piece) and not _SIGN.search(piece):
        return True
    if "\\" in piece or not _PROSE.fullmatch(piece):
        return piece.endswith(":") and not _SIGN.search(piece)
    words = _WORD.findall(piece)
    unknown = [w for w in words if names is None or names.domain(w) is None]
    unknown = [w for w in unknown if w not in FUNCTION_WORDS]
    return bool(unknown) and len(piece.split()) > 1
