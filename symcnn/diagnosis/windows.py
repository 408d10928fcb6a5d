"""Mistakes with dilated kernels, and with sizes of transposed convolutions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    MINUS_ONE,
    ONE,
    ZERO,
    expanded,
    factors,
    places,
    sums,
    terms,
    tidy,
    without,
)
from symcnn.diagnosis.sizes import inside, is_rounded, valued
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Symbol, add, mul, negative
from symcnn.formula.traverse import substitute

Wrong: TypeAlias = Callable[[Formula, Formula], tuple[Formula, ...]]


def _no_dilation(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("dilation"):
        yield valued(key, name, lambda node: ONE)


def _corrected(key: Formula, at: Context, wrong: Wrong) -> Iterator[Formula]:
    """``D*(K - 1) + 1``, however it is spelled, becomes another formula in D and K."""
    for dilation in at.names("dilation"):
        for kernel in at.names("kernel"):
            d, k = Symbol(dilation), Symbol(kernel)
            right = d * (k + MINUS_ONE) + ONE
            for node, put in places(key):
                if not isinstance(node, Add) and node is not key:
                    continue
                sign = _coefficient(node, d, k)
                if sign:
                    for each in wrong(d, k):
                        more = each + negative(right)
                        yield put(node + (more if sign > 0 else negative(more)))
                    break


def _coefficient(node: Formula, d: Formula, k: Formula) -> int:
    """The sign with which ``D*K`` occurs among the terms; 0 where it does not."""
    flat = tidy(node)
    wide = expanded(flat)
    for term in terms(flat if wide is None else wide):
        parts = [part for part in factors(term) if part != MINUS_ONE]
        if sorted(map(repr, parts)) == sorted(map(repr, (d, k))):
            return -1 if len(parts) < len(factors(term)) else 1
    return 0


def _dilated(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _corrected(key, at, lambda d, k: (d * k, d * k + ONE))


def _dilated_slip(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _corrected(
        key,
        at,
        lambda d, k: (
            d * (k + MINUS_ONE),
            (d + ONE) * (k + MINUS_ONE) + ONE,
            (d + MINUS_ONE) * (k + MINUS_ONE) + ONE,
            k + d + MINUS_ONE,
            k + d,
            k * (d + MINUS_ONE) + ONE,
            k + k * (d + MINUS_ONE),
        ),
    )


def _transposed(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if not (isinstance(node, Add) and ONE in node.args and len(node.args) == 2):
            continue
        [steps] = without(node.args, node.args.index(ONE))
        found = inside(steps) if is_rounded(steps) else steps
        parts = factors(found)
        if not parts or not isinstance(parts[0], Add):
            continue
        size, rest = parts[0].args[0], parts[0].args[1:]
        below = mul(part.base for part in parts[1:] if isinstance(part, Pow))
        if rest and isinstance(size, (Symbol, Index)):
            yield put((size + MINUS_ONE) * below + negative(add(rest)))


def _forward(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        for place, term in enumerate(node.args):
            parts = factors(term)
            below = [part for part in parts if at.plays(part, "stride")]
            inner = [part for part in parts if isinstance(part, Add) and MINUS_ONE in part.args]
            if len(parts) == 2 and below and inner:
                size = add(each for each in terms(inner[0]) if each != MINUS_ONE)
                rest = [
                    each
                    for each in without(node.args, place)
                    if not at.plays(each, "output_padding")
                ]
                span = add((size, negative(add(rest))))
                yield put(Call("floor", (span / below[0],)) + ONE)
                yield put(span / below[0] + ONE)


def _no_output_padding(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("output_padding"):
        yield substitute(key, {name: ZERO})


def _whole_size(key: Formula, at: Context) -> Iterator[Formula]:
    """``(H - 1)*S`` becomes ``H*S``."""
    for node, put in places(key):
        if isinstance(node, Mul) and any(at.plays(part, "stride") for part in node.args):
            for place, part in enumerate(node.args):
                if isinstance(part, Add) and len(part.args) == 2 and MINUS_ONE in part.args:
                    kept = add(each for each in part.args if each != MINUS_ONE)
                    if at.plays(kept, "size"):
                        yield put(mul((*node.args[:place], kept, *node.args[place + 1 :])))


WINDOWS: tuple[Mistake, ...] = (
    Mistake(
        "output-padding-forgotten",
        _no_output_padding,
        "The output padding is missing: a transposed convolution adds it at the end.",
        "`output_padding` جا افتاده است: کانولوشن ترانهاده آن را در پایان می‌افزاید.",
    ),
    Mistake(
        "transposed-size-for-size",
        _transposed,
        "This is the size of a transposed convolution; here a convolution makes the map smaller.",
        "این اندازه‌ی خروجیِ کانولوشن ترانهاده است؛ اینجا کانولوشن معمولی نقشه را کوچک می‌کند.",
    ),
    Mistake(
        "size-for-transposed-size",
        _forward,
        "This is the size of a convolution; here a transposed convolution goes the other way.",
        "این اندازه‌ی خروجیِ کانولوشن معمولی است؛ کانولوشن ترانهاده در جهت عکس می‌رود.",
    ),
    Mistake(
        "transposed-one-forgotten",
        _whole_size,
        "One step too many: between n positions there are n - 1 steps of the stride.",
        "یک گام زیادی است: میان `n` موقعیت `n - 1` گام به اندازه‌ی `stride` هست.",
    ),
    Mistake(
        "effective-kernel",
        _dilated,
        "The dilated kernel is too long by its last gap: there are gaps between taps, none after"
        " the last one.",
        "هسته‌ی متسع (`dilated`) به اندازه‌ی فاصله‌ی آخر بلندتر شده است: فاصله میان ضریب‌هاست، نه"
        " پس از آخرین ضریب.",
    ),
    Mistake(
        "dilation-slip",
        _dilated_slip,
        "The length of the dilated kernel is off: think of its taps, and of the gaps between them.",
        "طول هسته‌ی متسع (`dilated`) درست نیست: به ضریب‌ها و به فاصله‌های میان آن‌ها فکر کنید.",
    ),
    Mistake(
        "dilation-forgotten",
        _no_dilation,
        "The dilation is missing: it spreads the taps of the kernel.",
        "اتساع (`dilation`) جا افتاده است: ضریب‌های هسته را از هم دور می‌کند.",
    ),
)
