"""Mistakes in sizes of maps: rounding, the one at the end, padding, stride."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    HALF,
    MINUS_ONE,
    ONE,
    ZERO,
    Make,
    everywhere,
    factors,
    literal,
    mentions,
    places,
    sums,
    swapped,
    without,
)
from symcnn.formula.nodes import Add, Call, Formula, Index, Pow, Symbol, add, mul, negative
from symcnn.formula.traverse import substitute


def is_rounded(node: Formula) -> bool:
    return isinstance(node, Call) and node.name in ("floor", "ceil")


def inside(node: Formula) -> Formula:
    assert isinstance(node, Call)
    return node.args[0]


def _not_rounded(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(key, is_rounded, inside)


def _up_for_down(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Call) and node.name == "floor",
        lambda node: Call("ceil", (inside(node),)),
    )


def _down_for_up(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Call) and node.name == "ceil",
        lambda node: Call("floor", (inside(node),)),
    )


def _is_step(term: Formula, at: Context) -> bool:
    """How many steps the kernel takes: something rounded, or divided by a stride."""
    return mentions(term, is_rounded) or any(
        isinstance(part, Pow) and part.exponent == MINUS_ONE for part in factors(term)
    )


def _no_one(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        for place, term in enumerate(node.args):
            others = without(node.args, place)
            if term == ONE and (any(_is_step(each, at) for each in others) or _valid(others, at)):
                yield put(add(others))


def _valid(others: tuple[Formula, ...], at: Context) -> bool:
    """The size without stride: ``N - K + 1``."""
    negatives = [each for each in others if literal(factors(each)[0]) == -1]
    return any(at.plays(factors(each)[-1], "kernel") for each in negatives)


def _one_added(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if is_rounded(node):
            yield put(Add((node, ONE)))


def _one_inside(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        rounded = [each for each in node.args if is_rounded(each)]
        if ONE in node.args and rounded:
            call = rounded[0]
            assert isinstance(call, Call)
            inner = _raised(call.args[0])
            rest = [each for each in node.args if each is not call and each != ONE]
            if inner is not None:
                yield put(add((*rest, Call(call.name, (inner,)))))
                yield put(add((*rest, Call(call.name, (inner,)), ONE)))


def _raised(quotient: Formula) -> Formula | None:
    """One more in the numerator."""
    parts = factors(quotient)
    for place, part in enumerate(parts):
        if isinstance(part, Add):
            return mul((*parts[:place], part + ONE, *parts[place + 1 :]))
    return None


def _padding_once(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("padding"):
        yield substitute(key, {name: Symbol(name) * HALF})


def _padding_sign(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("padding"):
        yield valued(key, name, negative)


def _no_padding(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("padding"):
        yield valued(key, name, lambda node: ZERO)


def valued(key: Formula, name: str, make: Make) -> Formula:
    """The name, or each member of its family, made into something else."""

    def named(node: Formula) -> bool:
        return isinstance(node, (Symbol, Index)) and node.name == name

    return everywhere(key, named, make)


def _no_stride(key: Formula, at: Context) -> Iterator[Formula]:
    names = at.names("stride")
    for name in names:
        yield valued(key, name, lambda node: ONE)
    if len(names) > 1:
        yield everywhere(key, lambda node: at.plays(node, "stride"), lambda node: ONE)
    for node, put in places(key):
        if isinstance(node, Index):
            for inner, inside_put in places(node):
                if at.plays(inner, "stride"):
                    yield put(inside_put(ONE))


def _stride_squared(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("stride"):
        yield valued(key, name, lambda node: node**2)


SIZES: tuple[Mistake, ...] = (
    Mistake(
        "padding-once",
        _padding_once,
        "The padding was counted on one side only; it is added on both.",
        "لایه‌گذاری (`padding`) فقط در یک سو حساب شده است؛ در هر دو سو افزوده می‌شود.",
    ),
    Mistake(
        "padding-sign",
        _padding_sign,
        "The padding has the wrong sign: it makes the map larger.",
        "علامت لایه‌گذاری (`padding`) برعکس است: نقشه را بزرگ‌تر می‌کند.",
    ),
    Mistake(
        "padding-forgotten",
        _no_padding,
        "The padding is missing: the map is wider by it on both sides.",
        "لایه‌گذاری (`padding`) جا افتاده است: نقشه را در هر دو سو پهن‌تر می‌کند.",
    ),
    Mistake(
        "one-forgotten",
        _no_one,
        "The one at the end is missing: the first position of the kernel counts as well.",
        "عدد یکِ پایانی جا افتاده است: نخستین موقعیت هسته هم شمرده می‌شود.",
    ),
    Mistake(
        "one-added",
        _one_added,
        "A one was added that does not belong here: were the positions counted, or the steps?",
        "یک عدد یک افزوده شده که اینجا جایی ندارد: موقعیت‌ها شمرده شده‌اند یا گام‌ها؟",
    ),
    Mistake(
        "one-inside-the-floor",
        _one_inside,
        "The one went inside the rounding: it is added after dividing, not before.",
        "عدد یک به درون گردکردن رفته است: باید پس از تقسیم افزوده شود، نه پیش از آن.",
    ),
    Mistake(
        "ceiling-for-floor",
        _up_for_down,
        "The size was rounded up (ceil_mode); here it is rounded down.",
        "اندازه رو به بالا گرد شده است (`ceil_mode`)؛ اینجا باید رو به پایین گرد شود.",
    ),
    Mistake(
        "floor-for-ceiling",
        _down_for_up,
        "The size was rounded down; here it is rounded up.",
        "اندازه رو به پایین گرد شده است؛ اینجا باید رو به بالا گرد شود.",
    ),
    Mistake(
        "floor-forgotten",
        _not_rounded,
        "The rounding is missing: where the stride does not divide, a size is still a whole"
        " number.",
        "گردکردن جا افتاده است: جایی هم که تقسیم بر گام (`stride`) باقی‌مانده دارد، اندازه عددی"
        " صحیح است.",
    ),
    Mistake(
        "stride-squared",
        _stride_squared,
        "The stride was counted twice.",
        "گام (`stride`) دو بار حساب شده است.",
    ),
    Mistake(
        "stride-forgotten",
        _no_stride,
        "The stride is missing: the kernel does not stop at every position.",
        "گام (`stride`) جا افتاده است: هسته در همه‌ی موقعیت‌ها نمی‌ایستد.",
    ),
)
