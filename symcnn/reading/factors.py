"""Operands with their signs, powers and factorials; lone names and digits are read at once.

A grammar adds `primary` (what an operand is) and `power_of` (what stands after ``^``).
"""

from __future__ import annotations

from collections.abc import Callable

from symcnn.formula.nodes import Call, Formula, Pow, Rational, Symbol, negative
from symcnn.reading.cursor import DIGITS, Cursor
from symcnn.reading.limits import MAX_RUN
from symcnn.reading.sizes import varies

SIGNS = frozenset({"+", "-"})
_POSTFIX = frozenset({"^", "!", "^n", "'", ".T"})
_CLINGS_TO_NUMBER = _POSTFIX | {",", "٬", "%"}
_CLINGS_TO_POWER = _CLINGS_TO_NUMBER | {"_", "n"}


class Factors(Cursor):
    """Reads one operand; `at` is its first token."""

    clings: frozenset[str] = frozenset()  # what may change the meaning of the name before it

    __slots__ = ()

    def primary(self) -> Formula:
        """An operand without its powers."""
        raise self.unexpected()

    def apart(self, at: int) -> bool:
        """Whether the name at a token and the one after it are surely two."""
        return True

    def power_of(self, base: Formula) -> Formula:
        """What ``^`` makes of the base; the exponent comes next."""
        raise self.unexpected()

    def signed(self, operand: Callable[[], Formula]) -> Formula:
        """Signs, then an operand: ``-a*b`` is -(a*b)."""
        minus = 0
        start = self.at
        while (kind := self.kinds[self.at]) in SIGNS:
            minus += kind == "-"
            self.at += 1
            if self.at - start > MAX_RUN:
                raise self.error("too-deep", None, limit=str(MAX_RUN))
        formula = operand()
        for _ in range(minus):
            formula = negative(formula)
        return formula

    def operand(self) -> Formula:
        """A factor after an operator, which may carry a sign."""
        return self.signed(self.factor) if self.kinds[self.at] in SIGNS else self.factor()

    def factor(self) -> Formula:
        """An operand with its powers and factorials; most are lone names and digits."""
        at = self.at
        kinds = self.kinds
        kind, follows = kinds[at], kinds[at + 1]
        if kind == "a":
            if follows == "^":
                if kinds[at + 2] == "n" and kinds[at + 3] not in _CLINGS_TO_POWER:
                    digit = DIGITS.get(self.values[at + 2])
                    lone = self.names.lone(self.values[at]) if digit is not None else None
                    if digit is not None and lone is not None:
                        self.at = at + 3
                        return Pow(lone, digit)
            elif follows not in self.clings or (follows == "a" and self.apart(at)):
                lone = self.ready.get(self.values[at])
                if lone is None:
                    lone = self.names.lone(self.values[at])
                if lone is not None and follows not in _POSTFIX:
                    self.at = at + 1
                    return lone
        elif kind == "n" and follows not in _CLINGS_TO_NUMBER:
            digit = DIGITS.get(self.values[at])
            if digit is not None:
                self.at = at + 1
                return digit
        formula = self.primary()
        if kinds[self.at] not in _POSTFIX:
            return formula
        count = 0
        while (kind := kinds[self.at]) in _POSTFIX:
            count += 1
            if count > MAX_RUN:
                raise self.error("too-deep", None, limit=str(MAX_RUN))
            if kind == "^":
                formula = self.power_of(formula)
            elif kind == "!":
                self.at += 1
                self.suspect = self.suspect or not varies(formula)
                formula = Call("factorial", (formula,))
            elif kind == "^n":
                formula = Pow(formula, self.superscript())
            elif kind == ".T":
                self.at += 1
                formula = self.transposed(formula)
            else:
                raise self.unexpected()
        return formula

    def exponent(self) -> Formula:
        """After ``^``, right-associative: ``a^b^c`` is a^(b^c)."""
        self.deeper()
        formula = self.operand()
        self.depth -= 1
        return formula

    def raised(self, base: Formula, exponent: Formula) -> Formula:
        """The power; remembers when it could be huge."""
        if isinstance(base, Pow) or not (
            isinstance(exponent, Rational) and -100 < exponent.value.numerator < 100
        ):
            self.suspect = self.suspect or not varies(exponent)
            if isinstance(exponent, Symbol) and exponent.name == "T" and self.is_array(base):
                return Call("transpose", (base,))
        return Pow(base, exponent)
