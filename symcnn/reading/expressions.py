"""What plain text and LaTeX share: precedence, juxtaposition, relations, groups, bars, powers.

One pass over the tokens by precedence climbing, without going back: linear time. Operands with
their signs and powers are in `factors.py`.
"""

from __future__ import annotations

from symcnn.formula.conditions import And, Bracket, Compare, Condition, Not, Or
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Symbol,
    mul,
    negative,
)
from symcnn.reading.cursor import INVERSE
from symcnn.reading.factors import SIGNS, Factors
from symcnn.reading.limits import MAX_TREE
from symcnn.reading.words import RELATIONS

DEEP = 8  # a formula with fewer groups inside groups cannot have too many levels
_AFTER_PRODUCT = frozenset({"+", "-", ")", "}", "]", "=", ",", "end"})
_CONDITIONAL = RELATIONS | {"and", "or", "∈"}


class Grammar(Factors):
    """A text being read. `at` is the token that comes next."""

    starters: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()  # other operators on the level of the product

    __slots__ = ()

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
            if self.values[self.at] == "!=" and self.tokens.touches(self.at):
                self.names.notes["not-equal"] = None
            self.at += 1
            right = self.total()
            links.append(Compare(kind, left, right))
            left = right
        return links[0] if len(links) == 1 else And(tuple(links))

    def total(self) -> Formula:
        """Terms with + and -."""
        kinds = self.kinds
        first = self.signed(self.product) if kinds[self.at] in SIGNS else self.product()
        kind = kinds[self.at]
        if kind not in SIGNS:
            return first
        terms = [first]
        while kind in SIGNS:
            self.at += 1
            term = self.signed(self.product) if kinds[self.at] in SIGNS else self.product()
            terms.append(negative(term) if kind == "-" else term)
            kind = kinds[self.at]
        return self.with_dots(terms, Add) if self.dots else Add(tuple(terms))

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
                factors.append(self.operand() if kinds[self.at] in SIGNS else self.factor())
            elif kind == "/":
                self.at += 1
                start = self.at
                divisor = self.operand()
                factors.append(Pow(divisor, INVERSE))
                if kinds[self.at] in self.starters and not self.closes_bar():
                    self.after_division(divisor, start)
            elif kind in self.starters:
                if self.bars and kind == "|":
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

    def group(self, close: str) -> Formula:
        """What stands in brackets, up to the closing one; a condition in ``[ ]`` is a Bracket."""
        bars, listing = self.bars, self.listing
        self.bars, self.listing = 0, False
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
