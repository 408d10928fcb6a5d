"""Integers among the terms of a step of rewriting, from what the step itself grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol
from symcnn.formula.traverse import substitute, walk
from symcnn.prover.expansion import Expansion
from symcnn.prover.expansion import identical as _is

Granted = Mapping[str, Sequence[Formula]]


class Integers:
    """What is granted to be an integer, and what follows for polynomials."""

    __slots__ = ("_granted", "_nonnegative", "_positive")

    def __init__(self, granted: Granted) -> None:
        self._granted = granted.get("integer", ())
        self._nonnegative = granted.get("nonnegative", ())
        self._positive = granted.get("positive", ())

    def integral(self, f: Formula) -> bool:
        """Integers, floors, and their sums, products and powers, with integer coefficients."""
        polynomial = Expansion()
        terms, below = polynomial.quotient(f)
        if list(below) != [()] or not all(
            (value / below[()]).denominator == 1 for value in terms.values()
        ):
            return False
        used = {slot for monomial in terms for slot, _ in monomial}
        return all(self._atom(polynomial.atom(slot)) for slot in sorted(used))

    def _atom(self, f: Formula) -> bool:
        if isinstance(f, Call) and f.name in ("floor", "ceil", "sign", "factorial", "binomial"):
            return True
        return any(Expansion().same(f, each) for each in self._granted)

    def within_one(self, rest: Formula) -> bool:
        """``0 <= rest < 1``: a/b with b granted positive and integers ``0 <= a <= b - 1``."""
        if _is(rest, Rational(0)):
            return True
        for divisor in self._divisors(rest):
            top = Expansion().exact(rest * divisor, Rational(1))
            if top is None or not self.integral(top):
                continue
            if self.countable(top) and self.countable(divisor - 1 - top):
                return True
        return False

    def joined(self, u: Formula) -> Formula | None:
        """``(t + k)/d`` where u is ``(floor(t) + k)/d``, k an integer and d a positive one."""
        for divisor in (*self._divisors(u), Rational(1)):
            top = Expansion().exact(u * divisor, Rational(1))
            if top is None or not self.integral(top):
                continue
            for inner in self.floors(top):
                rest = Expansion().exact(top - inner, Rational(1))
                if rest is not None and not self.mentions(rest, inner):
                    return (inner.args[0] + rest) / divisor
        return None

    def countable(self, f: Formula) -> bool:
        """Not negative term by term, a positive integer counted as one and more."""
        shifted = {each.name: each + 1 for each in self._positive if isinstance(each, Symbol)}
        polynomial = Expansion()
        terms, below = polynomial.quotient(substitute(f, shifted))
        if list(below) != [()] or below[()] < 0:
            return False
        safe = [*self._positive, *self._nonnegative]
        return all(
            value > 0 and all(polynomial.atom(slot) in safe for slot, _ in monomial)
            for monomial, value in terms.items()
        )

    def floors(self, f: Formula) -> list[Call]:
        """The floors that the formula is made of, each once, none inside of another."""
        found: list[Call] = []
        match f:
            case Add(args) | Mul(args):
                for arg in args:
                    found += [each for each in self.floors(arg) if each not in found]
            case Pow(base, _):
                found = self.floors(base)
            case Call("floor", _):
                found = [f]
        return found

    def mentions(self, f: Formula, inner: Call) -> bool:
        """The polynomial has the floor as an atom."""
        polynomial = Expansion()
        terms, _ = polynomial.quotient(f)
        used = {slot for monomial in terms for slot, _ in monomial}
        return any(polynomial.same(polynomial.atom(slot), inner) for slot in used)

    def mirrored(self, u: Formula, v: Formula) -> bool:
        """``floor(u) = -floor(v)``: with ``u = a/b``, ``v = (b - 1 - a)/b``, a, b integers, b>0."""
        for divisor in self._divisors(v):
            top = Expansion().exact(u * divisor, Rational(1))
            if top is not None and self.integral(top) and _is(v, (divisor - 1 - top) / divisor):
                return True
        return False

    def _divisors(self, f: Formula) -> list[Formula]:
        """Positive integers below a stroke in the formula, and products of two of them."""
        found: dict[Formula, None] = {}
        for node in walk(f):
            match node:
                case Pow(Rational(value=value), Rational(value=power)):
                    if power == -1 and value > 0 and value.denominator == 1:
                        found.setdefault(node.base)
                case Pow(base, Rational(value=power)) if power == -1:
                    if self.integral(base) and self._product(base):
                        found.setdefault(base)
        return [*found, *(a * b for a in found for b in found if a != b)]

    def _product(self, f: Formula) -> bool:
        if isinstance(f, Mul):
            return all(map(self._product, f.args))
        if isinstance(f, Rational):
            return f.value > 0
        return any(_is(f, each) for each in self._positive)
