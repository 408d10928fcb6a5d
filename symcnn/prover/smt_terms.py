"""Formulas as terms of the solver, each with what holds wherever it is defined.

Whatever has a value at a point has the value of its term there, for some values of the constants
that were added; so what no constants satisfy holds nowhere. Sums, exponentials, members of families
and unknown functions become constants, the same one where the normal forms are the same.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Condition, Not, Or
from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol
from symcnn.prover.domains import Facts, constant
from symcnn.prover.smt_constants import ARRAYS, Constants
from symcnn.prover.smt_script import (
    FALSE,
    ONE,
    ZERO,
    Term,
    Truth,
    Untranslated,
    conjunction,
    disjunction,
    literal,
    merged,
)

_POWER = 12
_NODES = 3_000


class Terms(Constants):
    """The terms of some formulas under some facts, and the script in which they are defined.

    >>> from symcnn.formula.domains import Given
    >>> x = Symbol("x")
    >>> Terms(Facts(Given(), (x,))).term(2 / x).needs
    ('(not (= x1 0))',)
    """

    __slots__ = ("_left", "_seen", "_truths")

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self._left = _NODES
        self._seen: dict[Formula, Term] = {}
        self._truths: dict[Formula, Truth] = {}

    def term(self, f: Formula) -> Term:
        """The term of a number-valued formula. Raises `Untranslated`."""
        found = self._seen.get(f)
        if found is None:
            self._left -= 1
            if self._left < 0:
                raise Untranslated("the formulas are too large")
            found = self._seen[f] = self.script.short(self._term(f))
        return found

    def _term(self, f: Formula) -> Term:
        match f:
            case Rational():
                return literal(f.value)
            case Symbol(name):
                return self.symbol(name)
            case Add(args):
                total = ZERO
                for arg in args:
                    total = self.script.plus(total, self.term(arg))
                return total
            case Mul(args):
                return self._product(f, args)
            case Pow(base, exponent):
                return self._power(f, base, exponent)
            case Call(name, args):
                return self._call(f, name, args)
            case Bracket(condition):
                return self._when(self.truth(condition), ONE, ZERO)
            case Cases(branches, default):
                return self._cases(branches, default)
            case Array() | Table() | Condition():
                raise Untranslated(f"the solver is not asked about {type(f).__name__}")
        return self.opaque(f)

    def _product(self, f: Mul, args: tuple[Formula, ...]) -> Term:
        """A false bracket anywhere in the product makes it 0, whatever the others are."""
        total = ONE
        for arg in args:
            total = self.script.times(total, self.term(arg))
        nothing = self.script.named(self._annulled(f), "Bool")
        if nothing == FALSE:
            return total
        needs = (disjunction((nothing, conjunction(total.needs))),)
        return self.script.choice(nothing, ZERO, total, needs)

    def _annulled(self, f: Mul) -> str:
        parts = []
        for arg in f.args:
            if isinstance(arg, Bracket):
                parts.append(self.truth(arg.condition).false)
            elif isinstance(arg, Mul):
                parts.append(self._annulled(arg))
        return disjunction(tuple(parts))

    def _when(self, truth: Truth, a: Term, b: Term) -> Term:
        """``a`` or ``b`` by the truth of a condition that must be defined."""
        left, right = conjunction((truth.true, *a.needs)), conjunction((truth.false, *b.needs))
        return self.script.choice(truth.true, a, b, (disjunction((left, right)),))

    def _cases(
        self, branches: tuple[tuple[Formula, Formula], ...], default: Formula | None
    ) -> Term:
        rest = ZERO._replace(needs=(FALSE,)) if default is None else self.term(default)
        for value, condition in reversed(branches):
            found = self._when(self.truth(condition), self.term(value), rest)
            needs = self.script.named(conjunction(found.needs), "Bool")
            rest = self.script.short(found)._replace(needs=(needs,))
        return rest

    def _power(self, f: Pow, base: Formula, exponent: Formula) -> Term:
        power = constant(exponent)
        if power is None or abs(power.numerator) > _POWER or power.denominator > _POWER:
            return self.opaque(f)
        under = self.term(base)
        if power.denominator == 1:
            return self._raised(base, under, int(power))
        root = self.root(under, power.denominator)
        raised = self._raised(None, root, abs(power.numerator))
        lowest = self.script.compare(">=" if power > 0 else ">", under, ZERO)
        raised = raised._replace(needs=merged(raised.needs, (lowest,)))
        return raised if power > 0 else self.script.inverse(raised, 1)

    def _raised(self, base: Formula | None, under: Term, power: int) -> Term:
        if power == 0:
            return ONE._replace(needs=under.needs)
        result = under
        for _ in range(abs(power) - 1):
            result = self.script.times(result, under)
        if power > 0 or base is None:
            return result
        inverse = self.script.inverse(under, self._sign(base))
        result = inverse
        for _ in range(-power - 1):
            result = self.script.times(result, inverse)
        return result._replace(sure=result.sure or (power % 2 == 0 and under.sure))

    def _sign(self, f: Formula) -> int:
        bounds = self.facts.interval(f)
        return 1 if bounds.positive else -1 if bounds.negative else 0

    def _call(self, f: Call, name: str, args: tuple[Formula, ...]) -> Term:
        script = self.script
        if name in ARRAYS:
            raise Untranslated(f"the solver is not asked about {name}")
        match name, args:
            case "floor", (inner,):
                return script.floor(self.term(inner))
            case "ceil", (inner,):
                return script.negative(script.floor(script.negative(self.term(inner))))
            case "mod", (number, divisor):
                a, b = self.term(number), self.term(divisor)
                quotient = script.times(a, script.inverse(b, self._sign(divisor)))
                steps = script.times(b, script.floor(quotient))
                return script.plus(a, script.negative(steps))
            case "abs", (inner,):
                return self._signed(self.term(inner))
            case "sign", (inner,):
                a = self.term(inner)
                below = script.choice(
                    script.compare("<", a, ZERO), literal(Fraction(-1)), ZERO, a.needs
                )
                return script.choice(script.compare(">", a, ZERO), ONE, below, a.needs)
            case "relu", (inner,):
                return self._greater(ZERO, self.term(inner))
            case "max" | "min", (first, *others):
                best = self.term(first)
                for other in others:
                    best = self._greater(best, self.term(other), least=name == "min")
                return best
            case "sqrt", (inner,):
                return self.root(self.term(inner), 2)
            case "root", (inner, Rational(value=degree)) if degree in range(1, _POWER + 1):
                return self.root(self.term(inner), int(degree))
            case "exp", (inner,):
                return self.exponential(inner, self.term(inner))
            case "sigmoid", (inner,):
                e = self.exponential(inner, self.term(inner))
                return script.times(e, script.inverse(script.plus(e, ONE), 1))
        return self.opaque(f)

    def _signed(self, a: Term) -> Term:
        negated = self.script.negative(a)
        return self.script.choice(self.script.compare(">=", a, ZERO), a, negated, a.needs)

    def _greater(self, a: Term, b: Term, *, least: bool = False) -> Term:
        condition = self.script.compare("<=" if least else ">=", a, b)
        return self.script.choice(condition, a, b, merged(a.needs, b.needs))

    def truth(self, condition: Formula) -> Truth:
        """Where the condition is true and where it is false. Raises `Untranslated`."""
        found = self._truths.get(condition)
        if found is None:
            true, false = self._truth(condition)
            named = self.script.named
            found = self._truths[condition] = Truth(named(true, "Bool"), named(false, "Bool"))
        return found

    def _truth(self, condition: Formula) -> Truth:
        match condition:
            case Not(inner):
                return Truth(*reversed(self.truth(inner)))
            case And(args) | Or(args):
                parts = [self.truth(arg) for arg in args]
                true, false = tuple(p.true for p in parts), tuple(p.false for p in parts)
                if isinstance(condition, And):
                    return Truth(conjunction(true), disjunction(false))
                return Truth(disjunction(true), conjunction(false))
            case Compare("~", lhs, Rational(value=value, places=places)):
                off = self._signed(self.script.plus(self.term(lhs), literal(-value)))
                return self._decided("<=", off, literal(Fraction(1, 2 * 10**places)))
            case Compare("divides", lhs, rhs):
                return self._divides(self.term(lhs), self.term(rhs))
            case Compare(op, lhs, rhs) if op != "~":
                return self._decided(op, self.term(lhs), self.term(rhs))
        raise Untranslated("a condition that the solver is not asked about")

    def _decided(self, op: str, a: Term, b: Term, *more: str) -> Truth:
        needs = merged(a.needs, b.needs, more)
        holds = self.script.compare(op, a, b)
        return Truth(conjunction((*needs, holds)), conjunction((*needs, f"(not {holds})")))

    def _divides(self, a: Term, b: Term) -> Truth:
        """Between integers; 0 divides 0 alone, others what is ``a * floor(b/a)``."""
        script = self.script
        whole = tuple(
            script.compare("=", each, script.floor(each))
            for each in (a, b)
            if not (each.whole and each.den == "1")
        )
        quotient = script.floor(script.times(b, script.inverse(a, 0))._replace(needs=()))
        multiple = script.times(a, quotient)._replace(needs=())
        zero = script.compare("=", a, ZERO)
        other = script.choice(zero, ZERO, multiple, ())
        return self._decided("=", b, other._replace(needs=a.needs), *whole)
