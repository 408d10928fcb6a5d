"""Sound rewritings of rounding, signs, exponentials and conditions; see ``rewritings``."""

from __future__ import annotations

from symcnn.formula import (
    Add,
    Bracket,
    Call,
    Cases,
    Compare,
    Formula,
    Mul,
    Not,
    Pow,
    Rational,
    add,
    mul,
    negative,
)
from tests.soundness.rewritings import ONE, Place, Rule, integers
from tests.soundness.shape import is_array, is_nonnegative, is_positive


def round_shifted(node: Formula, place: Place) -> Formula | None:
    """``floor(x + n) = floor(x) + n`` for an integer n, both ways."""
    if isinstance(node, Call) and node.name in ("floor", "ceil") and isinstance(node.args[0], Add):
        terms = node.args[0].args
        whole = [term for term in terms if integers(place, term)]
        rest = [term for term in terms if not integers(place, term)]
        if whole:
            return Add((Call(node.name, (add(rest),)), *whole))
    if isinstance(node, Add):
        for k, term in enumerate(node.args):
            others = (*node.args[:k], *node.args[k + 1 :])
            rounds = isinstance(term, Call) and term.name in ("floor", "ceil")
            if isinstance(term, Call) and rounds and integers(place, *others):
                return Call(term.name, (Add((term.args[0], *others)),))
    return None


def ceil_is_floor(node: Formula, place: Place) -> Formula | None:
    """``ceil(x) = -floor(-x)`` and back."""
    if not isinstance(node, Call) or node.name not in ("floor", "ceil"):
        return None
    other = "floor" if node.name == "ceil" else "ceil"
    return negative(Call(other, (negative(node.args[0]),)))


def ceil_of_quotient(node: Formula, place: Place) -> Formula | None:
    """``ceil(a/b) = floor((a + b - 1)/b)`` for integers, b > 0, and back."""
    if not isinstance(node, Call) or node.name not in ("floor", "ceil"):
        return None
    parts = _quotient(node.args[0], place)
    if parts is None:
        return None
    a, b = parts
    if node.name == "ceil":
        return Call("floor", (Add((a, b, Rational(-1))) / b,))
    return Call("ceil", (Add((a, negative(b), ONE)) / b,))


def _quotient(node: Formula, place: Place) -> tuple[Formula, Formula] | None:
    """a and b of ``a/b``, integers with b > 0."""
    if not isinstance(node, Mul) or not isinstance(node.args[-1], Pow):
        return None
    last = node.args[-1]
    a, b = mul(node.args[:-1]), last.base
    if last.exponent != Rational(-1) or not is_positive(b, place.world):
        return None
    return (a, b) if integers(place, a, b) else None


def mod_is_remainder(node: Formula, place: Place) -> Formula | None:
    """``mod(a, b) = a - b*floor(a/b)``."""
    if not isinstance(node, Call) or node.name != "mod":
        return None
    a, b = node.args
    return a - Mul((b, Call("floor", (a / b,))))


def nested_floor(node: Formula, place: Place) -> Formula | None:
    """``floor(a/(b*c)) = floor(floor(a/b)/c)`` for positive integers b and c."""
    if not isinstance(node, Call) or node.name != "floor":
        return None
    parts = _quotient(node.args[0], place)
    if parts is None:
        return None
    a, b = parts
    c = Rational(place.rng.choice((2, 3)))
    inner = Call("floor", (Mul((a, c)) / b,))
    return Call("floor", (inner / c,))


def floor_of_integer(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Rational | Compare) or not integers(place, node):
        return None
    return Call(place.rng.choice(("floor", "ceil")), (node,))


def sign_rules(node: Formula, place: Place) -> Formula | None:
    """max, min, abs, relu by each other, and back to cases."""
    if not isinstance(node, Call):
        return None
    half = Pow(Rational(2), Rational(-1))
    if node.name in ("max", "min") and len(node.args) == 2:
        a, b = node.args
        s = 1 if node.name == "max" else -1
        distance = Mul((Rational(s), Call("abs", (a - b,))))
        other = Call("min" if s > 0 else "max", (negative(a), negative(b)))
        options: list[Formula] = [
            Mul((Add((a, b, distance)), half)),
            Cases(((a, Compare(">=" if s > 0 else "<=", a, b)),), b),
            negative(other),
            Call(node.name, (b, a)),
        ]
        if s > 0:
            options.append(Add((b, Call("relu", (a - b,)))))
        return place.rng.choice(options)
    x = node.args[0] if node.args else node
    zero = Rational(0)
    table: dict[str, list[Formula]] = {
        "relu": [
            Call("max", (zero, x)),
            Cases(((x, Compare(">", x, 0)),), zero),
            Mul((Add((x, Call("abs", (x,)))), half)),
            Mul((x, Bracket(Compare(">", x, 0)))),
        ],
        "abs": [
            Call("max", (x, negative(x))),
            Call("abs", (negative(x),)),
            Mul((Call("sign", (x,)), x)),
            Call("sqrt", (Pow(x, Rational(2)),)),
            Cases(((x, Compare(">=", x, 0)),), negative(x)),
        ],
        "sign": [
            negative(Call("sign", (negative(x),))),
            Cases(((ONE, Compare(">", x, 0)), (Rational(-1), Compare("<", x, 0))), zero),
            Add((Bracket(Compare(">", x, 0)), Mul((Rational(-1), Bracket(Compare("<", x, 0)))))),
        ],
    }
    return place.rng.choice(table[node.name]) if node.name in table else None


