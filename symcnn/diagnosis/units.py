"""Mistakes of scale in a whole answer: units, percents, powers of ten, upside down, halves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import floor

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake, Mutate
from symcnn.diagnosis.places import MINUS_ONE, ONE, literal, places
from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Call, Formula, Mul, Pow, Rational, Symbol, number
from symcnn.formula.traverse import free_names

_KIBI = Fraction(1024, 1000)
_HUNDRED = Rational(100)
_SMALL = 1000


def _is_quantity(key: Formula, at: Context) -> bool:
    """A number of something, large; or a formula that names a unit."""
    if at.numeric:
        value, whole = at.value, at.reference
        decimal = isinstance(whole, Rational) and whole.places > 0
        return value is not None and (abs(value) >= _SMALL or decimal)
    return any(
        (isinstance(node, Rational) and abs(node.value) >= _SMALL)
        or (isinstance(node, Pow) and literal(node.base) in (2, 10, 1024, 1000))
        for node, _ in places(key)
    )


def _scaled(*by: Fraction, when: Callable[[Formula, Context], bool]) -> Mutate:
    def mutate(key: Formula, at: Context) -> Iterator[Formula]:
        if key == at.reference and when(key, at):
            yield from (Mul((key, number(each))) for each in by)

    return mutate


def _always(key: Formula, at: Context) -> bool:
    return not isinstance(key, (Array, Table, Condition))


def _is_number(key: Formula, at: Context) -> bool:
    return at.numeric and _always(key, at)


def _is_ratio(key: Formula, at: Context) -> bool:
    if not _always(key, at):
        return False
    if at.numeric:
        value = at.value
        return value is not None and 0 < value <= 100
    if not any(at.counts(Symbol(name)) for name in free_names(key)):
        return False
    nodes = [node for node, _ in places(key)]
    return any(isinstance(n, Pow) and n.exponent == MINUS_ONE for n in nodes) and not any(
        isinstance(node, Call) for node in nodes
    )


def _rest(key: Formula, at: Context) -> Iterator[Formula]:
    if key == at.reference and _is_ratio(key, at):
        yield ONE - key
        if at.numeric:
            yield _HUNDRED - key


def _over(key: Formula, at: Context) -> Iterator[Formula]:
    if key == at.reference and _is_ratio(key, at):
        yield Pow(key, MINUS_ONE)


def _rounded(key: Formula, at: Context) -> Iterator[Formula]:
    """The number to a few places, and to a few digits."""
    value = at.size
    if key != at.reference or not value:
        return
    digits = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    for places_kept in sorted({*range(5), *(kept - digits for kept in range(1, 5))}):
        unit = Fraction(10) ** -places_kept
        made = unit * floor(value / unit + Fraction(1, 2))
        if made and made != value:
            yield number(made)


def _powers(*exponents: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(10) ** each for each in exponents)


UNITS: tuple[Mistake, ...] = (
    Mistake(
        "saved-for-left",
        _rest,
        "What is saved and what is left were taken for each other: the two make up the whole.",
        "آنچه صرفه‌جویی می‌شود و آنچه باقی می‌ماند به جای هم آمده‌اند: این دو با هم کل را می‌سازند.",
    ),
    Mistake(
        "percent-for-ratio",
        _scaled(Fraction(100), when=_is_ratio),
        "This is in percent; a ratio is asked, a hundredth of it.",
        "این بر حسب درصد است؛ نسبت خواسته شده است که یک‌صدم آن است.",
    ),
    Mistake(
        "ratio-for-percent",
        _scaled(Fraction(1, 100), when=_is_ratio),
        "This is a ratio; percent is asked, a hundred times as much.",
        "این نسبت است؛ درصد خواسته شده است که صد برابر آن است.",
    ),
    Mistake(
        "upside-down",
        _over,
        "The quotient is upside down: which of the two is compared with the other?",
        "کسر وارونه است: کدام یک با دیگری مقایسه می‌شود؟",
    ),
    Mistake(
        "megabytes-for-mebibytes",
        _scaled(_KIBI**2, when=_is_quantity),
        "These are megabytes (10^6); mebibytes (2^20) are asked.",
        "این بر حسب مگابایت (`10^6`) است؛ مبی‌بایت (`2^20`) خواسته شده است.",
    ),
    Mistake(
        "mebibytes-for-megabytes",
        _scaled(1 / _KIBI**2, when=_is_quantity),
        "These are mebibytes (2^20); megabytes (10^6) are asked.",
        "این بر حسب مبی‌بایت (`2^20`) است؛ مگابایت (`10^6`) خواسته شده است.",
    ),
    Mistake(
        "thousand-for-1024",
        _scaled(_KIBI, _KIBI**3, when=_is_quantity),
        "A unit of 1000 was taken; here it is 1024.",
        "هر واحد `1000` گرفته شده است؛ اینجا باید `1024` باشد.",
    ),
    Mistake(
        "1024-for-thousand",
        _scaled(1 / _KIBI, 1 / _KIBI**3, when=_is_quantity),
        "A unit of 1024 was taken; here it is 1000.",
        "هر واحد `1024` گرفته شده است؛ اینجا باید `1000` باشد.",
    ),
    Mistake(
        "bits-for-bytes",
        _scaled(Fraction(8), when=_is_quantity),
        "This counts bits; bytes are asked.",
        "این بر حسب بیت است؛ بایت خواسته شده است.",
    ),
    Mistake(
        "bytes-for-bits",
        _scaled(Fraction(1, 8), when=_is_quantity),
        "This counts bytes; bits are asked.",
        "این بر حسب بایت است؛ بیت خواسته شده است.",
    ),
    Mistake(
        "bytes-of-a-number-forgotten",
        _scaled(Fraction(1, 4), when=_is_quantity),
        "The bytes of each number are missing: a 32-bit float takes four.",
        "اندازه‌ی هر عدد بر حسب بایت جا افتاده است: عدد اعشاری `32` بیتی چهار بایت جا می‌گیرد.",
    ),
    Mistake(
        "bytes-of-a-number-added",
        _scaled(Fraction(4), when=_is_quantity),
        "This is four times as much: bytes were counted where numbers are asked.",
        "این چهار برابر است: به جای تعداد عددها، بایت‌ها شمرده شده‌اند.",
    ),
    Mistake(
        "rounded",
        _rounded,
        "This is rounded; the exact value is asked.",
        "این عدد گرد شده است؛ مقدار دقیق خواسته شده است.",
    ),
    Mistake(
        "power-of-ten",
        _scaled(*_powers(3, -3, 6, -6, 1, -1, 9, -9), when=_is_number),
        "The digits are right, the power of ten is not.",
        "رقم‌ها درست‌اند، ولی توان ده درست نیست.",
    ),
    Mistake(
        "twice",
        _scaled(Fraction(2), when=_always),
        "This is twice the right value: something was counted two times.",
        "این دو برابرِ مقدار درست است: چیزی دو بار شمرده شده است.",
        general=True,
    ),
    Mistake(
        "half",
        _scaled(Fraction(1, 2), when=_always),
        "This is half of the right value: a factor 2 is missing.",
        "این نصفِ مقدار درست است: یک ضریب `2` جا افتاده است.",
        general=True,
    ),
)
