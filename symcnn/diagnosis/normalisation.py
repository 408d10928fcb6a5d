"""Mistakes in normalisation: epsilon, which statistics, roots, scale and shift."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    factors,
    sums,
    swapped,
    terms,
)
from symcnn.diagnosis.roles import RUNNING
from symcnn.formula.binders import Sum
from symcnn.formula.nodes import Call, Formula, Pow, Symbol, add
from symcnn.formula.traverse import free_names, substitute


def _is_root(node: Formula) -> bool:
    return isinstance(node, Call) and node.name == "sqrt"


def _under(node: Formula) -> Formula:
    assert isinstance(node, Call)
    return node.args[0]


def _outside(key: Formula, at: Context) -> Iterator[Formula]:
    def taken(node: Formula) -> Formula:
        kept = [each for each in terms(_under(node)) if not at.plays(each, "epsilon")]
        small = [each for each in terms(_under(node)) if at.plays(each, "epsilon")]
        return add((_rooted(add(kept)), *small)) if kept and small else node

    def holds_epsilon(node: Formula) -> bool:
        return _is_root(node) and any(at.plays(each, "epsilon") for each in terms(_under(node)))

    yield from swapped(key, holds_epsilon, taken)


def _rooted(node: Formula) -> Formula:
    """The deviation: a square loses its exponent."""
    if isinstance(node, Pow) and node.exponent == TWO:
        return node.base
    return Call("sqrt", (node,))


def _no_epsilon(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("epsilon"):
        yield substitute(key, {name: ZERO})


def _epsilon_squared(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("epsilon"):
        yield substitute(key, {name: Symbol(name) ** 2})


def _statistics(key: Formula, turned: list[tuple[str, str]]) -> Iterator[Formula]:
    if turned:
        yield substitute(key, {old: Symbol(new) for old, new in turned})
        if len(turned) > 1:
            yield from (substitute(key, {old: Symbol(new)}) for old, new in turned)


def _batch_for_running(key: Formula, at: Context) -> Iterator[Formula]:
    own = free_names(key)
    pairs = [
        (running, batch)
        for batch, others in RUNNING.items()
        for running in others
        if running in own and at.has(batch)
    ]
    yield from _statistics(key, list(dict(pairs).items()))


def _running_for_batch(key: Formula, at: Context) -> Iterator[Formula]:
    own = free_names(key)
    pairs = [
        (batch, running)
        for batch, others in RUNNING.items()
        for running in reversed(others)
        if batch in own and at.has(running) and running not in own
    ]
    yield from _statistics(key, list(dict(pairs).items()))


def _variance(key: Formula, at: Context) -> Iterator[Formula]:
    spread = at.names("variance", "deviation", "epsilon", "fan_in", "fan_out", "kernel")
    if spread or at.numeric or at.names("batch") or isinstance(factors(_inside(key))[-1], Sum):
        yield from swapped(key, _is_root, _under)
    for name in at.names("deviation"):
        yield substitute(key, {name: Symbol(name) ** 2})
    if _is_root(key) or any(map(_is_root, factors(key))):
        yield key**2


def _inside(key: Formula) -> Formula:
    return _under(key) if _is_root(key) else key


def _deviation(key: Formula, at: Context) -> Iterator[Formula]:
    yield from swapped(
        key,
        lambda n: isinstance(n, Pow) and n.exponent == TWO and at.plays(n.base, "deviation"),
        lambda node: node.children()[0],
    )
    for name in at.names("variance"):
        yield substitute(key, {name: Call("sqrt", (Symbol(name),))})
    names = at.names("fan_in", "fan_out", "kernel", "in", "out", "size", "batch")
    divided = any(isinstance(part, Pow) and part.exponent == MINUS_ONE for part in factors(key))
    if divided and (names or at.numeric or isinstance(factors(key)[-1], Sum)):
        yield Call("sqrt", (key,))


def _no_scale(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("scale"):
        yield substitute(key, {name: ONE})


def _no_shift(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("shift"):
        yield substitute(key, {name: ZERO})


def _shift_scaled(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        shifts = [term for term in node.args if at.plays(term, "shift")]
        for name in at.names("scale"):
            for shift in shifts:
                grown = [t * Symbol(name) if t == shift else t for t in node.args]
                yield put(add(grown))


def _no_mean(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("mean"):
        yield substitute(key, {name: ZERO})


NORMALISATION: tuple[Mistake, ...] = (
    Mistake(
        "epsilon-outside-the-root",
        _outside,
        "Epsilon stands outside of the root; it is added to the variance, under the root.",
        "اپسیلون بیرون رادیکال آمده است؛ جای آن کنار واریانس و زیر رادیکال است.",
    ),
    Mistake(
        "epsilon-forgotten",
        _no_epsilon,
        "Epsilon is missing: it keeps the divisor away from zero.",
        "اپسیلون جا افتاده است: مخرج را از صفر دور نگه می‌دارد.",
    ),
    Mistake(
        "epsilon-squared",
        _epsilon_squared,
        "Epsilon is squared; it is added to the variance as it is.",
        "اپسیلون به توان دو رسیده است؛ همان‌طور که هست به واریانس افزوده می‌شود.",
    ),
    Mistake(
        "batch-for-running",
        _batch_for_running,
        "Statistics of the batch stand where the running ones belong: at inference they are"
        " constants.",
        "آماره‌ی دسته به جای آماره‌ی ذخیره‌شده آمده است: هنگام استنتاج این‌ها ثابت‌اند.",
    ),
    Mistake(
        "running-for-batch",
        _running_for_batch,
        "Running statistics stand where those of the batch belong: training uses the batch.",
        "آماره‌ی ذخیره‌شده به جای آماره‌ی دسته آمده است: هنگام آموزش آماره‌ی همان دسته به کار می‌رود.",
    ),
    Mistake(
        "variance-for-deviation",
        _variance,
        "A variance stands where a standard deviation belongs: the root is missing.",
        "واریانس به جای انحراف معیار آمده است: ریشه‌ی دوم جا افتاده است.",
    ),
    Mistake(
        "deviation-for-variance",
        _deviation,
        "A standard deviation stands where a variance belongs: the square is missing.",
        "انحراف معیار به جای واریانس آمده است: توان دو جا افتاده است.",
    ),
    Mistake(
        "shift-scaled",
        _shift_scaled,
        "The shift beta is multiplied by gamma: it is added after scaling.",
        "انتقال `beta` در `gamma` ضرب شده است: باید پس از مقیاس‌کردن افزوده شود.",
    ),
    Mistake(
        "scale-forgotten",
        _no_scale,
        "The scale gamma is missing: it multiplies what is normalised.",
        "ضریب مقیاس `gamma` جا افتاده است: در مقدارِ نرمال‌شده ضرب می‌شود.",
    ),
    Mistake(
        "shift-forgotten",
        _no_shift,
        "The shift beta is missing: it is added at the end.",
        "انتقال `beta` جا افتاده است: در پایان افزوده می‌شود.",
    ),
    Mistake(
        "mean-not-subtracted",
        _no_mean,
        "The mean is not subtracted: normalising moves the values to mean zero first.",
        "میانگین کم نشده است: نرمال‌سازی نخست میانگین را به صفر می‌برد.",
    ),
)