def sign_times_abs(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Rational | Compare | Mul) or is_array(node, place.world):
        return None
    return Mul((Call("sign", (node,)), Call("abs", (node,))))


def exponential_rules(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Call) or not node.args:
        return None
    x = node.args[0]
    if node.name == "exp":
        options: list[Formula] = [
            Pow(Call("exp", (negative(x),)), Rational(-1)),
            Pow(Call("exp", (x / 2,)), Rational(2)),
        ]
        if isinstance(x, Add):
            options += 2 * [Mul(tuple(Call("exp", (term,)) for term in x.args))]
        return place.rng.choice(options)
    if node.name == "log" and len(node.args) == 1:
        options = []
        if isinstance(x, Mul) and all(is_positive(part, place.world) for part in x.args):
            options.append(Add(tuple(Call("log", (part,)) for part in x.args)))
        if is_positive(x, place.world):
            options.append(negative(Call("log", (Pow(x, Rational(-1)),))))
            options.append(Call("log", (Pow(x, Rational(3)),)) / 3)
        return place.rng.choice(options) if options else None
    if node.name == "sigmoid":
        minus = Call("exp", (negative(x),))
        plus = Call("exp", (x,))
        return place.rng.choice(
            [
                ONE / Add((ONE, minus)),
                plus / Add((ONE, plus)),
                ONE - Call("sigmoid", (negative(x),)),
            ]
        )
    if node.name == "tanh":
        twice = Mul((Rational(2), x))
        e = Call("exp", (twice,))
        return place.rng.choice(
            [
                Mul((Rational(2), Call("sigmoid", (twice,)))) - ONE,
                Add((e, Rational(-1))) / Add((e, ONE)),
                negative(Call("tanh", (negative(x),))),
            ]
        )
    return None


def radical_rules(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Call) and node.name == "sqrt":
        x = node.args[0]
        if isinstance(x, Mul) and all(is_nonnegative(part, place.world) for part in x.args):
            return Mul(tuple(Call("sqrt", (part,)) for part in x.args))
        if isinstance(x, Pow) and x.exponent == Rational(2):
            return Call("abs", (x.base,))
        return Pow(x, Pow(Rational(2), Rational(-1)))
    if isinstance(node, Rational) or is_array(node, place.world):
        return None
    if is_nonnegative(node, place.world):
        return Pow(Call("sqrt", (node,)), Rational(2))
    return None


def log_of_exp(node: Formula, place: Place) -> Formula | None:
    """``x -> log(exp(x))``, and ``x -> exp(log(x))`` for a positive x."""
    if isinstance(node, Rational | Compare | Bracket) or is_array(node, place.world):
        return None
    if is_positive(node, place.world):
        return Call("exp", (Call("log", (node,)),))
    return Call("log", (Call("exp", (node,)),))


def cases_rules(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Cases) or len(node.branches) != 1 or node.default is None:
        return None
    ((value, condition),) = node.branches
    if place.rng.random() < 0.5:
        return Cases(((node.default, Not(condition)),), value)
    return Add((Mul((value, Bracket(condition))), Mul((node.default, Bracket(Not(condition))))))


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


def comparison_rules(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Compare) or node.op not in _TURNED:
        return None
    a, b = node.lhs, node.rhs
    c = Rational(place.rng.choice((1, 2, 3)))
    options: list[Formula] = [
        Compare(_TURNED[node.op], b, a),
        Not(Compare(_DENIED[node.op], a, b)),
        Compare(node.op, a - b, 0),
        Compare(node.op, Mul((c, a)), Mul((c, b))),
        Compare(_TURNED[node.op], negative(a), negative(b)),
    ]
    if node.op == "<" and integers(place, a, b):
        options.append(Compare("<=", Add((a, ONE)), b))
    if node.op == "<=" and integers(place, a, b):
        options.append(Compare("<", a, Add((b, ONE))))
    return place.rng.choice(options)


ROUNDING: tuple[Rule, ...] = (
    round_shifted, ceil_is_floor, ceil_of_quotient, mod_is_remainder, nested_floor,
    floor_of_integer,
)  # fmt: skip
SIGNS: tuple[Rule, ...] = (sign_rules, sign_times_abs, cases_rules)
EXPONENTIALS: tuple[Rule, ...] = (exponential_rules, radical_rules, log_of_exp)
CONDITIONS: tuple[Rule, ...] = (comparison_rules,)
