"""What plain text and LaTeX share: precedence, juxtaposition, relations, groups, bars, powers.

One pass over the tokens by precedence climbing, without going back: linear time. A grammar adds
`primary` (what an operand is) and `power_of` (what stands after ``^``).
"""

from __future__ import annotations

from collections.abc import Callable

from symcnn.formula.conditions import And, Bracket, Compare, Condition, Not, Or
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    mul,
    negative,
)
from symcnn.reading.cursor import DIGITS, INVERSE, Cursor
from symcnn.reading.limits import MAX_RUN, MAX_TREE
from symcnn.reading.sizes import varies
from symcnn.reading.words import RELATIONS

DEEP = 8  # a formula with fewer groups inside groups cannot have too many levels
_POSTFIX = frozenset({"^", "!", "^n", "'", ".T"})
_SIGNS = frozenset({"+", "-"})
_AFTER_PRODUCT = frozenset({"+", "-", ")", "}", "]", "=", ",", "end"})
_CLINGS_TO_NUMBER = _POSTFIX | {",", "٬", "%"}
_CONDITIONAL = RELATIONS | {"and", "or", "∈"}


class Grammar(Cursor):
    """A text being read. `at` is the token that comes next."""

    starters: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()  # other operators on the level of the product
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

    def whole(self) -> Formula:
        """The whole text."""
        formula = self.condition()
        if self.kinds[self.at] != "end":
            raise self.left_over()
        if self.deepest > DEEP:
            self.check_height(formula)
        if self.has_conditions:
            self.check_conditions(formula)
        if self.dots and not self.names.again:
            raise self.error("dots", self.dots[0])
        return formula

    def condition(self) -> Formula:
        """Relations joined by and, or; or just a number."""
        if self.kinds[self.at] == "not":
            first = self.conjunction(self.relation())
        else:
            first = self.total()
            if self.kinds[self.at] not in _CONDITIONAL:
                return first
            first = self.conjunction(self.linked(first))
        if self.kinds[self.at] != "or":
            return first
        parts = [first]
        while self.kinds[self.at] == "or":
            self.at += 1
            parts.append(self.conjunction(self.relation()))
        return Or(tuple(parts))

    def conjunction(self, first: Formula) -> Formula:
        """The relations after the first that are joined by and."""
        if self.kinds[self.at] != "and":
            return first
        parts = [first]
        while self.kinds[self.at] == "and":
            self.at += 1
            parts.append(self.relation())
        return And(tuple(parts))

    def relation(self) -> Formula:
        """``a``, ``a < b``, or a chain ``a = b < c``: one link after the other."""
        if self.kinds[self.at] == "not":
            self.at += 1
            self.deeper()
            inner = self.relation()
            self.depth -= 1
            return Not(inner)
        return self.linked(self.total())

    def linked(self, left: Formula) -> Formula:
        """What stands in relation to the left side."""
        if self.kinds[self.at] not in RELATIONS:
            return left
        links: list[Formula] = []
        while (kind := self.kinds[self.at]) in RELATIONS:
            self.at += 1
            right = self.total()
            links.append(Compare(kind, left, right))
            left = right
        return links[0] if len(links) == 1 else And(tuple(links))

    def total(self) -> Formula:
        """Terms with + and -."""
        kinds = self.kinds
        first = self.signed(self.product) if kinds[self.at] in _SIGNS else self.product()
        kind = kinds[self.at]
        if kind not in _SIGNS:
            return first
        terms = [first]
        while kind in _SIGNS:
            self.at += 1
            term = self.signed(self.product) if kinds[self.at] in _SIGNS else self.product()
            terms.append(negative(term) if kind == "-" else term)
            kind = kinds[self.at]
        return self.with_dots(terms, Add) if self.dots else Add(tuple(terms))

    def signed(self, operand: Callable[[], Formula]) -> Formula:
        """Signs, then an operand: ``-a*b`` is -(a*b)."""
        minus = 0
        start = self.at
        while (kind := self.kinds[self.at]) in _SIGNS:
            minus += kind == "-"
            self.at += 1
            if self.at - start > MAX_RUN:
                raise self.error("too-deep", None, limit=str(MAX_RUN))
        formula = operand()
        for _ in range(minus):
            formula = negative(formula)
        return formula

    def product(self) -> Formula:
        """Factors with ``*``, ``/`` and juxtaposition, one level, from left to right."""
        kinds = self.kinds
        first = self.factor()
        kind = kinds[self.at]
        if kind in _AFTER_PRODUCT:
            return first
        factors = [first]
        while True:
            if kind == "*":
                self.at += 1
                factors.append(self.operand() if kinds[self.at] in _SIGNS else self.factor())
            elif kind == "/":
                self.at += 1
                start = self.at
                divisor = self.operand()
                factors.append(Pow(divisor, INVERSE))
                if kinds[self.at] in self.starters and not self.closes_bar():
                    self.after_division(divisor, start)
            elif kind in self.starters:
                if self.closes_bar():
                    break
                if kind == "n":
                    self.check_number_after()
                factors.append(self.factor())
            elif kind in self.joins:
                self.deepest += 1  # each join nests what stands before it
                if self.deepest > MAX_TREE:
                    raise self.error("too-deep", None, limit=str(MAX_TREE))
                factors = [self.join(mul(factors))]
            else:
                break
            kind = kinds[self.at]
        if len(factors) == 1:
            return factors[0]
        return self.with_dots(factors, Mul) if self.dots else Mul(tuple(factors))

    def closes_bar(self) -> bool:
        """Whether the token is a bar that ends an absolute value."""
        return self.bars > 0 and self.kinds[self.at] == "|"

    def after_division(self, divisor: Formula, start: int) -> None:
        """``a/b c``: refused where b is a name, read from left to right where it is a number."""
        named = divisor.base if isinstance(divisor, Pow) else divisor
        if isinstance(named, (Symbol, Index)) and self.kinds[start] != "(":
            raise self.error("ambiguous-slash", start)
        if self.kinds[start] == "n":
            self.names.notes["left-to-right"] = None

    def join(self, left: Formula) -> Formula:
        """Another operator on the level of the product."""
        raise self.unexpected()

    def check_number_after(self) -> None:
        """A number directly after another operand is mostly a slip."""
        raise self.error("number-after")

    def operand(self) -> Formula:
        """A factor after an operator, which may carry a sign."""
        return self.signed(self.factor) if self.kinds[self.at] in _SIGNS else self.factor()

    def factor(self) -> Formula:
        """An operand with its powers and factorials; most are lone names and digits."""
        at = self.at
        kinds = self.kinds
        lone: Formula | None = None
        if kinds[at] == "a":
            follows = kinds[at + 1]
            if follows not in self.clings or (follows == "a" and self.apart(at)):
                lone = self.names.lone(self.values[at])
        elif kinds[at] == "n" and kinds[at + 1] not in _CLINGS_TO_NUMBER:
            lone = DIGITS.get(self.values[at])
        if lone is None:
            formula = self.primary()
        else:
            formula = lone
            self.at = at + 1
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
                self.suspect = True
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

    def group(self, close: str) -> Formula:
        """What stands in brackets, up to the closing one; a condition in ``[ ]`` is a Bracket."""
        bars, self.bars = self.bars, 0
        listing, self.listing = self.listing, False
        self.at += 1
        self.deeper()
        formula = self.condition()
        self.depth -= 1
        if isinstance(formula, Condition):
            if close == "]":
                formula = Bracket(formula)
            else:
                self.has_conditions = True
        self.expect(close)
        self.bars, self.listing = bars, listing
        return formula

    def absolute(self, close: str = "|") -> Formula:
        """Between bars."""
        bars, self.bars = self.bars, self.bars + 1 if close == "|" else 0
        self.at += 1
        self.deeper()
        formula = self.total()
        self.depth -= 1
        if self.kinds[self.at] != close:
            raise self.error("bar")
        self.at += 1
        self.bars = bars
        return Call("abs", (formula,))

    def arguments(self, close: str = ")", separators: bool = True) -> tuple[Formula, ...]:
        """Numbers between commas, up to the closing bracket."""
        bars, self.bars = self.bars, 0
        listing, self.listing = self.listing, separators
        self.at += 1
        self.deeper()
        found: list[Formula] = []
        if self.kinds[self.at] != close:
            found.append(self.total())
            while self.kinds[self.at] == ",":
                self.at += 1
                found.append(self.total())
        self.depth -= 1
        self.expect(close)
        self.bars, self.listing = bars, listing
        return tuple(found)
