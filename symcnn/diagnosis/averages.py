"""Mistakes with means and variances: what divides them, and gradients that go through them."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    MINUS_ONE,
    ONE,
    TWO,
    factors,
    less_a_term,
    mentions,
    places,
    sums,
    swapped,
    without,
)
from symcnn.formula.binders import Binder, Sum
from symcnn.formula.conditions import Bracket
from symcnn.formula.nodes import Add, Formula, Index, Mul, Pow, Symbol, add, mul


def _members(node: Formula) -> int:
    """How many members of families, or normalised names, are factors: outside of sums."""
    found = 0
    for part in factors(node):
        if isinstance(part, Pow) and part.exponent == TWO:
            found += 2 * _members(part.base)
        elif isinstance(part, Add):
            found += any(isinstance(each, (Index, Symbol)) for each in part.args)
        else:
            found += isinstance(part, Index) or (isinstance(part, Symbol) and "hat" in part.name)
    return found


def _sums_in(term: Formula) -> list[Sum]:
    return [node for node, _ in places(term) if isinstance(node, Sum)]


def _paths(node: Add, at: Context) -> tuple[list[Formula], list[Formula]]:
    """The terms that go back through the mean, and through the variance."""
    mean: list[Formula] = []
    variance: list[Formula] = []
    if len(node.args) < 3:
        return mean, variance
    for term in node.args:
        inner = _sums_in(term)
        if inner:
            weighted = any(_members(each.body) > 1 for each in inner)
            (variance if weighted else mean).append(term)
        elif any(isinstance(n, Bracket) for n, _ in places(term)) or term == ONE:
            continue
        elif _over_batch(term, at):
            (variance if _members(term) > 1 else mean).append(term)
    return mean, variance


def _over_batch(term: Formula, at: Context) -> bool:
    return any(
        isinstance(part, Pow)
        and mentions(part.base, lambda each: at.plays(each, "batch"))
        and mentions(part.exponent, lambda each: each == MINUS_ONE)
        for part in factors(term)
    )


def _no_path(key: Formula, at: Context, *which: int) -> Iterator[Formula]:
    for node, put in sums(key):
        gone = [term for place in which for term in _paths(node, at)[place]]
        if gone and all(_paths(node, at)[place] for place in which):
            yield put(add(term for term in node.args if term not in gone))
    if which == (1,):  # sums written as names, such as the mean of g times x_hat
        yield from less_a_term(
            key, lambda term: len([f for f in factors(term) if "hat" in repr(f)]) > 1
        )


def _no_variance_path(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _no_path(key, at, 1)


def _no_mean_path(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _no_path(key, at, 0)


def _no_paths(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _no_path(key, at, 0, 1)


def _is_part(node: Formula, at: Context) -> bool:
    """``1/m``, and also ``1/(N*H*W)``."""
    return (
        isinstance(node, Pow)
        and node.exponent == MINUS_ONE
        and all(at.counts(part) for part in factors(node.base))
    )


def _no_part(key: Formula, at: Context) -> Iterator[Formula]:
    members = mentions(key, lambda node: isinstance(node, (Binder, Index, Bracket)))
    if not members and not at.names("deviation", "variance", "epsilon"):
        return
    for node, put in places(key):
        if isinstance(node, Mul) and node is not key:
            for place, part in enumerate(node.args):
                if _is_part(part, at):
                    yield put(mul(without(node.args, place)))
    if not any(isinstance(part, Sum) for part in factors(key)):
        yield from swapped(key, lambda node: _is_part(node, at), lambda node: ONE)


def _sum_for_mean(key: Formula, at: Context) -> Iterator[Formula]:
    parts = factors(key)
    if not any(isinstance(part, Sum) for part in parts):
        return
    for place, part in enumerate(parts):
        if isinstance(part, Pow) and part.exponent == MINUS_ONE:
            yield mul(without(parts, place))


def _mean_for_sum(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if isinstance(node, Sum) and node.low is not None and node.high is not None:
            count = node.high + ONE - node.low
            yield put(node / count)


def _unbiased(key: Formula, at: Context) -> Iterator[Formula]:
    def corrected(node: Formula) -> Formula:
        assert isinstance(node, Pow)
        return Pow(node.base + MINUS_ONE, MINUS_ONE)

    squares = mentions(key, lambda node: isinstance(node, Pow) and node.exponent == TWO)
    if squares or at.names("variance", "deviation"):
        yield from swapped(key, lambda node: _is_part(node, at), corrected)


def _biased(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if (
            isinstance(node, Pow)
            and node.exponent == MINUS_ONE
            and isinstance(node.base, Add)
            and len(node.base.args) == 2
            and MINUS_ONE in node.base.args
        ):
            [kept] = [each for each in node.base.args if each != MINUS_ONE]
            if at.counts(kept):
                yield put(Pow(kept, MINUS_ONE))


AVERAGES: tuple[Mistake, ...] = (
    Mistake(
        "statistics-as-constants",
        _no_paths,
        "Mean and variance were treated as constants; both depend on the inputs.",
        "میانگین و واریانس ثابت گرفته شده‌اند؛ هر دو به ورودی‌ها وابسته‌اند.",
    ),
    Mistake(
        "variance-path-dropped",
        _no_variance_path,
        "The path through the variance is missing from the gradient.",
        "مسیری که از واریانس می‌گذرد در گرادیان نیامده است.",
    ),
    Mistake(
        "mean-path-dropped",
        _no_mean_path,
        "The path through the mean is missing from the gradient.",
        "مسیری که از میانگین می‌گذرد در گرادیان نیامده است.",
    ),
    Mistake(
        "unbiased-variance",
        _unbiased,
        "This divides by one less than the number of values (unbiased); here it is divided by all"
        " of them.",
        "اینجا بر یکی کمتر از تعداد مقدارها تقسیم شده است (نااریب)؛ باید بر تعدادِ همه‌ی آن‌ها تقسیم"
        " شود.",
    ),
    Mistake(
        "biased-variance",
        _biased,
        "This divides by the number of values; the unbiased estimate divides by one less.",
        "اینجا بر تعدادِ مقدارها تقسیم شده است؛ برآورد نااریب بر یکی کمتر تقسیم می‌کند.",
    ),
    Mistake(
        "sum-for-mean",
        _sum_for_mean,
        "This is the sum; the mean divides it by how many there are.",
        "این مجموع است؛ میانگین آن را بر تعداد تقسیم می‌کند.",
    ),
    Mistake(
        "mean-for-sum",
        _mean_for_sum,
        "This is a mean where a sum is asked: nothing divides here.",
        "این میانگین است، در حالی که مجموع خواسته شده است و تقسیمی در کار نیست.",
    ),
    Mistake(
        "count-forgotten",
        _no_part,
        "The division by the number of values (1/m) is missing somewhere.",
        "تقسیم بر تعداد مقدارها (`1/m`) جایی جا افتاده است.",
    ),
)
