"""Mistakes with indices: flipped kernels, correlation, strides on taps, indices lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    MINUS_ONE,
    ONE,
    ZERO,
    factors,
    literal,
    places,
    terms,
)
from symcnn.formula.arrays import Table
from symcnn.formula.binders import Sum
from symcnn.formula.nodes import Formula, Index, Symbol, add, mul, negative
from symcnn.formula.traverse import free_names, transform


def _flipped(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if isinstance(node, Sum) and node.low is not None and node.high is not None:
            tap = Symbol(node.variable)
            turned = add((node.low, node.high, negative(tap)))
            for name in _families(node.body):
                body = transform(node.body, partial(_tap_turned, name, tap, turned))
                if body != node.body:
                    yield put(Sum(body, node.variable, node.low, node.high))
        elif isinstance(node, Table) and len(node.size) == 2:
            yield put(_rows_flipped(node))


def _tap_turned(name: str, tap: Symbol, turned: Formula, node: Formula) -> Formula:
    """A member of the kernel counted from its other end."""
    if not isinstance(node, Index) or node.name != name:
        return node
    return Index(name, tuple(turned if index == tap else index for index in node.indices))


def _rows_flipped(node: Table) -> Table:
    """Each row with what is not 0 in reverse order, at the same places."""
    rows, columns = node.size
    entries = list(node.entries)
    for row in range(rows):
        filled = [
            place
            for place in range(row * columns, (row + 1) * columns)
            if node.entries[place] != ZERO
        ]
        for place, other in zip(filled, reversed(filled), strict=True):
            entries[place] = node.entries[other]
    return Table(node.size, tuple(entries))


def _families(body: Formula) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.name for n, _ in places(body) if isinstance(n, Index)))


def _with_index(node: Index, place: int, new: Formula) -> Index:
    return Index(node.name, (*node.indices[:place], new, *node.indices[place + 1 :]))


def _signs(key: Formula, wanted: int) -> Iterator[Formula]:
    """One term of an index with the other sign; the whole index too."""
    for node, put in places(key):
        if not isinstance(node, Index):
            continue
        for place, index in enumerate(node.indices):
            parts = terms(index)
            if len(parts) < 2:
                continue
            for position, term in enumerate(parts):
                sign = -1 if (literal(factors(term)[0]) or ONE.value) < 0 else 1
                if sign == wanted and free_names(term):
                    other = _opposite(term)
                    new = add((*parts[:position], other, *parts[position + 1 :]))
                    yield put(_with_index(node, place, new))
            if wanted < 0:
                yield put(_with_index(node, place, add(_opposite(term) for term in parts)))


def _opposite(term: Formula) -> Formula:
    parts = factors(term)
    if parts[0] == MINUS_ONE:
        return mul(parts[1:])
    return negative(term)


def _convolution(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _signs(key, 1)


def _correlation(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _signs(key, -1)


def _stride_on_tap(key: Formula, at: Context) -> Iterator[Formula]:
    """``S*o + j`` becomes ``o + S*j`` or ``S*(o + j)``; so with a dilation."""
    for node, put in places(key):
        if not isinstance(node, Index):
            continue
        for place, index in enumerate(node.indices):
            parts = terms(index)
            for position, term in enumerate(parts):
                own = [each for each in factors(term) if at.plays(each, "stride", "dilation")]
                if not own or len(factors(term)) < 2:
                    continue
                bare = mul(each for each in factors(term) if each != own[0])
                for other, tap in enumerate(parts):
                    if other == position or not free_names(tap):
                        continue
                    kept = [each for k, each in enumerate(parts) if k not in (position, other)]
                    moved = mul((own[0], *factors(tap)))
                    yield put(_with_index(node, place, add((bare, moved, *kept))))
                    yield put(_with_index(node, place, add((term, moved, *kept))))


def _index_lost(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if isinstance(node, Index):
            for place, index in enumerate(node.indices):
                parts = terms(index)
                for position, term in enumerate(parts):
                    if len(parts) > 1 and isinstance(term, Symbol):
                        new = add((*parts[:position], *parts[position + 1 :]))
                        yield put(_with_index(node, place, new))


def _exchanged(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if isinstance(node, Index) and len(node.indices) == 2:
            yield put(Index(node.name, node.indices[::-1]))
            first, second = node.indices
            lost, other = terms(first), terms(second)
            if len(lost) == len(other) == 2:
                yield put(Index(node.name, (lost[0] + other[1], other[0] + lost[1])))


INDICES: tuple[Mistake, ...] = (
    Mistake(
        "flipped-kernel",
        _flipped,
        "The kernel is flipped: its taps run in the opposite order here.",
        "هسته برعکس شده است: ترتیب ضریب‌های آن اینجا باید وارونه‌ی این باشد.",
    ),
    Mistake(
        "stride-on-the-wrong-index",
        _stride_on_tap,
        "The stride moves the window, the dilation spreads the taps: one of them multiplies the"
        " wrong index.",
        "گام (`stride`) پنجره را جابه‌جا می‌کند و اتساع (`dilation`) ضریب‌های هسته را از هم دور می‌کند:"
        " یکی از آن‌ها در اندیس نادرستی ضرب شده است.",
    ),
    Mistake(
        "convolution-for-correlation",
        _convolution,
        "An index has the wrong sign: this is a convolution (minus), and a correlation (plus) is"
        " asked.",
        "علامت یک اندیس درست نیست: این کانولوشن (منفی) است و همبستگی (مثبت) خواسته شده است.",
    ),
    Mistake(
        "correlation-for-convolution",
        _correlation,
        "An index has the wrong sign: this is a correlation (plus), and a convolution (minus) is"
        " asked.",
        "علامت یک اندیس درست نیست: این همبستگی (مثبت) است و کانولوشن (منفی) خواسته شده است.",
    ),
    Mistake(
        "indices-exchanged",
        _exchanged,
        "Two indices have changed places: which of them counts what?",
        "جای دو اندیس با هم عوض شده است: هر کدام چه چیزی را می‌شمارد؟",
    ),
    Mistake(
        "index-lost",
        _index_lost,
        "A part of an index is missing: the window does not move, or its taps do not.",
        "بخشی از یک اندیس جا افتاده است: پنجره یا ضریب‌های هسته جابه‌جا نمی‌شوند.",
    ),
)
