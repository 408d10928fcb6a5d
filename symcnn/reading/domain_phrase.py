"""What stands after the colon of a declaration: ``positive integer <= 9``, ``real in (0, 1)``."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from symcnn.errors import ParseError
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Call, Formula, Rational
from symcnn.reading.messages import failure
from symcnn.reading.reading import read

_WORD = re.compile(r"\s*(non-?[a-z]+|[a-z]+)")
_BOUND = re.compile(r"\s*(>=|<=|>|<|≥|≤)\s*")
_TIMES = re.compile(r"\s+(?:x|by)\s+|\s*×\s*|(?<=[0-9])x(?=[0-9])")
_SIGNS = {"positive", "nonnegative", "negative", "nonpositive", "nonzero"}
_KINDS = {
    "integer": "integer", "integers": "integer", "int": "integer", "real": "real",
    "reals": "real", "number": "real", "float": "real", "function": "function",
}  # fmt: skip
_IDLE = {"a", "an", "the", "smooth", "finite", "family", "numbers", "and"}


class Said(NamedTuple):
    """A domain, and "even", "odd" or None, which becomes a relation."""

    domain: Domain
    parity: str | None


class _Phrase:
    """The state of reading one phrase; the fields are those of `Domain`."""

    def __init__(self, phrase: str, offset: int, text: str, names: Given) -> None:
        self.phrase, self.offset, self.text, self.names = phrase, offset, text, names
        self.at = 0
        self.kind = ""
        self.sign = ""
        self.parity: str | None = None
        self.indices = 0
        self.low: Formula | None = None
        self.high: Formula | None = None
        self.low_open = self.high_open = False
        self.support: tuple[tuple[Formula, Formula], ...] | None = None
        self.shape: tuple[Formula, ...] = ()

    def fail(self, at: int | None = None) -> NoReturn:
        place = self.at if at is None else at
        piece = self.phrase[place:].split(" ")[0] or self.phrase
        raise failure("given-domain", self.text, self.offset + place, piece)

    def formula(self, start: int, end: int) -> Formula:
        piece = self.phrase[start:end]
        lead = len(piece) - len(piece.lstrip())
        if not piece.strip():
            self.fail()
        try:
            return read(piece.strip(), self.names).formula
        except ParseError as error:
            raise ParseError(
                error.message,
                text=self.text,
                offset=self.offset + start + lead + error.offset,
                piece=error.piece,
                hint=error.hint,
                code=error.code,
                details=error.details,
            ) from error

    def words(self) -> None:
        """Reads words until the phrase ends or a bound begins."""
        while self.at < len(self.phrase):
            found = _WORD.match(self.phrase, self.at)
            if found is None:
                self.bound()
                continue
            word, start = found.group(1).replace("-", ""), found.start(1)
            self.at = found.end()
            if word in _SIGNS and not self.sign:
                self.sign = word
            elif word in _KINDS and not self.kind:
                self.kind = _KINDS[word]
            elif word in ("even", "odd"):
                self.parity = word
            elif word == "indexed":
                self.indexed()
            elif word == "in":
                self.interval()
            elif word == "support":
                self.ranges()
            elif word in ("matrix", "vector") and self.kind in ("", "real", "integer"):
                self.sizes(word)
            elif word not in _IDLE:
                self.fail(start)

    def bound(self) -> None:
        found = _BOUND.match(self.phrase, self.at)
        if found is None:
            self.fail()
        end = re.compile(r"\s+(?:and|support)\b|,|$").search(self.phrase, found.end())
        stop = end.start() if end is not None else len(self.phrase)
        value = self.formula(found.end(), stop)
        sign = found.group(1)
        if sign in (">=", ">", "≥"):
            self.low, self.low_open = value, sign == ">"
        else:
            self.high, self.high_open = value, sign == "<"
        self.at = stop + (self.phrase[stop : stop + 1] == ",")

    def indexed(self) -> None:
        found = re.compile(r"\s*(?:by\s+)?([1-9])\b").match(self.phrase, self.at)
        self.indices = int(found.group(1)) if found is not None else 1
        if found is not None:
            self.at = found.end()

    def interval(self) -> None:
        """``(a, b]`` or ``a..b``."""
        rest = self.phrase[self.at :]
        lead = self.at + len(rest) - len(rest.lstrip())
        if self.phrase[lead : lead + 1] not in ("(", "[") or ".." in rest:
            self.low, self.high, self.at = self.span(lead, len(self.phrase))
            return
        level, comma = 0, -1
        for at in range(lead, len(self.phrase)):
            sign = self.phrase[at]
            level += (sign in "([") - (sign in ")]")
            if sign == "," and level == 1 and comma < 0:
                comma = at
            if level == 0:
                break
        if level or comma < 0:
            self.fail(lead)
        self.low, self.high = self.formula(lead + 1, comma), self.formula(comma + 1, at)
        self.low_open, self.high_open = self.phrase[lead] == "(", self.phrase[at] == ")"
        self.at = at + 1

    def span(self, start: int, end: int) -> tuple[Formula, Formula, int]:
        middle = self.phrase.find("..", start, end)
        if middle < 0:
            self.fail(start)
        return self.formula(start, middle), self.formula(middle + 2, end), end

    def ranges(self) -> None:
        """``0..9`` for each index, joined by x."""
        start = self.at
        found: list[tuple[Formula, Formula]] = []
        for cut in [*_TIMES.finditer(self.phrase, self.at), None]:
            end = cut.start() if cut is not None else len(self.phrase)
            low, high, _ = self.span(start, end)
            found.append((low, high))
            start = cut.end() if cut is not None else end
        self.support, self.at = tuple(found), len(self.phrase)
        if self.indices > 1 and self.indices != len(found):
            self.fail()
        self.indices = len(found)

    def sizes(self, word: str) -> None:
        """``n x m`` after matrix, ``n`` after vector."""
        self.kind = "matrix"
        start, found = self.at, []
        if self.phrase[start:].strip():
            for cut in [*_TIMES.finditer(self.phrase, self.at), None]:
                end = cut.start() if cut is not None else len(self.phrase)
                found.append(self.formula(start, end))
                start = cut.end() if cut is not None else end
        if len(found) != (2 if word == "matrix" else 1):
            self.fail()
        self.shape, self.at = tuple(found), len(self.phrase)

    def domain(self) -> Domain:
        """Signs become bounds: a positive integer is at least 1, a positive real above 0."""
        integer = self.kind == "integer"
        if self.sign in ("positive", "nonnegative") and self.low is None:
            strict = self.sign == "positive"
            self.low = Rational(1 if strict and integer else 0)
            self.low_open = strict and not integer
        elif self.sign in ("negative", "nonpositive") and self.high is None:
            strict = self.sign == "negative"
            self.high = Rational(-1 if strict and integer else 0)
            self.high_open = strict and not integer
        elif self.sign not in ("", "nonzero"):
            self.fail(0)
        low, high = (
            None if isinstance(end, Call) and end.name == "infinity" else end
            for end in (self.low, self.high)
        )
        return Domain(
            kind=self.kind or ("integer" if self.parity else "real"),
            low=low,
            high=high,
            low_open=self.low_open,
            high_open=self.high_open,
            nonzero=self.sign == "nonzero",
            indices=self.indices,
            support=self.support,
            shape=self.shape,
        )


def read_domain(phrase: str, offset: int, text: str, names: Given) -> Said:
    """The domain that a phrase declares; ``offset`` is where it stands in ``text``."""
    state = _Phrase(phrase, offset, text, names)
    state.words()
    if not phrase.strip():
        state.fail()
    return Said(state.domain(), state.parity)
