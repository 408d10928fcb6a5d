"""Mistakes in receptive fields and jumps, in the limits of sums, and in counts of layers."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    MINUS_ONE,
    ONE,
    everywhere,
    factors,
    mentions,
    places,
    sums,
    swapped,
    without,
)
from symcnn.formula.binders import Binder, Product, Sum
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Symbol, add, mul
from symcnn.formula.traverse import free_names, substitute


def _less_one(node: Formula, at: Context) -> bool:
    """``K - 1``: what a layer adds to the reach, in steps."""
    return (
        isinstance(node, Add)
        and len(node.args) == 2
        and MINUS_ONE in node.args
        and any(at.plays(each, "kernel") for each in node.args)
    )


def _is_reach(key: Formula, at: Context) -> bool:
    """A receptive field: kernels less one, and neither padding nor rounding."""
    if at.names("padding", "dilation") or mentions(key, lambda node: isinstance(node, Call)):
        return False
    return any(_less_one(node, at) for node, _ in places(key, limits=False))


def _moved(node: Formula, low: int, high: int) -> Formula:
    assert isinstance(node, Binder)
    assert node.low is not None and node.high is not None
    return type(node)(node.body, node.variable, _plus(node.low, low), _plus(node.high, high))


def _plus(end: Formula, step: int) -> Formula:
    if not step:
        return end
    if step > 0 and isinstance(end, Add) and MINUS_ONE in end.args:
        return add(without(end.args, end.args.index(MINUS_ONE)))
    return end + step


def _bounded(node: Formula) -> bool:
    return isinstance(node, Binder) and node.low is not None


def _own_stride(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if not isinstance(node, Sum):
            continue
        inner = [
            (each, inner_put) for each, inner_put in places(node.body) if isinstance(each, Product)
        ]
        for each, inner_put in inner:
            if _bounded(each):
                body = inner_put(_moved(each, 0, 1))
                yield put(Sum(body, node.variable, node.low, node.high))
        if not inner and mentions(node.body, lambda each: _less_one(each, at)):
            for name in at.names("stride"):
                grown = mul((node.body, Symbol(name)))
                yield put(Sum(grown, node.variable, node.low, node.high))
    yield from _own_strides_written_out(key, at)


def _own_strides_written_out(key: Formula, at: Context) -> Iterator[Formula]:
    """``(k_3 - 1)*s_1*s_2`` times ``s_3``, in all terms for which there is such a stride."""
    for node, put in sums(key):
        parts = []
        for term in node.args:
            own = _own(term, at)
            parts.append(term if own is None else mul((*factors(term), own)))
        if any(new is not old for new, old in zip(parts, node.args, strict=True)):
            yield put(Add(tuple(parts)))


def _own(term: Formula, at: Context) -> Formula | None:
    for part in factors(term):
        if _less_one(part, at):
            assert isinstance(part, Add)
            [kernel] = [each for each in part.args if each != MINUS_ONE]
            if isinstance(kernel, Symbol) and "_" in kernel.name:
                number = kernel.name.rpartition("_")[2]
                for base in ("s", "S"):
                    if number.isdigit() and at.has(f"{base}_{number}"):
                        return Symbol(f"{base}_{number}")
            elif isinstance(kernel, Index):
                strides = at.names("stride")
                return Index(strides[0], kernel.indices) if strides else None
    return None


def _first_pixel(key: Formula, at: Context) -> Iterator[Formula]:
    if _is_reach(key, at):
        for node, put in sums(key):
            if ONE in node.args:
                yield put(add(without(node.args, node.args.index(ONE))))


def _kernel_not_reduced(key: Formula, at: Context) -> Iterator[Formula]:
    def kept(node: Formula) -> Formula:
        assert isinstance(node, Add)
        return add(each for each in node.args if each != MINUS_ONE)

    if not _is_reach(key, at):
        return
    chosen = [(n, put) for n, put in places(key, limits=False) if _less_one(n, at)]
    found = [put(kept(node)) for node, put in chosen]
    if len(found) > 1:
        found.append(everywhere(key, lambda node: _less_one(node, at), kept))
    yield from found
    for each in found:  # the sum of the kernels, without the first pixel
        for node, put in sums(each):
            if ONE in node.args:
                yield put(add(without(node.args, node.args.index(ONE))))


def _strides_added(key: Formula, at: Context) -> Iterator[Formula]:
    def added(node: Formula) -> Formula:
        assert isinstance(node, Product)
        return Sum(node.body, node.variable, node.low, node.high)

    yield from swapped(key, lambda node: isinstance(node, Product), added)
    for node, put in places(key):
        if isinstance(node, Pow) and at.plays(node.base, "stride"):
            yield put(mul((node.base, node.exponent)))


def _no_product(key: Formula, at: Context) -> Iterator[Formula]:
    if isinstance(key, Product):
        return
    yield from swapped(key, lambda node: isinstance(node, Product), lambda node: ONE)


def _upper(key: Formula, at: Context) -> Iterator[Formula]:
    for step in (-1, 1):
        yield from swapped(key, _bounded, lambda node, step=step: _moved(node, 0, step))  # type: ignore[misc]


def _lower(key: Formula, at: Context) -> Iterator[Formula]:
    for step in (1, -1):
        yield from swapped(key, _bounded, lambda node, step=step: _moved(node, step, 0))  # type: ignore[misc]


def _both(key: Formula, at: Context) -> Iterator[Formula]:
    for step in (1, -1):
        yield from swapped(key, _bounded, lambda node, step=step: _moved(node, step, step))  # type: ignore[misc]


def _layers(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("layers"):
        for step in (-1, 1):
            yield substitute(key, {name: Symbol(name) + step})
    for node, put in places(key):
        if isinstance(node, Pow) and free_names(node.exponent):
            for step in (-1, 1):
                yield put(Pow(node.base, _plus(node.exponent, step)))


def _sum_to(key: Formula, at: Context) -> Iterator[Formula]:
    """``L*(L - 1)/2`` for ``L*(L + 1)/2``, and the other way round."""
    for node, put in places(key):
        if not isinstance(node, Mul):
            continue
        for place, part in enumerate(node.args):
            if not (isinstance(part, Add) and len(part.args) == 2):
                continue
            for one, other in ((ONE, MINUS_ONE), (MINUS_ONE, ONE)):
                if one in part.args:
                    [name] = without(part.args, part.args.index(one))
                    if isinstance(name, Symbol) and name in node.args:
                        new = name + other
                        yield put(mul((*node.args[:place], new, *node.args[place + 1 :])))


REACH: tuple[Mistake, ...] = (
    Mistake(
        "own-stride",
        _own_stride,
        "A layer's own stride is in its jump: only the strides of the layers before it belong"
        " there.",
        "گام خودِ لایه در جهش آن ضرب شده است: فقط گام لایه‌های پیش از آن به حساب می‌آید.",
    ),
    Mistake(
        "first-pixel-forgotten",
        _first_pixel,
        "The one at the start is missing: a single output sees at least one pixel.",
        "عدد یکِ آغازین جا افتاده است: هر خروجی دست‌کم یک پیکسل را می‌بیند.",
    ),
    Mistake(
        "kernel-not-reduced",
        _kernel_not_reduced,
        "The whole kernel was added; a layer widens the field by one less than its kernel.",
        "تمام هسته افزوده شده است؛ هر لایه میدان دید را یکی کمتر از اندازه‌ی هسته بزرگ می‌کند.",
    ),
    Mistake(
        "strides-added",
        _strides_added,
        "The strides were added; one after the other, they multiply.",
        "گام‌ها با هم جمع شده‌اند؛ گام‌های پیاپی در هم ضرب می‌شوند.",
    ),
    Mistake(
        "strides-ignored",
        _no_product,
        "The strides of the layers before are missing: they make every further step longer.",
        "گام لایه‌های پیشین جا افتاده است: آن‌ها هر گام بعدی را بلندتر می‌کنند.",
    ),
    Mistake(
        "layer-off-by-one",
        _layers,
        "One layer too many or too few was counted.",
        "یک لایه کم یا زیاد شمرده شده است.",
    ),
    Mistake(
        "sum-to-the-wrong-layer",
        _sum_to,
        "The sum 1 + 2 + ... stops one too late or one too early.",
        "مجموع `1 + 2 + ...` یکی دیرتر یا یکی زودتر تمام شده است.",
    ),
    Mistake(
        "limits-shifted",
        _both,
        "Both limits are shifted by one: does counting start at 0 or at 1?",
        "هر دو کران یک واحد جابه‌جا شده‌اند: شمارش از `0` آغاز می‌شود یا از `1`؟",
    ),
    Mistake(
        "upper-limit",
        _upper,
        "The upper limit of a sum or product is off by one.",
        "کران بالای یک مجموع یا حاصل‌ضرب یک واحد خطا دارد.",
    ),
    Mistake(
        "lower-limit",
        _lower,
        "The lower limit of a sum or product is off by one.",
        "کران پایین یک مجموع یا حاصل‌ضرب یک واحد خطا دارد.",
    ),
)
