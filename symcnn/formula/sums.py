"""Sums by brackets: a formula as a list of terms, each summed over bound variables in all integers.

Ranges become brackets, products of sums merge, constants stand outside, and a bracket with an
equation that determines a bound variable eliminates it. Cases become brackets too. What a term
keeps is literal: a number, factors, conditions that must hold at once, and its bound variables.

Sums over all integers are taken to have finite support, which is what gives them a meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from symcnn.formula.binders import Sum
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational, Symbol, negative
from symcnn.formula.polynomials import Polynomial, TooLarge, plus, polynomial, put, slope
from symcnn.formula.traverse import free_names, substitute

TERMS = 600
LARGEST = 8  # modulus of a divisibility that is taken apart
Literals: TypeAlias = "tuple[Literal, ...]"


class Literal(NamedTuple):
    """``form >= 0``, ``form > 0`` or ``form = 0``; or a condition that is not taken apart.

    ``op`` is ">=", ">", "=", "mod m" (m divides the form), or "is"/"is not" with ``condition``.
    """

    op: str
    form: tuple[tuple[object, Fraction], ...] = ()
    condition: Formula | None = None

    def polynomial(self) -> Polynomial:
        """The form as a polynomial."""
        return dict(self.form)  # type: ignore[arg-type]


class Term(NamedTuple):
    """``number * factors * [all literals]``, summed over the bound variables."""

    number: Fraction
    factors: tuple[Formula, ...] = ()
    literals: Literals = ()
    bound: tuple[str, ...] = ()


def literal(op: str, p: Polynomial) -> Literal:
    """The literal of a polynomial."""
    return Literal(op, tuple(p.items()))


class Expander:
    """Writes formulas as terms. ``integer`` says which formulas are known to be integers.

    >>> from symcnn.formula.nodes import Index
    >>> i, n = Symbol("i"), Symbol("n")
    >>> [term] = Expander(lambda f: True, ()).terms(Sum(Index("x", (i,)), "i", Rational(0), n))
    >>> term.bound, len(term.literals)
    (("i'",), 2)
    """

    __slots__ = ("_integer", "_left", "_taken", "made")

    def __init__(self, integer: Callable[[Formula], bool], taken: tuple[str, ...]) -> None:
        self._integer = integer
        self._taken = set(taken)
        self.made: dict[str, None] = {}
        self._left = TERMS

    def fresh(self, name: str) -> str:
        """A name for a bound variable that nothing uses."""
        stem = name.rstrip("'")
        primes = 1
        while f"{stem}{chr(39) * primes}" in self._taken:
            primes += 1
        found = f"{stem}{chr(39) * primes}"
        return self.named(found)

    def named(self, name: str) -> str:
        """A name that becomes a bound variable: an integer from now on."""
        self._taken.add(name)
        self.made.setdefault(name)
        return name

    def is_integer(self, f: Formula) -> bool:
        """Known to be an integer; names made here are."""
        return self._integer(f)

    def terms(self, f: Formula) -> list[Term]:
        """The formula as terms. Raises `TooLarge`."""
        match f:
            case Rational():
                return [Term(f.value)] if f.value else []
            case Add(args):
                return self._admit([term for arg in args for term in self.terms(arg)])
            case Mul(args):
                found = [Term(Fraction(1))]
                for arg in sorted(args, key=lambda each: not isinstance(each, Bracket)):
                    found = self._times(found, self.terms(arg))
                return found
            case Pow(base, Rational(value=value)) if value.denominator == 1:
                return self._power(f, base, int(value))
            case Sum(body, variable, low, high):
                return self._sum(body, variable, low, high)
            case Bracket(condition):
                return [
                    Term(Fraction(sign), (), literals)
                    for sign, literals in self.brackets(condition, True)
                ]
            case Cases(branches, default):
                return self._cases(branches, default)
        return [Term(Fraction(1), (f,))]

    def _admit(self, terms: list[Term]) -> list[Term]:
        if len(terms) > self._left:
            raise TooLarge
        return terms

    def _times(self, a: list[Term], b: list[Term]) -> list[Term]:
        if len(a) * len(b) > self._left:
            raise TooLarge
        return [
            Term(
                x.number * y.number,
                x.factors + y.factors,
                tuple(dict.fromkeys(x.literals + y.literals)),
                x.bound + y.bound,
            )
            for x in a
            for y in b
        ]

    def _power(self, whole: Formula, base: Formula, power: int) -> list[Term]:
        if power < 0 and isinstance(base, Mul):
            found = [Term(Fraction(1))]
            for arg in base.args:
                found = self._times(found, self.terms(Pow(arg, Rational(power))))
            return found
        if not 0 <= power <= 6:
            return [Term(Fraction(1), (whole,))]
        found = [Term(Fraction(1))]
        for _ in range(power):
            found = self._times(found, self.terms(base))
        return found

    def _sum(
        self, body: Formula, variable: str, low: Formula | None, high: Formula | None
    ) -> list[Term]:
        name = self.fresh(variable)
        v = Symbol(name)
        inner = self.terms(substitute(body, {variable: v}))
        range_: Literals = ()
        if low is not None and high is not None:
            range_ = (
                literal(">=", polynomial(v + negative(low))),
                literal(">=", polynomial(high + negative(v))),
            )
        return [
            Term(t.number, t.factors, tuple(dict.fromkeys(range_ + t.literals)), (name, *t.bound))
            for t in inner
        ]

    def _cases(
        self, branches: tuple[tuple[Formula, Formula], ...], default: Formula | None
    ) -> list[Term]:
        before = [Term(Fraction(1))]
        found: list[Term] = []
        for value, condition in branches:
            yes = [Term(Fraction(s), (), c) for s, c in self.brackets(condition, True)]
            no = [Term(Fraction(s), (), c) for s, c in self.brackets(condition, False)]
            found += self._times(self._times(before, yes), self.terms(value))
            before = self._times(before, no)
        if default is not None:
            found += self._times(before, self.terms(default))
        return self._admit(found)

    def brackets(self, condition: Formula, wanted: bool) -> list[tuple[int, Literals]]:
        """``[condition]``, or ``[not condition]``, as a signed sum of conjunctions."""
        match condition:
            case Not(inner):
                return self.brackets(inner, not wanted)
            case And(args) if wanted:
                return self._all(args, True)
            case Or(args) if not wanted:
                return self._all(args, False)
            case And(args) | Or(args):
                # 1 - [all of the opposite]
                opposite = self._all(args, not wanted)
                return [(1, ()), *((-sign, literals) for sign, literals in opposite)]
            case Compare("!=", lhs, rhs):
                return self.brackets(Compare("=", lhs, rhs), not wanted)
            case Compare("=", lhs, rhs):
                equation = literal("=", polynomial(lhs + negative(rhs)))
                return [(1, (equation,))] if wanted else [(1, ()), (-1, (equation,))]
            case Compare("divides", Rational(value=value), rhs) if value in range(1, LARGEST + 1):
                multiple = literal(f"mod {value}", polynomial(rhs))
                return [(1, (multiple,))] if wanted else [(1, ()), (-1, (multiple,))]
            case Compare("<" | "<=" | ">" | ">=" as op, lhs, rhs):
                return [(1, (self._inequality(op, lhs, rhs, wanted),))]
        return [(1, (Literal("is" if wanted else "is not", (), condition),))]

    def _all(self, args: tuple[Formula, ...], wanted: bool) -> list[tuple[int, Literals]]:
        found: list[tuple[int, Literals]] = [(1, ())]
        for arg in args:
            part = self.brackets(arg, wanted)
            if len(found) * len(part) > 64:
                raise TooLarge
            found = [(s * t, tuple(dict.fromkeys(a + b))) for s, a in found for t, b in part]
        return found

    def _inequality(self, op: str, lhs: Formula, rhs: Formula, wanted: bool) -> Literal:
        if not wanted:
            op = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}[op]
        upper, lower = (lhs, rhs) if op in (">", ">=") else (rhs, lhs)
        form = polynomial(upper + negative(lower))
        strict = op in ("<", ">")
        if strict and self.is_integer(lhs) and self.is_integer(rhs):
            return literal(">=", plus(form, {(): Fraction(1)}, -1))
        return literal(">" if strict else ">=", form)


def put_in(term: Term, name: str, value: Polynomial, formula: Formula) -> Term:
    """The term with a symbol replaced by a polynomial everywhere."""
    literals = []
    for each in term.literals:
        if each.condition is not None:
            literals.append(each._replace(condition=substitute(each.condition, {name: formula})))
        else:
            literals.append(literal(each.op, put(each.polynomial(), {name: value})))
    factors = tuple(
        substitute(each, {name: formula}) if name in free_names(each) else each
        for each in term.factors
    )
    bound = tuple(each for each in term.bound if each != name)
    return Term(term.number, factors, tuple(dict.fromkeys(literals)), bound)


def determined(term: Term) -> Iterator[tuple[str, Polynomial, int]]:
    """Bound variables that an equation of the term determines: name, value, and a modulus m.

    The value is an integer where m times it, a polynomial, is divisible by m. Values that need no
    such condition (m = 1) come first.
    """
    for unit in (True, False):
        for each in term.literals:
            if each.op != "=":
                continue
            form = each.polynomial()
            for name in reversed(term.bound):
                factor = slope(form, name)
                if factor is None or tuple(factor) != ((),):
                    continue
                scale = factor[()]
                if scale.denominator != 1 or (abs(scale) == 1) != unit or abs(scale) > LARGEST:
                    continue
                rest = plus(form, {((Symbol(name), 1),): scale}, -1)
                yield name, {m: -c / scale for m, c in rest.items()}, int(abs(scale))
