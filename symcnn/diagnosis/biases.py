"""Mistakes with biases: forgotten, counted once, for every input or every weight, or added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.counts import is_kernel, is_size
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import ONE, ZERO, factors, sums, terms
from symcnn.formula.nodes import Add, Formula, Mul, Rational, Symbol, add, mul

Bias: TypeAlias = tuple[int, int]  # the place of the bias among the terms, that of its weights
New: TypeAlias = Callable[[Add, Formula, int, int], Formula | None]


def _bias_of(node: Add, at: Context) -> list[Bias]:
    """Terms that count outputs, each beside a term for the weights of which it is a factor."""
    found = []
    for place, term in enumerate(node.args):
        if not _may_count(term, at):
            continue
        for other, weights in enumerate(node.args):
            parts = factors(weights)
            if other != place and term in parts and _has_more(term, parts, at):
                found.append((place, other))
                break
    return found


def _may_count(term: Formula, at: Context) -> bool:
    return at.counts(term) or (isinstance(term, Rational) and term.value >= 2)


def _has_more(term: Formula, parts: tuple[Formula, ...], at: Context) -> bool:
    others = list(parts)
    others.remove(term)
    return any(
        at.counts(each) or is_kernel(each, at) or isinstance(each, Rational) for each in others
    )


def _changed(key: Formula, at: Context, new: New) -> Iterator[Formula]:
    """The biases of a sum become something else: all at once, then one by one.

    ``new`` makes it from the sum, the bias, the place of its weights, and the number of a variant.
    """
    for node, put in sums(key):
        found = _bias_of(node, at)
        if not found:
            continue
        wide = [dict(found)] if len(found) > 1 else []
        for chosen in (*wide, *({place: weights} for place, weights in found)):
            for variant in range(2):
                parts = []
                for place, term in enumerate(node.args):
                    made = new(node, term, chosen[place], variant) if place in chosen else term
                    if made is None:
                        break
                    parts.append(made)
                else:
                    yield put(add(part for part in parts if part != ZERO))


def _none(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _changed(key, at, lambda node, term, w, variant: None if variant else ZERO)


def _one(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _changed(key, at, lambda node, term, w, variant: None if variant else ONE)
    for node, put in sums(key):
        found = _bias_of(node, at)
        if len(found) > 1:
            places = {place for place, _ in found}
            kept = [term for place, term in enumerate(node.args) if place not in places]
            yield put(add((*kept, ONE)))


def _for_inputs(key: Formula, at: Context) -> Iterator[Formula]:
    def inputs(node: Add, term: Formula, weights: int, variant: int) -> Formula | None:
        others = [
            each
            for each in factors(node.args[weights])
            if each != term and _may_count(each, at) and not is_kernel(each, at)
        ]
        return others[variant] if variant < len(others) else None

    yield from _changed(key, at, inputs)


def _for_weights(key: Formula, at: Context) -> Iterator[Formula]:
    yield from _changed(
        key, at, lambda node, term, weights, variant: None if variant else node.args[weights]
    )


def _for_maps(key: Formula, at: Context) -> Iterator[Formula]:
    sizes = [name for name in at.known if "size" in at.roles(name) and name[0] in "HW"]
    if sizes:
        area = mul([Symbol(name) for name in sizes if name in ("H_out", "W_out")][:2])
        both = [area] if area != ONE else []
        both += [mul([Symbol("H"), Symbol("W")])] if {"H", "W"} <= {*sizes} else []
        yield from _changed(
            key,
            at,
            lambda node, term, w, variant: term * both[variant] if variant < len(both) else None,
        )


def _added(key: Formula, at: Context) -> Iterator[Formula]:
    if isinstance(key, Add) and _bias_of(key, at):
        return
    if any(not isinstance(term, Mul) for term in terms(key)):
        return
    outputs = [part for part in factors(key) if at.plays(part, "out", "channels")]
    if not outputs or not any(is_kernel(part, at) for part in factors(key)):
        return
    maps = [part for part in factors(key) if is_size(part, at)]
    for each in outputs:
        yield key + each
        if maps:
            yield key + mul((*maps, each))


BIASES: tuple[Mistake, ...] = (
    Mistake(
        "bias-forgotten",
        _none,
        "The bias is missing: each filter has one, beside its weights.",
        "بایاس جا افتاده است: هر فیلتر جز وزن‌هایش یک بایاس هم دارد.",
    ),
    Mistake(
        "bias-once",
        _one,
        "The bias was counted once; each of the C_out filters has its own.",
        "بایاس فقط یک بار شمرده شده است؛ هر یک از `C_out` فیلتر بایاس خودش را دارد.",
    ),
    Mistake(
        "bias-for-each-input",
        _for_inputs,
        "One bias was counted for each input channel; a bias belongs to an output channel.",
        "برای هر کانال ورودی یک بایاس شمرده شده است؛ بایاس به کانال خروجی تعلق دارد.",
    ),
    Mistake(
        "bias-for-each-weight",
        _for_weights,
        "One bias was counted for each weight; all weights of a filter share one bias.",
        "برای هر وزن یک بایاس شمرده شده است؛ همه‌ی وزن‌های یک فیلتر یک بایاس مشترک دارند.",
    ),
    Mistake(
        "bias-for-each-position",
        _for_maps,
        "One bias was counted for each position of the map; all positions share it.",
        "برای هر موقعیتِ نقشه یک بایاس شمرده شده است؛ همه‌ی موقعیت‌ها یک بایاس مشترک دارند.",
    ),
    Mistake(
        "bias-added",
        _added,
        "Biases were counted, but the layer in question has none.",
        "بایاس هم شمرده شده است، در حالی که لایه‌ی مورد نظر بایاس ندارد.",
    ),
)
