"""Slips of algebra that are not about CNNs: told only where nothing more specific fits."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    MINUS_ONE,
    ONE,
    TWO,
    literal,
    places,
    products,
    sums,
    swapped,
    without,
)
from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, add, mul
from symcnn.formula.traverse import free_names


def _square_of_sum(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in places(key):
        if isinstance(node, Pow) and node.exponent == TWO and isinstance(node.base, Add):
            yield put(add(term**2 for term in node.base.args))


def _doubled(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Pow) and node.exponent == TWO and bool(free_names(node)),
        lambda node: TWO * node.children()[0],
    )


def _squared(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in products(key):
        if len(node.args) == 2 and node.args[0] == TWO and free_names(node):
            yield put(node.args[1] ** 2)


def _no_square(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Pow) and node.exponent == TWO,
        lambda node: node.children()[0],
    )


def _short_bar(key: Formula, at: Context) -> Iterator[Formula]:
    """``(a + b)/c`` becomes ``a + b/c``."""
    for node, put in products(key):
        for place, part in enumerate(node.args):
            rest = without(node.args, place)
            if isinstance(part, Add) and all(isinstance(each, Pow) for each in rest):
                *first, last = part.args
                yield put(add((*first, mul((last, *rest)))))


def _no_bracket(key: Formula, at: Context) -> Iterator[Formula]:
    """``a*(b + c)`` becomes ``a*b + c``; ``a - (b + c)`` becomes ``a - b + c``."""
    for node, put in products(key):
        for place, part in enumerate(node.args):
            rest = without(node.args, place)
            if isinstance(part, Add) and not all(isinstance(each, Pow) for each in rest):
                for position, term in enumerate(part.args):
                    others = without(part.args, position)
                    yield put(add((mul((*rest, term)), *others)))


def _no_factor(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in products(key):
        for place in range(len(node.args)):
            yield put(mul(without(node.args, place)))
    yield from swapped(
        key,
        lambda n: isinstance(n, Pow) and n.exponent == MINUS_ONE and isinstance(n.base, Rational),
        lambda node: ONE,
    )


def _no_term(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        for place in range(len(node.args)):
            yield put(add(without(node.args, place)))


def _factor_twice(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in products(key):
        for place, part in enumerate(node.args):
            if part != MINUS_ONE and not at.is_array(part):
                yield put(mul((*node.args[:place], part, *node.args[place:])))


def _product_for_quotient(key: Formula, at: Context) -> Iterator[Formula]:
    def turned(node: Formula) -> Formula:
        assert isinstance(node, Pow)
        return node.base

    yield from swapped(key, lambda n: isinstance(n, Pow) and n.exponent == MINUS_ONE, turned)


def _nearby(key: Formula, at: Context) -> Iterator[Formula]:
    """A small literal that is off by one."""
    for node, put in places(key):
        if isinstance(node, Rational) and node.value.denominator == 1 and 0 <= node.value <= 12:
            for step in (1, -1):
                yield put(Rational(node.value + step))
    if at.numeric and literal(key) is not None:
        yield key + ONE
        yield key - ONE


def _no_root(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda node: isinstance(node, Call) and node.name in ("sqrt", "exp", "log"),
        lambda node: node.children()[0],
    )


def _sum_for_product(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in products(key):
        if len(node.args) == 2 and MINUS_ONE not in node.args and not at.arrays:
            yield put(Add(node.args))
    for sum_, put in sums(key):
        if len(sum_.args) == 2 and not at.arrays:
            yield put(Mul(sum_.args))


ALGEBRA: tuple[Mistake, ...] = (
    Mistake(
        "square-of-a-sum",
        _square_of_sum,
        "The square of a sum was taken term by term: the mixed product is missing.",
        "مربع یک مجموع جمله‌به‌جمله گرفته شده است: حاصل‌ضربِ مختلط جا افتاده است.",
    ),
    Mistake(
        "double-for-square",
        _doubled,
        "Something was doubled where it should be squared.",
        "چیزی دو برابر شده که باید به توان دو می‌رسید.",
    ),
    Mistake(
        "square-for-double",
        _squared,
        "Something was squared where it should be doubled.",
        "چیزی به توان دو رسیده که باید دو برابر می‌شد.",
    ),
    Mistake(
        "short-fraction-bar",
        _short_bar,
        "The division reaches only the last term: the whole sum stands above the bar.",
        "تقسیم فقط به جمله‌ی آخر رسیده است: همه‌ی مجموع بالای خط کسر است.",
    ),
    Mistake(
        "bracket-forgotten",
        _no_bracket,
        "A bracket is missing: the factor multiplies every term of the sum.",
        "یک پرانتز جا افتاده است: ضریب در همه‌ی جمله‌های مجموع ضرب می‌شود.",
        general=True,
    ),
    Mistake(
        "square-forgotten",
        _no_square,
        "A square is missing.",
        "یک توان دو جا افتاده است.",
        general=True,
    ),
    Mistake(
        "term-forgotten",
        _no_term,
        "One term of the sum is missing.",
        "یکی از جمله‌های مجموع جا افتاده است.",
        general=True,
    ),
    Mistake(
        "factor-forgotten",
        _no_factor,
        "One factor is missing.",
        "یکی از عامل‌های ضرب جا افتاده است.",
        general=True,
    ),
    Mistake(
        "function-forgotten",
        _no_root,
        "A root, an exponential or a logarithm is missing.",
        "یک ریشه، تابع نمایی یا لگاریتم جا افتاده است.",
        general=True,
    ),
    Mistake(
        "factor-twice",
        _factor_twice,
        "One factor was counted twice.",
        "یکی از عامل‌های ضرب دو بار آمده است.",
        general=True,
    ),
    Mistake(
        "product-for-quotient",
        _product_for_quotient,
        "Something multiplies that should divide.",
        "چیزی ضرب شده که باید در مخرج می‌آمد.",
        general=True,
    ),
    Mistake(
        "sum-for-product",
        _sum_for_product,
        "A sum and a product were taken for each other.",
        "جمع و ضرب به جای هم آمده‌اند.",
        general=True,
    ),
    Mistake(
        "off-by-one",
        _nearby,
        "A number is off by one.",
        "عددی یک واحد خطا دارد.",
        general=True,
    ),
)
