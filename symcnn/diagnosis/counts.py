"""Mistakes in counts of operations: units of work, sizes of maps, the batch."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context, is_number
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    HALF,
    MINUS_ONE,
    ONE,
    TWO,
    everywhere,
    factors,
    less_a_factor,
    places,
    products,
    sums,
    swapped,
    terms,
    without,
)
from symcnn.diagnosis.roles import OUTPUTS
from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol, add, mul
from symcnn.formula.traverse import free_names, substitute

SQUARES = {9: 3, 25: 5, 49: 7, 121: 11}

_LARGE = 1000

_ROUNDED = ("floor", "ceil")


def is_cost(key: Formula, at: Context) -> bool:
    """Whether the key counts operations: a size is a factor beside a kernel or channels."""
    if at.numeric:
        found = at.value
        return found is not None and found.denominator == 1 and abs(found) >= _LARGE
    wide = at.names("kernel", "in", "out", "channels")
    return bool(at.names("size") and wide) and any(
        is_size(factor, at) for node, _ in products(key) for factor in node.args
    )


def is_size(node: Formula, at: Context) -> bool:
    """A height or a width, or a formula for one, as a factor."""
    if isinstance(node, Pow):
        return node.exponent == TWO and is_size(node.base, at)
    return at.plays(node, "size") or _sized(node) is not None


def is_kernel(node: Formula, at: Context) -> bool:
    """A side of the kernel, its square, or a literal square such as 9."""
    match node:
        case Pow(base, exponent):
            return exponent == TWO and is_kernel(base, at)
        case Rational():
            return node.value in SQUARES
    return at.plays(node, "kernel")


def _sized(node: Formula) -> Formula | None:
    """The input size in a formula for an output size; None where it is none."""
    floors = [each for each in terms(node) if isinstance(each, Call) and each.name in _ROUNDED]
    if not floors or not isinstance(node, (Add, Call)):
        return None
    for each, _ in places(floors[0]):
        if isinstance(each, Symbol):
            return each
    return None


def _its_input(node: Formula) -> Formula:
    size = _sized(node)
    assert size is not None
    return size


def _halved(key: Formula, at: Context) -> Iterator[Formula]:
    if is_cost(key, at):
        yield key * HALF
        for node, put in sums(key):  # 2*n - 1 operations are n multiplications
            for position, term in enumerate(node.args):
                if term == MINUS_ONE and len(node.args) == 2:
                    yield put(node.args[1 - position] * HALF)


def _doubled(key: Formula, at: Context) -> Iterator[Formula]:
    if is_cost(key, at):
        yield key * TWO


def _no_first(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        for position, term in enumerate(node.args):
            rest = without(node.args, position)
            if term == MINUS_ONE and all(is_number(factors(each)[0], 2) for each in rest):
                yield put(add(rest))


def _no_size(key: Formula, at: Context) -> Iterator[Formula]:
    whole = everywhere(key, lambda node: is_size(node, at), lambda node: ONE)
    if is_cost(key, at) and whole != key:
        yield whole
    for node, put in products(key):
        kept = [each for each in node.args if not is_size(each, at)]
        if len(kept) < len(node.args):
            yield put(mul(kept))


def _one_side(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in products(key):
        sides = [place for place, each in enumerate(node.args) if is_size(each, at)]
        if len(sides) > 1:
            yield from (put(mul(without(node.args, place))) for place in sides)
    yield from swapped(key, lambda node: isinstance(node, Pow) and is_size(node, at), base_of)


def base_of(node: Formula) -> Formula:
    assert isinstance(node, Pow)
    return node.base


def _input_size(key: Formula, at: Context) -> Iterator[Formula]:
    own = free_names(key)
    for marked in (True, False):  # H_in before H
        turned = {
            name: Symbol(inner)
            for inner, outer in OUTPUTS.items()
            for name in outer
            if name in own and at.has(inner) and ("_i" in inner) == marked
        }
        if turned:
            yield substitute(key, turned)
            if len(turned) > 1:
                yield from (substitute(key, {name: new}) for name, new in turned.items())
    if isinstance(key, Mul) or not at.arrays:
        for node, put in products(key):
            for place, each in enumerate(node.args):
                inside = each.base if isinstance(each, Pow) else each
                size = _sized(inside)
                if size is not None:
                    new = Pow(size, each.exponent) if isinstance(each, Pow) else size
                    yield put(mul((*node.args[:place], new, *node.args[place + 1 :])))
        whole = everywhere(key, lambda node: _sized(node) is not None, _its_input)
        if whole != key and isinstance(key, Mul):
            yield whole


def _output_size(key: Formula, at: Context) -> Iterator[Formula]:
    own = free_names(key)
    turned = {
        name: Symbol(outer)
        for name in own
        for outer in OUTPUTS.get(name, ())
        if at.has(outer) and outer not in own and "out" in outer
    }
    if turned:
        yield substitute(key, turned)


def _no_batch(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("batch"):
        if name != "m" and is_cost(key, at) and at.names("kernel", "channels", "in", "out"):
            yield from less_a_factor(key, lambda node, name=name: node == Symbol(name))  # type: ignore[misc]


COUNTS: tuple[Mistake, ...] = (
    Mistake(
        "addition-too-many",
        _no_first,
        "One addition too many for each output: n products are joined by n - 1 additions.",
        "برای هر خروجی یک جمع زیادی شمرده شده است: `n` حاصل‌ضرب با `n - 1` جمع به هم می‌پیوندند.",
    ),
    Mistake(
        "mac-for-flop",
        _halved,
        "Multiply-accumulates (MACs) were counted where operations (FLOPs) are asked: each MAC is"
        " one multiplication and one addition.",
        "به جای عمل‌ها (`FLOP`) ضرب‌-جمع‌ها (`MAC`) شمرده شده‌اند: هر `MAC` یک ضرب و یک جمع است.",
    ),
    Mistake(
        "flop-for-mac",
        _doubled,
        "Operations (FLOPs) were counted where multiply-accumulates (MACs) are asked: a"
        " multiplication and its addition are one MAC.",
        "به جای ضرب‌-جمع‌ها (`MAC`) عمل‌ها (`FLOP`) شمرده شده‌اند: یک ضرب و جمعِ همراهش با هم یک"
        " `MAC` است.",
    ),
    Mistake(
        "input-size-for-output-size",
        _input_size,
        "The size of the input stands where the size of the output belongs: a kernel is applied"
        " once for each position of the output.",
        "اندازه‌ی ورودی به جای اندازه‌ی خروجی آمده است: هسته برای هر موقعیتِ خروجی یک بار"
        " اعمال می‌شود.",
    ),
    Mistake(
        "output-size-for-input-size",
        _output_size,
        "The size of the output stands where the size of the input belongs.",
        "اندازه‌ی خروجی به جای اندازه‌ی ورودی آمده است.",
    ),
    Mistake(
        "one-side-of-the-map",
        _one_side,
        "Only one side of the feature map was counted: it has a height and a width.",
        "فقط یک ضلع نقشه‌ی ویژگی به حساب آمده است: نقشه هم ارتفاع دارد و هم عرض.",
    ),
    Mistake(
        "map-size-forgotten",
        _no_size,
        "The size of the feature map is missing: the work is done at each of its positions.",
        "اندازه‌ی نقشه‌ی ویژگی جا افتاده است: محاسبه در تک‌تک موقعیت‌های آن انجام می‌شود.",
    ),
    Mistake(
        "batch-forgotten",
        _no_batch,
        "The batch is missing: the work is done for each image in it.",
        "اندازه‌ی دسته جا افتاده است: محاسبه برای هر تصویرِ دسته انجام می‌شود.",
    ),
)
