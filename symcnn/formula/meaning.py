"""What a formula means: the only authority. Everything that decides anything asks here.

`evaluate` gives the value of a formula at a point, `holds` the truth of a condition. Numbers are
exact; where a root, an exponential ... is not rational, a certified enclosure (`Ball`) stands for
it, and a comparison is answered only when the enclosures decide it. `Undefined` is an answer too.

The table of meanings (``x, i, j, n`` are symbols, ``p`` shows values, ``call`` writes a call):

>>> from fractions import Fraction as Q
>>> from symcnn.formula import *
>>> from symcnn.formula.values import ArrayValue, Family, Polynomial
>>> x, i, j, n = map(Symbol, "xijn")
>>> def p(*formulas, **point):
...     for f in formulas:
...         value = evaluate(formula(f), point)
...         print(getattr(value, "reason", value))
>>> def call(name, *args):
...     return Call(name, tuple(map(formula, args)))

Arithmetic. ``x^0`` is 1 for every x; a division by zero has no value, and neither has what uses it:

>>> p(x / 3 + Q(1, 6), x**0, x**-2, number(8) ** (x / 3), x=Q(1))
1/2
1
1
2
>>> p(x**0, x**-1, 0 * (1 / x), (x - 8) ** number(Q(1, 3)), x=Q(0))
1
division by zero
division by zero
a negative number to a power that is no integer

Functions. ``floor`` goes towards minus infinity, ``mod(a, b)`` is ``a - b*floor(a/b)``,
``root(x, n)`` with odd n is the real root, ``sign(0)`` is 0, ``binomial`` is 0 outside 0 <= k <= n,
``log(x, b)`` is ``log(x)/log(b)``, ``sigmoid(x)`` is ``1/(1 + exp(-x))``:

>>> p(call("floor", Q(-7, 2)), call("mod", -7, 3), call("mod", 7, -3), call("mod", 1, 0))
-4
2
-2
mod by zero
>>> p(call("root", -8, 3), call("sqrt", Q(9, 4)), call("sqrt", -1), call("log", 8, 4))
-2
3/2
an even root of a negative number
3/2
>>> p(call("sigmoid", 0), call("binomial", 3, 5), call("relu", -2), call("factorial", -1))
1/2
0
0
the factorial of a negative integer
>>> low, high = evaluate(call("sqrt", 2), {})
>>> low**2 < 2 < high**2, high - low < Q(1, 10**20)
(True, True)

Brackets and cases. A false bracket annuls everything beside it, at whatever place. Cases are lazy:
the first branch whose condition holds; the conditions before it must be defined:

>>> p(1 / x * Bracket(Compare("!=", x, 0)), x=Q(0))
0
>>> p(Cases(((1 / x, Compare(">", x, 0)), (-x, Compare("<", x, 0)))), x=Q(0))
no case applies
>>> p(Cases(((1 / x, Compare("!=", x, 0)),), Rational(7)), x=Q(0))
7

Conditions. "And" is false as soon as one part is false, "or" true as soon as one is true, whatever
the other parts are. ``divides`` is between integers, and 0 divides only 0. ``x ~ 0.33`` holds
within half a unit of the last digit that is written:

>>> holds(And((Compare("=", 1 / x, 1), Compare("<", x, 0))), {"x": Q(0)})
False
>>> [holds(Compare("divides", a, b), {}) for a, b in ((3, -6), (3, 7), (0, 0), (0, 3))]
[True, False, True, False]
>>> holds(Compare("divides", Q(1, 2), 3), {}).reason
'divides is between integers'
>>> [holds(Compare("~", number(a), Rational(Q("0.33"), 2)), {}) for a in (Q(1, 3), Q("0.34"))]
[True, False]

Sums and products. The empty ones are 0 and 1. One over all integers is over its visible support:

>>> p(Sum(i**2, "i", Rational(1), n), Sum(i, "i", n, Rational(1)), Sum(i, "i", n, n / 2), n=Q(3))
14
0
a sum from or to a number that is no integer
>>> p(Product(i, "i", Rational(1), n), Product(i, "i", n, Rational(1)), n=Q(5))
120
1
>>> p(Sum(i * Bracket(And((Compare("<=", 0, i), Compare("<", 2 * i, n)))), "i"), n=Q(7))
6
>>> p(Sum(i * Index("x", (n - i,)), "i"), n=Q(1), x=Family({(0,): Q(5), (1,): Q(7)}))
5

Arrays count from 0 and are multiplied as matrices, left to right; a vector has one dimension:

>>> A = Array((n, n), ("i", "j"), i + 2 * j)
>>> evaluate(A * table([1, 1]), {"n": Q(2)})
ArrayValue(shape=(2,), entries=(Fraction(2, 1), Fraction(4, 1)))
>>> p(call("det", A), call("trace", A), A * table([1, 1, 1]), n=Q(2))
-2
3
the product of a 2 x 2 array and a 3 array

An unknown function stands for a polynomial, and its derivatives for those of the polynomial:

>>> p(*(Unknown("phi", (x,), (k,)) for k in (0, 1)), x=Q(3), phi=Polynomial((Q(0), Q(0), Q(1))))
9
6
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias, TypeVar

from symcnn.formula.arithmetic import proper
from symcnn.formula.balls import enclosure, precision
from symcnn.formula.binder_meaning import BINDER_RULES
from symcnn.formula.condition_meaning import CONDITION_RULES, TRUTH_RULES, truth_of
from symcnn.formula.evaluation import DEFAULT as DEFAULT
from symcnn.formula.evaluation import Budget as Budget
from symcnn.formula.evaluation import Evaluation, Finer, Rules, Work
from symcnn.formula.node_meaning import NUMBER_RULES
from symcnn.formula.nodes import Formula
from symcnn.formula.values import ArrayValue, Point, Scalar, Undefined, Unevaluable, Value

_RULES: Rules = ({**NUMBER_RULES, **CONDITION_RULES, **BINDER_RULES}, TRUTH_RULES)
Answer = TypeVar("Answer")
Meter: TypeAlias = Callable[[int], None]


def evaluate(
    f: Formula, point: Point, *, budget: Budget = DEFAULT, meter: Meter | None = None
) -> Value | Undefined:
    """The value of a number- or array-valued formula where its names stand for ``point``.

    An entry of an array may be Undefined while the array has a value. Raises `Unevaluable` when
    the budget ends first, and KeyError for a name that the point lacks, which is the caller's bug.
    ``meter`` is told how many steps were taken.

    >>> from symcnn.formula.nodes import Symbol
    >>> evaluate(Symbol("x") / 4, {"x": Fraction(2)})
    Fraction(1, 2)
    """
    return _climb(lambda at: _public(at.values[type(f)](f, at), at), point, budget, meter)


def holds(condition: Formula, point: Point, *, budget: Budget = DEFAULT) -> bool | Undefined:
    """Whether the condition is true at the point; Undefined where one of its sides has no value.

    Raises as `evaluate` does. Overlapping enclosures at the highest precision are `Unevaluable`.

    >>> from symcnn.formula.conditions import Compare
    >>> holds(Compare("<", 1, 2), {})
    True
    """
    return _climb(lambda at: truth_of(condition, at), point, budget)


def _climb(
    look: Callable[[Evaluation], Answer], point: Point, budget: Budget, meter: Meter | None = None
) -> Answer:
    """First without balls, then with ever narrower ones, until every question is decided."""
    try:
        try:
            return _pass(look, Evaluation(point, budget, 0, _RULES), meter)
        except Finer:
            pass
        for bits in budget.precisions:
            with precision(bits):
                try:
                    return _pass(look, Evaluation(point, budget, bits, _RULES), meter)
                except Finer:
                    continue
    except RecursionError:
        raise Unevaluable("the formula is nested too deeply") from None
    raise Unevaluable("not decided by the narrowest enclosures of the budget")


def _pass(look: Callable[[Evaluation], Answer], at: Evaluation, meter: Meter | None) -> Answer:
    if meter is None:
        return look(at)
    before = at.steps
    try:
        return look(at)
    finally:
        meter(before - max(at.steps, 0))


def _public(value: Work, at: Evaluation) -> Value | Undefined:
    if isinstance(value, ArrayValue):
        return ArrayValue(value.shape, tuple(_scalar(entry, at) for entry in value.entries))
    return _scalar(value, at)


def _scalar(value: Work, at: Evaluation) -> Scalar:
    if isinstance(value, (int, Fraction)):
        return proper(value, 1) if isinstance(value, int) else value
    return value if isinstance(value, Undefined) else enclosure(value, at)
