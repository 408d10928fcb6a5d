"""Digits: integers of any length, decimals as written, enclosures with only their certain digits.

Texts are plain; the LaTeX printer sets the same digits. No float is ever involved.
"""

from __future__ import annotations

from fractions import Fraction

_CHUNK = 4000  # Python refuses to print integers of more than 4300 digits at once
_LARGEST = 10**_CHUNK
_SHOWN = 10  # significant digits of an enclosure
_ENOUGH = 6  # fewer certain digits than this: show both ends
_PLAIN_FROM, _PLAIN_TO = -6, 15  # decimal exponents that are written without a power of ten


def integer_text(value: int) -> str:
    """Decimal digits of an integer of any length.

    >>> len(integer_text(10**5000))
    5001
    """
    if value < 0:
        return "-" + integer_text(-value)
    parts: list[str] = []
    while value >= _LARGEST:
        value, rest = divmod(value, _LARGEST)
        parts.append(str(rest).zfill(_CHUNK))
    return "".join([str(value), *reversed(parts)])


def decimal_text(value: Fraction, places: int) -> str:
    """A literal with exactly that many digits after the point.

    >>> decimal_text(Fraction(1, 2), 2)
    '0.50'
    """
    if not places and value.denominator == 1:
        return integer_text(value.numerator)
    scaled = value * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{value} has no {places} decimal places")
    digits = integer_text(abs(scaled.numerator)).zfill(places + 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def exponent_of(value: Fraction) -> int:
    """The e with ``10**e <= abs(value) < 10**(e + 1)``, for a value other than 0."""
    size = abs(value)
    guess = len(integer_text(size.numerator)) - len(integer_text(size.denominator))
    while _power(guess) > size:
        guess -= 1
    while _power(guess + 1) <= size:
        guess += 1
    return guess


def _power(exponent: int) -> Fraction:
    return Fraction(10**exponent) if exponent >= 0 else Fraction(1, 10**-exponent)


def certain_digits(low: Fraction, high: Fraction) -> tuple[str, int] | None:
    """The digits on which all numbers of ``[low, high]`` agree, and a power of ten, or None.

    None: the signs differ, or fewer than six digits are certain. The digits are cut off, never
    rounded, so the true value begins with them.

    >>> certain_digits(Fraction(314159265, 10**8), Fraction(314159266, 10**8))
    ('3.1415926', 0)
    """
    if low <= 0 <= high:
        return None
    if high < 0:
        found = certain_digits(-high, -low)
        return found and ("-" + found[0], found[1])
    exponent = exponent_of(low)
    inline = _PLAIN_FROM <= exponent <= _PLAIN_TO
    shown = max(_SHOWN, exponent + 2) if inline else _SHOWN
    for significant in range(shown, _ENOUGH - 1, -1):
        places = significant - 1 - exponent
        first, last = (end * _power(places) for end in (low, high))
        cut = first.numerator // first.denominator
        if cut == last.numerator // last.denominator and (places > 0 or not inline):
            if inline:
                return decimal_text(Fraction(cut) / _power(places), places), 0
            return decimal_text(Fraction(cut, 10 ** (significant - 1)), significant - 1), exponent
    return None


def outward(low: Fraction, high: Fraction) -> tuple[str, str]:
    """Both ends as decimals, the lower rounded down and the upper up: still an enclosure.

    >>> outward(Fraction(-1, 3), Fraction(2, 3))
    ('-0.34', '0.67')
    """
    places = min(max(2 - exponent_of(high - low), 0), 12)
    scale = 10**places
    floor = (low * scale).numerator // (low * scale).denominator
    ceil = -((-high * scale).numerator // (high * scale).denominator)
    return decimal_text(Fraction(floor, scale), places), decimal_text(Fraction(ceil, scale), places)


def enclosure_text(low: Fraction, high: Fraction) -> str:
    """``1.414213562...`` for an enclosure, or ``[0.9, 1.1]`` where the digits differ."""
    found = certain_digits(low, high)
    if found is None:
        return "[{}, {}]".format(*outward(low, high))
    digits, exponent = found
    return f"{digits}..." if exponent == 0 else f"{digits}...*10^({exponent})"
