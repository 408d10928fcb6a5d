"""Mistakes in the initialisation of weights: which fan, the factor of ReLU, bound or deviation."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context, is_number
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    HALF,
    MINUS_ONE,
    ONE,
    TWO,
    factors,
    mentions,
    places,
    sums,
    without,
)
from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol, add, mul
from symcnn.formula.traverse import free_names, substitute

_ROUNDED = ("floor", "ceil")
_THREE = Call("sqrt", (Rational(3),))


def _is_start(key: Formula, at: Context) -> bool:
    """A variance or deviation of weights: something over a fan."""
    if isinstance(key, Add) or any(
        isinstance(node, Call) and node.name in _ROUNDED for node, _ in places(key)
    ):
        return False
    return any(
        isinstance(node, Pow) and node.exponent == MINUS_ONE and _counts_fan(node.base, at)
        for node, _ in places(key)
    )


def _counts_fan(node: Formula, at: Context) -> bool:
    roles = ("fan_in", "fan_out", "in", "out", "channels", "kernel", "size")
    return at.numeric or mentions(node, lambda each: at.plays(each, *roles))


def _other_fan(key: Formula, at: Context) -> Iterator[Formula]:
    if not _is_start(key, at) or any(isinstance(part, Add) for part in factors(key)):
        return
    own = free_names(key)
    pairs = (
        ("fan_in", "fan_out"), ("n_in", "n_out"), ("C_in", "C_out"), ("c_in", "c_out"),
        ("in_channels", "out_channels"), ("n_i", "n_o"), ("in_features", "out_features"),
    )  # fmt: skip
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if one in own and other not in own and at.has(other):
                yield substitute(key, {one: Symbol(other)})


def _is_fan(node: Formula, at: Context) -> bool:
    return at.plays(node, "fan_in", "fan_out") or (
        isinstance(node, Mul) and any(at.plays(part, "fan_in", "fan_out") for part in node.args)
    )


def _one_fan(key: Formula, at: Context) -> Iterator[Formula]:
    if not _is_start(key, at):
        return
    for node, put in sums(key):
        if len(node.args) == 2 and all(_is_fan(term, at) for term in node.args):
            yield from (put(term) for term in node.args)


def _mean_fan(key: Formula, at: Context) -> Iterator[Formula]:
    if not _is_start(key, at):
        return
    for node, put in sums(key):
        if len(node.args) == 2 and all(_is_fan(term, at) for term in node.args):
            yield put(node * HALF)


def _no_two(key: Formula, at: Context) -> Iterator[Formula]:
    if not _is_start(key, at):
        return
    for node, put in places(key):
        if isinstance(node, Mul):
            for place, part in enumerate(node.args):
                over = any(isinstance(each, Pow) for each in node.args)
                if part == Call("sqrt", (TWO,)) or (part == TWO and over):
                    yield put(mul(without(node.args, place)))


def _two(key: Formula, at: Context) -> Iterator[Formula]:
    if not _is_start(key, at) or not at.names("fan_in", "fan_out", "in", "out"):
        return
    for node, put in places(key):
        if isinstance(node, Pow) and node.exponent == MINUS_ONE:
            yield put(node * TWO)


def _bound(key: Formula, at: Context) -> Iterator[Formula]:
    if _is_start(key, at):
        yield key * _THREE
        yield key * Rational(3)


def _no_bound(key: Formula, at: Context) -> Iterator[Formula]:
    if not _is_start(key, at):
        return
    for node, put in places(key):
        if is_number(node, 6):
            yield put(TWO)
        elif is_number(node, 3):
            yield put(ONE)


def _rooted_apart(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if isinstance(node, Call) and node.name == "sqrt" and isinstance(node.args[0], Add):
            yield put(add(Call("sqrt", (term,)) for term in node.args[0].args))
        elif isinstance(node, Call) and node.name == "sqrt" and isinstance(node.args[0], Mul):
            parts = node.args[0].args
            for place, part in enumerate(parts):
                if isinstance(part, Pow) and part.exponent == MINUS_ONE:
                    over = part.base
                    inside = Call("sqrt", (mul(without(parts, place)),))
                    if isinstance(over, Add):
                        roots = add(Call("sqrt", (term,)) for term in over.args)
                        yield put(inside / roots)


INITIALISATION: tuple[Mistake, ...] = (
    Mistake(
        "other-fan",
        _other_fan,
        "The other fan was taken: inputs and outputs of a unit are counted differently.",
        "`fan` دیگر به کار رفته است: ورودی‌ها (`fan_in`) و خروجی‌ها (`fan_out`) یکی نیستند.",
    ),
    Mistake(
        "fan-sum-forgotten",
        _one_fan,
        "Only one of fan_in and fan_out was counted; here their sum belongs.",
        "فقط یکی از `fan_in` و `fan_out` به حساب آمده است؛ اینجا مجموع آن‌ها لازم است.",
    ),
    Mistake(
        "fan-mean",
        _mean_fan,
        "The mean of fan_in and fan_out stands where their sum belongs.",
        "میانگین `fan_in` و `fan_out` به جای مجموع آن‌ها آمده است.",
    ),
    Mistake(
        "relu-factor-forgotten",
        _no_two,
        "The factor 2 is missing: ReLU lets only half of the power through.",
        "ضریب `2` جا افتاده است: `ReLU` فقط نیمی از توان را عبور می‌دهد.",
    ),
    Mistake(
        "relu-factor-added",
        _two,
        "A factor 2 was added that belongs to ReLU, which halves the power; nothing does so here.",
        "ضریب `2` افزوده شده است که به `ReLU` تعلق دارد؛ اینجا چیزی توان را نصف نمی‌کند.",
    ),
    Mistake(
        "deviation-for-bound",
        _no_bound,
        "This is the standard deviation; the bound of a uniform distribution is wider.",
        "این انحراف معیار است؛ کران توزیع یکنواخت بزرگ‌تر از آن است.",
    ),
    Mistake(
        "bound-for-deviation",
        _bound,
        "This is the bound of a uniform distribution; its standard deviation is smaller.",
        "این کران توزیع یکنواخت است؛ انحراف معیار آن کوچک‌تر است.",
    ),
    Mistake(
        "root-of-each-part",
        _rooted_apart,
        "The root of a sum was taken term by term: a root does not go through a sum.",
        "ریشه‌ی یک مجموع جمله‌به‌جمله گرفته شده است: ریشه روی جمع پخش نمی‌شود.",
    ),
)
