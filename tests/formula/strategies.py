"""Formulas of every node, for property tests; their names are declared in ``GIVEN``."""

from fractions import Fraction

from hypothesis import strategies as st

from symcnn.formula import (
    Add,
    And,
    Array,
    Bracket,
    Call,
    Cases,
    Compare,
    Formula,
    Index,
    Mul,
    Not,
    Or,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    Table,
    Unknown,
)
from symcnn.formula.conditions import COMPARISONS
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import FUNCTIONS

SYMBOLS = ("x", "K", "C_in", "alpha", "x_hat", "n'", "eps", "stride")
FAMILIES = ("W", "u_bar", "dL_dx")
UNKNOWNS = ("phi", "f")
BOUND = ("i", "j", "k_1")
GIVEN = Given(
    (*((name, Domain()) for name in SYMBOLS), *((f, Domain("function")) for f in UNKNOWNS))
)
APPLIED = tuple(name for name in FUNCTIONS if FUNCTIONS[name] != (0, 0))
SIZES = ((2,), (1,), (2, 2), (1, 3), (2, 1, 1), ())


class _Builder:
    def __init__(self, draw):
        self.draw = draw

    def pick(self, choices):
        return self.draw(st.sampled_from(choices))

    def upto(self, low, high):
        return self.draw(st.integers(low, high))

    def many(self, depth, low=2, high=3):
        return tuple(self.formula(depth) for _ in range(self.upto(low, high)))

    def leaf(self):
        kind = self.upto(0, 3)
        if kind == 0:
            places = self.pick((0, 0, 1, 2))
            return Rational(Fraction(self.upto(-250, 250), 10**places), places)
        if kind == 1:
            return self.pick((Rational(-1), Rational(1), Rational(0), Rational(200)))
        if kind == 2:
            return Symbol(self.pick((*SYMBOLS, *BOUND)))
        return self.pick((Call("pi", ()), Call("infinity", ()), Symbol("x")))

    def formula(self, depth):
        if depth <= 0:
            return self.leaf()
        build = self.pick(
            (self.leaf, self.add, self.mul, self.mul, self.power, self.call, self.unknown,
             self.index, self.binder, self.bracket, self.cases, self.table, self.array)
        )  # fmt: skip
        return build() if build == self.leaf else build(depth - 1)

    def add(self, depth):
        return Add(self.many(depth))

    def mul(self, depth):
        return Mul(
            tuple(
                Pow(part, Rational(-1)) if self.upto(0, 2) == 0 else part
                for part in self.many(depth)
            )
        )

    def power(self, depth):
        return Pow(self.formula(depth), self.formula(depth))

    def call(self, depth):
        name = self.pick(APPLIED)
        least, most = FUNCTIONS[name]
        return Call(name, self.many(depth, least, 3 if most is None else most))

    def unknown(self, depth):
        args = self.many(depth, 1, 2)
        return Unknown(self.pick(UNKNOWNS), args, tuple(self.upto(0, 3) for _ in args))

    def index(self, depth):
        return Index(self.pick(FAMILIES), self.many(depth, 1, 2))

    def binder(self, depth):
        node, variable = self.pick((Sum, Product)), self.pick(BOUND)
        ends = () if self.upto(0, 1) else self.many(depth, 2, 2)
        return node(self.formula(depth), variable, *ends)

    def bracket(self, depth):
        return Bracket(self.condition(depth))

    def cases(self, depth):
        branches = tuple(
            (self.formula(depth), self.condition(depth)) for _ in range(self.upto(1, 2))
        )
        return Cases(branches, self.formula(depth) if self.upto(0, 1) else None)

    def table(self, depth):
        size = self.pick(SIZES)
        count = 1
        for length in size:
            count *= length
        return Table(size, self.many(depth, count, count))

    def array(self, depth):
        shape = self.many(depth, 1, 2)
        return Array(shape, BOUND[: len(shape)], self.formula(depth))

    def condition(self, depth):
        kind = self.upto(0, 4) if depth > 0 else 0
        if kind < 2:
            return Compare(self.pick(COMPARISONS), self.formula(depth - 1), self.formula(depth - 1))
        if kind == 2:
            return Not(self.condition(depth - 1))
        node = And if kind == 3 else Or
        return node(tuple(self.condition(depth - 1) for _ in range(self.upto(2, 3))))


@st.composite
def formulas(draw, depth: int = 3) -> Formula:
    """Formulas that are numbers or arrays."""
    return _Builder(draw).formula(depth)


@st.composite
def statements(draw, depth: int = 3) -> Formula:
    """Formulas, or conditions about them."""
    builder = _Builder(draw)
    return builder.condition(depth) if draw(st.booleans()) else builder.formula(depth)
