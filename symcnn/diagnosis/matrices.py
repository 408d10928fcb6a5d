"""Mistakes with matrices: transposes, the order of factors, products entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    factors,
    places,
    swapped,
)
from symcnn.formula.arrays import Array, Table
from symcnn.formula.nodes import Call, Formula, Mul, Symbol, mul
from symcnn.formula.traverse import substitute


def _transposed(key: Formula, at: Context) -> Iterator[Formula]:
    match key:
        case Array() | Table():
            turned = key.T
            if turned != key:
                yield turned
        case Call("transpose", (inner,)):
            yield inner
        case _ if at.arrays and at.is_array(key):
            yield Call("transpose", (key,))


def _no_transpose(key: Formula, at: Context) -> Iterator[Formula]:
    def is_turned(node: Formula) -> bool:
        return isinstance(node, Call) and node.name == "transpose"

    def inner(node: Formula) -> Formula:
        assert isinstance(node, Call)
        return node.args[0]

    yield from swapped(key, is_turned, inner)
    for node, put in places(key):
        if is_turned(node) and isinstance(inner(node), Mul):
            yield put(mul(reversed(factors(inner(node)))))


def _transpose_added(key: Formula, at: Context) -> Iterator[Formula]:
    if at.arrays and not isinstance(key, (Array, Table)):
        for node, put in places(key):
            if isinstance(node, Symbol) and at.is_array(node):
                yield put(Call("transpose", (node,)))


def _order(key: Formula, at: Context) -> Iterator[Formula]:
    if not at.arrays:
        return
    for node, put in places(key):
        if isinstance(node, Call) and node.name == "transpose":
            yield put(mul(Call("transpose", (part,)) for part in factors(node.args[0])))
        if isinstance(node, Mul):
            held = [k for k, part in enumerate(node.args) if at.is_array(part)]
            if len(held) > 1:
                turned = list(node.args)
                for one, other in zip(held, reversed(held), strict=True):
                    turned[one] = node.args[other]
                yield put(Mul(tuple(turned)))
            for one, other in pairwise(held):
                near = list(node.args)
                near[one], near[other] = near[other], near[one]
                yield put(Mul(tuple(near)))


def _entrywise(key: Formula, at: Context) -> Iterator[Formula]:
    if not at.arrays:
        return
    for node, put in places(key):
        if isinstance(node, Mul):
            for one in range(len(node.args) - 1):
                left, right = node.args[one : one + 2]
                if at.is_array(left) and at.is_array(right):
                    both = Call("hadamard", (left, right))
                    yield put(mul((*node.args[:one], both, *node.args[one + 2 :])))
        elif isinstance(node, Call) and node.name == "hadamard":
            yield put(Mul(node.args))


def _renamed(key: Formula, at: Context) -> Iterator[Formula]:
    """The rows of an array counted as its columns inside of it."""
    for node, put in places(key):
        if isinstance(node, Array) and len(node.variables) == 2:
            one, other = node.variables
            turned = substitute(node.entry, {one: Symbol(other), other: Symbol(one)})
            if turned != node.entry:
                yield put(Array(node.shape, node.variables, turned))


MATRICES: tuple[Mistake, ...] = (
    Mistake(
        "transposed",
        lambda key, at: iter((*_transposed(key, at), *_renamed(key, at))),
        "This is the transpose: rows belong to outputs and columns to inputs, or the other way"
        " round.",
        "این ترانهاده‌ی پاسخ است: به جای هم آمدن سطرها (خروجی‌ها) و ستون‌ها (ورودی‌ها) را بررسی کنید.",
    ),
    Mistake(
        "factor-order",
        _order,
        "The factors of a matrix product stand in the wrong order: they do not commute.",
        "ترتیب عامل‌ها در ضرب ماتریسی درست نیست: ضرب ماتریسی جابه‌جایی ندارد.",
    ),
    Mistake(
        "transpose-forgotten",
        _no_transpose,
        "A transpose is missing: compare the shapes, and which index is summed.",
        "یک ترانهاده جا افتاده است: شکل‌ها و اندیسی را که روی آن جمع بسته می‌شود بررسی کنید.",
    ),
    Mistake(
        "transpose-added",
        _transpose_added,
        "A matrix is transposed that should not be: compare which index is summed.",
        "ماتریسی ترانهاده شده که نباید می‌شد: اندیسی را که روی آن جمع بسته می‌شود بررسی کنید.",
    ),
    Mistake(
        "entrywise-product",
        _entrywise,
        "A product of matrices and a product entry by entry were taken for each other.",
        "ضرب ماتریسی و ضرب درایه‌به‌درایه به جای هم به کار رفته‌اند.",
    ),
)
