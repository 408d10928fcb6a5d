"""Mistakes with signs, absolute values and activations."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import MINUS_ONE, ONE, TWO, ZERO, factors, places, sums, swapped
from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import Bracket, Cases, Compare
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    Unknown,
    mul,
    negative,
)  # fmt: skip

_ACTIVATED = ("relu", "sigmoid", "tanh")
_DERIVED = ("dphi", "phi_prime", "df", "dsigma", "relu_prime", "f_prime", "sigma_prime")


def _all_turned(key: Formula, at: Context) -> Iterator[Formula]:
    if isinstance(key, Mul) and key.args[0] == MINUS_ONE:
        yield mul(key.args[1:])
    elif not isinstance(key, (Array, Table)):
        yield negative(key)


def _is_sign(node: Formula, at: Context) -> bool:
    match node:
        case Call("sign", _):
            return True
        case Mul((a, Pow(Call("abs", (b,)), exponent))):
            return a == b and exponent == MINUS_ONE
    return False


def _no_sign(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(key, lambda node: _is_sign(node, at), lambda node: ONE)
    for node, put in places(key):
        if isinstance(node, Call) and node.name == "sqrt":
            out, under = [], []
            for part in factors(node.args[0]):
                square = isinstance(part, Pow) and part.exponent == TWO
                if square and not _nonnegative(part.base, at):  # type: ignore[attr-defined]
                    out.append(part.base)  # type: ignore[attr-defined]
                else:
                    under.append(part)
            if out:
                yield put(mul((*out, Call("sqrt", (mul(under),))) if under else out))


def _nonnegative(node: Formula, at: Context) -> bool:
    if not isinstance(node, Symbol):
        return False
    domain = at.given.domain(node.name)
    low = None if domain is None else domain.low
    return isinstance(low, Rational) and low.value >= 0


def _no_bars(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Call) and node.name == "abs",
        lambda node: node.children()[0],
    )


def _bars(key: Formula, at: Context) -> Iterator[Formula]:
    for name in ("alpha", "a", "gamma", "c"):
        here = Symbol(name)
        if at.has(name) and not _nonnegative(here, at):
            for node, put in places(key):
                if node == here:
                    yield put(Call("abs", (here,)))


def _one_turned(key: Formula, at: Context) -> Iterator[Formula]:
    for total, put in sums(key):
        for place, term in enumerate(total.args):
            yield put(Add((*total.args[:place], _turned(term), *total.args[place + 1 :])))
    for node, put in places(key):
        if isinstance(node, Mul) and node is not key and node.args[0] == MINUS_ONE:
            yield put(mul(node.args[1:]))
        elif isinstance(node, Call) and node.name in ("exp", "sigmoid", "tanh", "sign"):
            yield put(Call(node.name, (_turned(node.args[0]),)))


def _turned(term: Formula) -> Formula:
    parts = factors(term)
    if isinstance(parts[0], Rational) and parts[0].value < 0:
        first = Rational(-parts[0].value, parts[0].places)
        return mul(parts[1:] if first == ONE and len(parts) > 1 else (first, *parts[1:]))
    return negative(term)


def _is_slope(node: Formula) -> bool:
    """The derivative of an activation: a step at 0, or a derivative of an unknown function."""
    match node:
        case Unknown(_, _, orders):
            return any(orders)
        case Bracket(Compare(op, lhs, rhs)):
            return op in (">", ">=", "<", "<=") and ZERO in (lhs, rhs) and lhs != rhs
        case Cases(branches, default):
            values = [value for value, _ in branches]
            values += [] if default is None else [default]
            return bool(values) and all(isinstance(each, Rational) for each in values)
        case Symbol(name) | Index(name, _):
            return name in _DERIVED
    return False


def _no_slope(key: Formula, at: Context) -> Iterator[Formula]:
    if not _is_slope(key):
        yield from swapped(key, _is_slope, lambda node: ONE)


def _no_activation(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Call) and node.name in _ACTIVATED,
        lambda node: node.children()[0],
    )


def _tie(key: Formula, at: Context) -> Iterator[Formula]:
    other = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}

    def moved(node: Formula) -> Formula:
        assert isinstance(node, Compare)
        return Compare(other[node.op], node.lhs, node.rhs)

    yield from swapped(key, lambda node: isinstance(node, Compare) and node.op in other, moved)


def _least(key: Formula, at: Context) -> Iterator[Formula]:
    other = {"max": "min", "min": "max"}

    def turned(node: Formula) -> Formula:
        assert isinstance(node, Call)
        return Call(other[node.name], node.args)

    yield from swapped(key, lambda node: isinstance(node, Call) and node.name in other, turned)


SIGNS: tuple[Mistake, ...] = (
    Mistake(
        "activation-derivative-forgotten",
        _no_slope,
        "The derivative of the activation is missing as a factor of the chain rule.",
        "مشتق تابع فعال‌سازی به عنوان عاملی از قاعده‌ی زنجیری جا افتاده است.",
    ),
    Mistake(
        "sign-function-lost",
        _no_sign,
        "A sign was lost: the root of a square is an absolute value, so the sign of the factor"
        " stays.",
        "یک علامت از دست رفته است: ریشه‌ی مربع قدر مطلق است و علامتِ ضریب باقی می‌ماند.",
    ),
    Mistake(
        "absolute-value-lost",
        _no_bars,
        "An absolute value was lost: think of a negative number there.",
        "یک قدر مطلق از دست رفته است: آنجا یک عدد منفی را در نظر بگیرید.",
    ),
    Mistake(
        "absolute-value-added",
        _bars,
        "An absolute value stands where the sign matters.",
        "قدر مطلق جایی آمده است که علامت اهمیت دارد.",
    ),
    Mistake(
        "sign-lost",
        _all_turned,
        "The sign of the whole answer is turned.",
        "علامتِ کلِ پاسخ برعکس است.",
    ),
    Mistake(
        "sign-of-a-term",
        _one_turned,
        "One term has the wrong sign.",
        "علامت یکی از جمله‌ها برعکس است.",
        general=True,
    ),
    Mistake(
        "tie",
        _tie,
        "What happens at a tie or at the edge is different: compare < with <=.",
        "رفتار در حالت تساوی یا در مرز فرق دارد: `<` و `<=` را با هم مقایسه کنید.",
    ),
    Mistake(
        "maximum-for-minimum",
        _least,
        "A maximum and a minimum were taken for each other.",
        "بیشینه و کمینه به جای هم آمده‌اند.",
    ),
    Mistake(
        "activation-forgotten",
        _no_activation,
        "The activation is missing: it acts on what is there before it goes on.",
        "تابع فعال‌سازی جا افتاده است: باید پیش از ادامه بر مقدار اعمال شود.",
    ),
)
