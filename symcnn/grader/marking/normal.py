"""Normal forms of rational answers: what makes two answers one, and one formula for all of them.

Two answers with one key have equal values and divide by the same, so whatever is found about their
common representative holds for each. Two with one group text were proved equal where both are
defined. Nothing here knows keys of questions or points.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Hashable
from math import gcd
from typing import NamedTuple

from symcnn.errors import printable
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula, Rational, Symbol, add, mul
from symcnn.formula.plain import plain
from symcnn.prover.domains import Facts
from symcnn.prover.packed import (
    BITS,
    Divisors,
    Names,
    Outside,
    Packed,
    degree_of,
    fraction,
    packing,
)

_LONGEST = 240
_PROSE = re.compile(r"[^\W\d_]{2,}(?:[ ,.;!?'-]+[^\W\d_]+)+[.!?]*")  # where case means nothing
_MASK = (1 << BITS) - 1


class Normal(NamedTuple):
    """A quotient of polynomials, and whatever else is divided by on the way."""

    names: Names
    above: Packed
    below: Packed | None
    divisors: tuple[Packed, ...]

    @property
    def key(self) -> Hashable:
        """Equal for answers with equal values that divide by the same."""
        below = None if self.below is None else frozenset(self.below.items())
        others = frozenset(frozenset(each.items()) for each in self.divisors)
        return frozenset(self.above.items()), below, others

    def formula(self) -> Formula:
        """The representative of all answers with this key."""
        parts = [_polynomial(self.above, self.names)]
        if self.below is not None:
            parts.append(_polynomial(self.below, self.names) ** -1)
        for each in self.divisors:
            if each != self.below:
                divisor = _polynomial(each, self.names)
                parts += [divisor, divisor**-1]
        return mul(parts) if len(parts) > 1 else parts[0]

    def text(self) -> str:
        """The quotient in lowest terms, as plain text."""
        above, below = self.above, self.below
        if below is not None and (len(below) > 1 or 0 not in below):
            above, below = _primitive(*_lowest(above, below, self.names))
        top = _polynomial(above, self.names)
        return plain(top if below is None else top / _polynomial(below, self.names))


def names_of(naming: Given) -> Names:
    """The packing of the names that stand for one number."""
    return packing(
        name
        for name, domain in naming.domains
        if domain.kind in ("integer", "real") and not domain.indices
    )


def normal(formula: Formula, names: Names, facts: Facts | None = None) -> Normal | None:
    """The normal form, None for what is not rational in the names or too large.

    What is never 0 by the ``facts`` may be divided by at will.

    >>> names = packing(["K", "C"])
    >>> K, C = Symbol("K"), Symbol("C")
    >>> normal((K * C + C) / C, names).text(), normal(2 * K / 4, names).text()
    ('K + 1', 'K/2')
    """
    divisors = Divisors()
    try:
        above, below = fraction(formula, names, divisors)
    except Outside:
        return None
    proper = {frozenset(each.items()): each for each in divisors if len(each) > 1 or 0 not in each}
    if proper and facts is not None:
        proper = {
            key: each
            for key, each in proper.items()
            if not facts.is_nonzero(_polynomial(each, names))
        }
        if not proper:
            above, below = _lowest(above, below or {0: 1}, names)
    if not above:
        below = None
    elif below is not None:
        above, below = _primitive(above, below)
    return Normal(names, above, below, tuple(sorted(proper.values(), key=_order)))


def _primitive(above: Packed, below: Packed) -> tuple[Packed, Packed | None]:
    """Both without a common number, the denominator with a positive leading one."""
    common = gcd(*above.values(), *below.values())
    common = -common if below[max(below, key=_graded)] < 0 else common
    above = {key: factor // common for key, factor in above.items()}
    below = {key: factor // common for key, factor in below.items()}
    return above, None if below == {0: 1} else below


def _graded(key: int) -> tuple[int, int]:
    return degree_of(key), key


def _order(polynomial: Packed) -> list[tuple[int, int]]:
    return sorted(polynomial.items())


def _polynomial(packed: Packed, names: Names) -> Formula:
    """The polynomial as a formula, its highest terms first."""
    terms: list[Formula] = []
    for key in sorted(packed, key=_graded, reverse=True):
        factor = packed[key]
        parts: list[Formula] = []
        for place, name in enumerate(names):
            power = (key >> (BITS * place)) & _MASK
            if power:
                parts.append(Symbol(name) if power == 1 else Symbol(name) ** power)
        if factor != 1 or not parts:
            parts.insert(0, Rational(factor))
        terms.append(mul(parts) if len(parts) > 1 else parts[0])
    if not terms:
        return Rational(0)
    return add(terms) if len(terms) > 1 else terms[0]


def _lowest(above: Packed, below: Packed, names: Names) -> tuple[Packed, Packed]:
    """Both without their greatest common divisor."""
    from flint import Ordering, fmpz_mpoly_ctx

    count = len(names)
    ring = fmpz_mpoly_ctx.get([f"x{place}" for place in range(count)], Ordering.lex)
    top, bottom = (
        ring.from_dict({_exponents(key, count): factor for key, factor in each.items()})
        for each in (above, below)
    )
    common = top.gcd(bottom)
    packs = list(names.values())
    found = []
    for each in (top / common, bottom / common):
        polynomial: Packed = {}
        for powers, factor in each.terms():
            pairs = zip(powers, packs, strict=True)
            polynomial[sum(int(power) * pack for power, pack in pairs)] = int(factor)
        found.append(polynomial)
    return found[0], found[1]


def _exponents(key: int, count: int) -> tuple[int, ...]:
    return tuple((key >> (BITS * place)) & _MASK for place in range(count))


def shortened(text: str) -> str:
    """The text, or its beginning and a digest where it is long.

    >>> shortened("a" * 1000)[:10], len(shortened("a" * 1000)) < 200
    ('aaaaaaaaaa', True)
    """
    if len(text) <= _LONGEST:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:60]}... sha256:{digest}"


def text_group(text: str) -> str:
    """The group of an answer that only a person reads: its words, however spaced.

    >>> text_group("  See   my notebook ") == text_group("see my\\nnotebook")
    True
    """
    shown = printable(unicodedata.normalize("NFKC", text[:100_000]))
    words = re.sub(r"\s+", " ", shown).strip()
    return "text: " + shortened(words.casefold() if _PROSE.fullmatch(words) else words)
