"""Products over ranges: constants and powers leave them, and factors are counted.

Two products of powers of factors are equal when every factor stands in them equally often. How
often is a sum over ranges of generic members: the bracket calculus compares those sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symcnn.claims.certificate import Certificate
from symcnn.formula.binders import Binder, Product, Sum
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import (
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    add,
    mul,
    negative,
)
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names, walk
from symcnn.prover import signs
from symcnn.prover.aligning import aligned
from symcnn.prover.brackets import sums_premises
from symcnn.prover.defaults import constant
from symcnn.prover.domains import Facts
from symcnn.prover.factorials import literal_factorials, without_binomials
from symcnn.prover.identities import identity
from symcnn.prover.outside import pulled
from symcnn.prover.proof import Notes, Proof, Question
from symcnn.prover.unroll import unroll

_COUNTER = "k" + "'" * 11


def products(question: Question, notes: Notes) -> Proof | None:
    """Equal once constants have left the products and ranges are brought to one, or by counting."""
    facts = question.facts
    sides = (question.lhs, question.rhs)
    if not any(_has_product(node) for side in sides for node in walk(side)):
        return None
    lhs, rhs = (gathered(_plainer(side, facts), facts) for side in sides)
    f, g = aligned((pulled(lhs, facts), pulled(rhs, facts)), facts)
    inner = identity(f, g, facts)
    if inner is not None:
        return Proof("products", Certificate("products", question.goal, (inner,)))
    counts = _counted(lhs, rhs, facts)
    cells = None if counts is None else sums_premises(*counts, facts)
    if counts is not None and cells is not None:
        inner = Certificate("brackets", f"{plain(counts[0])} = {plain(counts[1])}", cells())
        return Proof("products", Certificate("counted factors", question.goal, (inner,)))
    notes.add("products", "the factors are not shown to be the same")
    return None


def _plainer(f: Formula, facts: Facts) -> Formula:
    return without_binomials(literal_factorials(unroll(f)), facts)


def _has_product(node: Formula) -> bool:
    return isinstance(node, Product) or (
        isinstance(node, Call) and node.name in ("factorial", "binomial")
    )


def gathered(f: Formula, facts: Facts) -> Formula:
    """The formula with every product as powers of products of single factors.

    >>> from symcnn.formula.domains import Domain, Given
    >>> c, i, n = Symbol("c"), Symbol("i"), Symbol("n")
    >>> facts = Facts(Given((("n", Domain("integer", Rational(0))),)))
    >>> gathered(Product(c, "i", Rational(0), n), facts).base
    Symbol('c')
    """
    children = f.children()
    if not children or isinstance(f, Condition):
        return f
    if isinstance(f, Product) and f.low is not None and f.high is not None:
        inside = facts.binding(f)
        whole = Product(gathered(f.body, inside), f.variable, f.low, f.high)
        factors = _factors(whole.body)
        return mul(_of_factor(whole, each, power, facts, inside) for each, power in factors)
    inner = facts.binding(f) if isinstance(f, Binder) else facts
    after = [gathered(child, inner if k == 0 else facts) for k, child in enumerate(children)]
    same = all(old is new for old, new in zip(children, after, strict=True))
    return f if same else f.rebuild(tuple(after))


def _factors(f: Formula, power: int = 1) -> Iterator[tuple[Formula, int]]:
    """Factors with literal integer exponents."""
    if isinstance(f, Mul):
        for arg in f.args:
            yield from _factors(arg, power)
    elif isinstance(f, Pow) and isinstance(f.exponent, Rational):
        value = f.exponent.value
        if value.denominator == 1 and abs(value * power) <= 64:
            yield from _factors(f.base, power * int(value))
        else:
            yield f, power
    else:
        yield f, power


def _of_factor(over: Product, f: Formula, power: int, facts: Facts, inside: Facts) -> Formula:
    """The product of ``f ** power`` over the range."""
    low, high, name = over.low, over.high, over.variable
    if low is None or high is None:
        return over
    found: Formula = Product(f, name, low, high)
    match f:
        case _ if name not in free_names(f):
            length = high + negative(low) + 1
            if signs.nonnegative(length, facts):
                found = Pow(f, length)
        case Call("exp", (inner,)):
            found = Call("exp", (Sum(inner, name, low, high),))
        case Pow(base, exponent) if name not in free_names(base):
            whole = inside.integer(exponent)
            safe = facts.is_nonzero(base) or inside.interval(exponent).nonnegative
            if facts.interval(base).positive or (whole and safe):
                found = Pow(base, Sum(exponent, name, low, high))
        case Pow(base, exponent) if name not in free_names(exponent) and facts.integer(exponent):
            found = Pow(Product(base, name, low, high), exponent)
    return found if power == 1 else Pow(found, Rational(power))


def _counted(lhs: Formula, rhs: Formula, facts: Facts) -> tuple[Formula, Formula] | None:
    """How often every factor stands in the sides, as sums of generic members."""
    counter = _Counter(facts, (*free_names(lhs), *free_names(rhs)))
    left, right = counter.sum_of(lhs), counter.sum_of(rhs)
    if left is None or right is None:
        return None
    return (left[1], right[1]) if left[0] == right[0] else None


class _Counter:
    """Every factor as a member of a family that stands for its logarithm."""

    __slots__ = ("_facts", "_names", "_prefix")

    def __init__(self, facts: Facts, taken: tuple[str, ...]) -> None:
        self._facts = facts
        self._prefix = "log_"
        while any(name.startswith(self._prefix) for name in taken):
            self._prefix += "_"
        self._names: dict[Formula, str] = {}

    def sum_of(self, f: Formula, bound: tuple[str, ...] = ()) -> tuple[Fraction, Formula] | None:
        """The literal factor, and the sum of the others."""
        literal = Fraction(1)
        terms: list[Formula] = []
        for factor, power in _factors(f):
            value = constant(factor)
            if value is not None and value != 0:
                literal *= value**power
                continue
            term = self._term(factor, bound)
            if term is None:
                return None
            terms.append(term if power == 1 else Rational(power) * term)
        return literal, add(terms)

    def _term(self, f: Formula, bound: tuple[str, ...]) -> Formula | None:
        match f:
            case Call("factorial", (inner,)) if signs.nonnegative(inner, self._facts):
                member = Index(self._prefix + "0", (Symbol(_COUNTER),))
                return Sum(member, _COUNTER, Rational(1), inner)
            case Product(body, name, low, high) if low is not None and high is not None:
                found = self.sum_of(body, (*bound, name))
                if found is None or found[0] != 1:
                    return None
                return Sum(found[1], name, low, high)
            case Index(name, indices):
                return Index(self._prefix + name, indices)
        if self._facts.with_integers(bound).integer(f):
            return Index(self._prefix + "0", (f,))
        if set(bound).intersection(free_names(f)):
            return None
        return Symbol(self._names.setdefault(f, f"{self._prefix}0_{len(self._names)}"))
