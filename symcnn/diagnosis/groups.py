"""Mistakes with grouped, depthwise and separable convolutions, and with blocks made of them."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.counts import is_kernel
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.places import (
    MINUS_ONE,
    ONE,
    TWO,
    factors,
    less_a_term,
    literal,
    mentions,
    places,
    sums,
    swapped,
    without,
)
from symcnn.formula.nodes import Add, Formula, Index, Mul, Pow, Rational, Symbol, add, mul
from symcnn.formula.traverse import substitute


def _no_groups(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("groups"):
        yield substitute(key, {name: ONE})
    yield from swapped(
        key,
        lambda n: isinstance(n, Pow) and n.exponent == MINUS_ONE and at.plays(n.base, "groups"),
        lambda node: ONE,
    )


def _groups_twice(key: Formula, at: Context) -> Iterator[Formula]:
    def divides(node: Formula) -> bool:
        return (
            isinstance(node, Pow) and node.exponent == MINUS_ONE and at.plays(node.base, "groups")
        )

    yield from swapped(key, divides, lambda node: Pow(node, TWO))
    for name in at.names("groups"):
        yield key / Symbol(name)


def _groups_times(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("groups"):
        yield key * Symbol(name) ** 2
        yield key * Symbol(name)


def _wide(term: Formula, at: Context) -> int:
    """How many channels are factors of a term."""
    found = 0
    for each in factors(term):
        base, exponent = (each.base, each.exponent) if isinstance(each, Pow) else (each, ONE)
        if mentions(base, lambda node: at.plays(node, "in", "out", "channels")):
            found += int(literal(exponent) or 0)
    return found


def _spatial(term: Formula, at: Context) -> bool:
    return any(is_kernel(each, at) and not at.plays(each, "in", "out") for each in factors(term))


def _is_depthwise(term: Formula, at: Context) -> bool:
    """A kernel for each channel; in a ratio to the standard convolution one over its channels."""
    return (_spatial(term, at) and _wide(term, at) < 2) or (
        not _spatial(term, at) and _over(term, at) and not _over_kernel(term, at)
    )


def _is_pointwise(term: Formula, at: Context) -> bool:
    """Channels to channels without a kernel; in a ratio one over the taps of the kernel."""
    return (not _spatial(term, at) and _wide(term, at) >= 2) or _over_kernel(term, at)


def _over(term: Formula, at: Context) -> bool:
    return any(
        isinstance(each, Pow)
        and each.exponent == MINUS_ONE
        and at.plays(each.base, "out", "channels")
        for each in factors(term)
    )


def _over_kernel(term: Formula, at: Context) -> bool:
    found = [each for each in factors(term) if isinstance(each, Pow)]
    return any(
        (each.exponent == MINUS_ONE and is_kernel(each.base, at) and each.base != each)
        or (each.exponent == Rational(-2) and at.plays(each.base, "kernel"))
        for each in found
    )


def _separable(key: Formula, at: Context) -> bool:
    """There is a sum with a depthwise and a pointwise part."""
    return any(
        any(_is_depthwise(term, at) for term in node.args)
        and any(_is_pointwise(term, at) for term in node.args)
        for node, _ in sums(key)
    )


def _no_depthwise(key: Formula, at: Context) -> Iterator[Formula]:
    if _separable(key, at):
        yield from less_a_term(key, lambda term: _is_depthwise(term, at))
    elif _inner(key, at):
        yield from less_a_term(key, lambda term: _spatial(term, at))


def _no_pointwise(key: Formula, at: Context) -> Iterator[Formula]:
    if _separable(key, at):
        yield from less_a_term(key, lambda term: _is_pointwise(term, at))
    elif _inner(key, at):
        yield from less_a_term(key, lambda term: at.plays(term, "out", "channels"))


def _inner(key: Formula, at: Context) -> bool:
    """A factor such as ``K^2 + C_out``: what both parts share stands outside."""
    return any(
        len(node.args) == 2
        and any(is_kernel(term, at) and not at.plays(term, "in", "out") for term in node.args)
        and any(at.plays(term, "out", "channels") for term in node.args)
        for node, _ in sums(key)
    )


def _as_standard(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        if _inner(node, at) and len(node.args) == 2:
            yield put(Mul(node.args))
    if not _separable(key, at):
        return
    roles = ("in", "out", "channels")
    wide: list[Formula] = [Symbol(name) for name in at.names(*roles)]
    if wide and at.names("expansion"):
        wide.append(mul((wide[0], Symbol(at.names("expansion")[0]))))
    for node, put in sums(key):
        for place, term in enumerate(node.args):
            if _spatial(term, at) and _is_depthwise(term, at):
                for other in wide:
                    parts = without(node.args, place)
                    yield put(add((*parts[:place], term * other, *parts[place:])))


def _no_expansion(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("expansion"):
        if at.names("in", "channels") or at.names("kernel"):
            yield substitute(key, {name: ONE})
            for node, put in places(key):
                if node == Symbol(name):
                    yield put(ONE)


def _reduction(key: Formula, at: Context) -> Iterator[Formula]:
    for name in at.names("reduction"):
        yield substitute(key, {name: ONE})
        yield substitute(key, {name: Pow(Symbol(name), MINUS_ONE)})


def _growth(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        for place, term in enumerate(node.args):
            others = without(node.args, place)
            if _grown(term, at) is not None and any(_begins(each) for each in others):
                yield put(add(others))


def _grown(term: Formula, at: Context) -> Formula | None:
    """The growth in a term that counts it a number of times; one that is subtracted is none."""
    parts = factors(term)
    if len(parts) < 2 or MINUS_ONE in parts:
        return None
    return next((part for part in parts if at.plays(part, "growth")), None)


def _begins(term: Formula) -> bool:
    """The channels that a dense block begins with: a name by itself, or a literal."""
    return isinstance(term, (Symbol, Index, Rational))


def _growth_once(key: Formula, at: Context) -> Iterator[Formula]:
    for node, put in sums(key):
        for place, term in enumerate(node.args):
            grown = _grown(term, at) if isinstance(term, Mul) else None
            if grown is not None and any(map(_begins, without(node.args, place))):
                yield put(Add((*node.args[:place], grown, *node.args[place + 1 :])))


GROUPS: tuple[Mistake, ...] = (
    Mistake(
        "groups-forgotten",
        _no_groups,
        "The groups are missing: a filter sees only the channels of its own group.",
        "گروه‌ها جا افتاده‌اند: هر فیلتر فقط کانال‌های گروه خودش را می‌بیند.",
    ),
    Mistake(
        "groups-divided-twice",
        _groups_twice,
        "The number of groups divides twice: both channels of a group are smaller by it, but there"
        " are that many groups.",
        "تعداد گروه‌ها دو بار در مخرج آمده است: کانال‌های هر دو سوی یک گروه کمترند، ولی به همان"
        " تعداد گروه داریم.",
    ),
    Mistake(
        "groups-multiplied",
        _groups_times,
        "The number of groups multiplies the work, but both channels of each group are smaller"
        " by it.",
        "تعداد گروه‌ها در کار ضرب شده است، در حالی که کانال‌های ورودی و خروجیِ هر گروه به همان"
        " نسبت کمترند.",
    ),
    Mistake(
        "depthwise-as-standard",
        _as_standard,
        "The depthwise part was counted as a standard convolution: its kernels see one channel"
        " each.",
        "بخش عمقی (`depthwise`) مانند کانولوشن معمولی شمرده شده است: هر هسته‌ی آن فقط یک کانال را"
        " می‌بیند.",
    ),
    Mistake(
        "depthwise-forgotten",
        _no_depthwise,
        "The depthwise part is missing: the 1x1 convolution alone was counted.",
        "بخش عمقی (`depthwise`) جا افتاده است: فقط کانولوشن `1x1` شمرده شده است.",
    ),
    Mistake(
        "pointwise-forgotten",
        _no_pointwise,
        "The pointwise part is missing: the 1x1 convolution that mixes the channels counts too.",
        "بخش نقطه‌ای (`pointwise`) جا افتاده است: کانولوشن `1x1` که کانال‌ها را ترکیب می‌کند هم"
        " شمرده می‌شود.",
    ),
    Mistake(
        "expansion-forgotten",
        _no_expansion,
        "The expansion is missing somewhere: the middle of the block is wider by that factor.",
        "ضریب گسترش جایی جا افتاده است: میانه‌ی بلوک به اندازه‌ی این ضریب پهن‌تر است.",
    ),
    Mistake(
        "reduction-lost",
        _reduction,
        "The reduction ratio was lost or stands upside down: it makes the middle layer narrower.",
        "ضریب کاهش جا افتاده یا وارونه آمده است: این ضریب لایه‌ی میانی را باریک‌تر می‌کند.",
    ),
    Mistake(
        "addition-for-concatenation",
        _growth,
        "The channels do not grow here: a dense block concatenates its maps, it does not add them.",
        "کانال‌ها اینجا زیاد نمی‌شوند: بلوک متراکم نقشه‌ها را به هم می‌چسباند و با هم جمع نمی‌کند.",
    ),
    Mistake(
        "growth-once",
        _growth_once,
        "The growth was counted for one layer only: every layer before adds its maps.",
        "رشدِ کانال‌ها فقط برای یک لایه حساب شده است: هر لایه‌ی پیشین نقشه‌های خود را می‌افزاید.",
    ),
)
