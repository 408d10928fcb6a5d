"""Mistakes in counts of weights: taps of kernels, and channels."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context, is_number
from symcnn.diagnosis.counts import SQUARES, base_of, is_kernel
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    ONE,
    TWO,
    everywhere,
    less_a_factor,
    places,
    products,
    swapped,
    without,
)
from symcnn.formula.nodes import Formula, Pow, Rational, Symbol, mul
from symcnn.formula.traverse import free_names, substitute


def _kernel_side(key: Formula, at: Context) -> Iterator[Formula]:
    def square(node: Formula) -> bool:
        return isinstance(node, Pow) and is_kernel(node, at)

    yield from swapped(key, square, base_of)
    yield from swapped(
        key, lambda node: is_number(node, *SQUARES), lambda node: Rational(SQUARES[_whole(node)])
    )
    for node, put in products(key):
        sides = [k for k, each in enumerate(node.args) if at.plays(each, "kernel")]
        if len(sides) > 1:
            yield from (put(mul(without(node.args, place))) for place in sides)


def _whole(node: Formula) -> int:
    assert isinstance(node, Rational)
    return int(node.value)


def _no_kernel(key: Formula, at: Context) -> Iterator[Formula]:
    if at.names("in", "out", "channels", "size") or at.numeric:
        for node, put in products(key):
            kept = [each for each in node.args if not is_kernel(each, at)]
            if len(kept) < len(node.args):
                yield put(mul(kept))
        whole = everywhere(
            key, lambda node: isinstance(node, Pow) and is_kernel(node, at), lambda node: ONE
        )
        if whole != key:
            yield whole


def _kernel_cubed(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Pow) and is_kernel(node, at),
        lambda node: Pow(base_of(node), Rational(3)),
    )


def _kernel_squared(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in products(key):
        sides = [k for k, each in enumerate(node.args) if at.plays(each, "kernel")]
        if len(sides) == 1:
            place = sides[0]
            grown = Pow(node.args[place], TWO)
            yield put(mul((*node.args[:place], grown, *node.args[place + 1 :])))


def _no_name(key: Formula, at: Context, *roles: str) -> Iterator[Formula]:
    """A name of one of the roles is 1, everywhere; or a factor less in one place."""
    for name in at.names(*roles):
        if name in free_names(key):
            yield substitute(key, {name: ONE})
    yield from less_a_factor(key, lambda node: at.plays(node, *roles))
    yield from swapped(
        key,
        lambda n: isinstance(n, Pow) and n.exponent == TWO and at.plays(n.base, *roles),
        base_of,
    )


def _no_inputs(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _no_name(key, at, "in")


def _no_outputs(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _no_name(key, at, "out")


def _no_channels(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _no_name(key, at, "channels")


def _exchanged(key: Formula, at: Context) -> Iterator[Formula]:
    inputs = [n for n in at.known if "in" in at.roles(n)] or list(at.names("in"))
    outputs = [n for n in at.known if "out" in at.roles(n)] or list(at.names("out"))
    own = free_names(key)
    for one in inputs:
        for other in outputs:
            if one[:1] != other[:1] or not {one, other} & {*own}:
                continue
            yield substitute(key, {one: Symbol(other), other: Symbol(one)})
            if {one, other} <= {*own}:
                for node, put in places(key):
                    if isinstance(node, Symbol) and node.name in (one, other):
                        yield put(Symbol(other if node.name == one else one))


CHANNELS: tuple[Mistake, ...] = (
    Mistake(
        "kernel-not-squared",
        _kernel_side,
        "Only one side of the kernel was counted: a square kernel has K*K taps.",
        "فقط یک ضلع هسته به حساب آمده است: هسته‌ی مربعی `K*K` ضریب دارد.",
    ),
    Mistake(
        "kernel-forgotten",
        _no_kernel,
        "The size of the kernel is missing: every tap of it counts.",
        "اندازه‌ی هسته جا افتاده است: همه‌ی ضریب‌های هسته باید شمرده شوند.",
    ),
    Mistake(
        "kernel-cubed",
        _kernel_cubed,
        "The side of the kernel was counted three times: the kernel has two spatial directions.",
        "ضلع هسته سه بار ضرب شده است: هسته فقط دو راستای مکانی دارد.",
    ),
    Mistake(
        "kernel-squared",
        _kernel_squared,
        "The side of the kernel was squared, but here the kernel has one direction only.",
        "ضلع هسته به توان دو رسیده است، در حالی که هسته اینجا فقط یک راستا دارد.",
    ),
    Mistake(
        "input-channels-forgotten",
        _no_inputs,
        "The input channels are missing: each filter reaches over all of them.",
        "کانال‌های ورودی جا افتاده‌اند: هر فیلتر همه‌ی آن‌ها را در بر می‌گیرد.",
    ),
    Mistake(
        "output-channels-forgotten",
        _no_outputs,
        "The output channels are missing: this counts one filter, and there is one for each of"
        " them.",
        "کانال‌های خروجی جا افتاده‌اند: این برای یک فیلتر است، و هر کانال خروجی فیلتر خودش را دارد.",
    ),
    Mistake(
        "channels-exchanged",
        _exchanged,
        "Input channels and output channels have changed places somewhere.",
        "جایی کانال‌های ورودی و خروجی با هم عوض شده‌اند.",
    ),
    Mistake(
        "channels-forgotten",
        _no_channels,
        "A number of channels is missing as a factor.",
        "یکی از تعدادهای کانال به عنوان ضریب جا افتاده است.",
    ),
)
