"""What a candidate needs to be defined, shown from what the reference needs.

Where ``log(abs(x))`` has a value x is not 0, so ``x^2`` is positive there. A term is positive where
it is a positive number times terms that the reference needs positive, even powers of what it needs
not to be 0, and absolute values of such.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Call, Formula, Pow, Rational, mul, number
from symcnn.formula.plain import plain
from symcnn.prover.absolute import factors
from symcnn.prover.chains import generator
from symcnn.prover.definedness import Need, needs_of
from symcnn.prover.domains import Facts
from symcnn.prover.proof import leaf
from symcnn.prover.rational import Full, Ring, Stopped, capacity


class Split(NamedTuple):
    """A term as a number times powers of factors; ``sizes`` are powers of absolute values."""

    content: Fraction
    powers: tuple[tuple[Any, int], ...]
    sizes: tuple[tuple[Any, int], ...]

    @property
    def factors(self) -> tuple[Any, ...]:
        """Every factor once."""
        found: list[Any] = []
        for factor, _ in (*self.powers, *self.sizes):
            if factor not in found:
                found.append(factor)
        return tuple(found)


def shared_needs(
    wanted: Iterable[Need], reference: Formula, facts: Facts
) -> tuple[list[Certificate], list[Need]]:
    """Certificates of the needs that the reference's needs show, and the other needs.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> x = Symbol("x")
    >>> need = Need("positive", x**2, (), frozenset())
    >>> shown, _ = shared_needs([need], Call("log", (Call("abs", (x,)),)), Facts(Given(), (x,)))
    >>> shown[0].obligation.text
    'shared definedness: x^2 = x^2 with nonzero x'
    """
    granted = [
        need
        for need in needs_of(reference, facts)
        if not need.guards and not need.bound and need.kind in ("positive", "nonzero")
    ]
    shown: list[Certificate] = []
    left: list[Need] = []
    for need in wanted:
        alike = need.kind == "positive" and not need.bound and granted
        found = _shown(need.part, granted, facts) if alike else None
        if found is None:
            left.append(need)
        else:
            shown.append(found)
    return shown, left


def _shown(part: Formula, granted: list[Need], facts: Facts) -> Certificate | None:
    count = capacity((part, *(need.part for need in granted)))
    while True:
        ring = Ring(facts, count)
        try:
            return _in_ring(part, granted, ring)
        except Full:
            count *= 2
        except Stopped:
            return None


def _in_ring(part: Formula, granted: list[Need], ring: Ring) -> Certificate | None:
    """Divided by terms that are needed positive, all powers in the part are even."""
    left = _split(ring, part)
    wanted = left.factors
    nonzero: list[Any] = []
    used: list[Formula] = []
    for need in granted:
        split = _split(ring, need.part)
        nonzero += [factor for factor in split.factors if factor not in nonzero]
        if need.kind == "positive" and _odd(split) and _odd(split) <= _odd(left):
            left = _divided(left, split)
            used.append(need.part)
    if left.content <= 0 or _odd(left) or any(factor not in nonzero for factor in wanted):
        return None
    shown = {ring.as_formula(factor): None for factor in nonzero}
    rest = [_power(ring.as_formula(each), power) for each, power in left.powers if power]
    rest += [_power(Call("abs", (ring.as_formula(f),)), power) for f, power in left.sizes if power]
    scale = [] if left.content == 1 else [number(left.content)]
    goal = f"{plain(part)} = {plain(mul((*scale, *used, *rest)))}"
    terms = [f"{sort} {'; '.join(map(plain, each))}" for sort, each in
             (("positive", used), ("nonzero", shown)) if each]  # fmt: skip
    text = f"shared definedness: {goal} with {', '.join(terms)}"
    return leaf("shared definedness", plain(Compare(">", part, 0)), "law", text)


def _power(f: Formula, power: int) -> Formula:
    return f if power == 1 else Pow(f, Rational(power))


def _odd(split: Split) -> set[str]:
    """The factors to odd powers, as text."""
    return {str(factor) for factor, power in split.powers if power % 2}


def _divided(a: Split, b: Split) -> Split:
    powers, sizes = _Powers(a.powers), _Powers(a.sizes)
    for each, power in b.powers:
        powers.times(each, -power)
    for each, power in b.sizes:
        sizes.times(each, -power)
    return Split(a.content / b.content, tuple(powers.found), tuple(sizes.found))


class _Powers:
    """Powers of factors that are being multiplied."""

    def __init__(self, found: tuple[tuple[Any, int], ...] = ()) -> None:
        self.found = list(found)

    def times(self, factor: Any, power: int) -> None:
        for position, (each, before) in enumerate(self.found):
            if each == factor:
                self.found[position] = (each, before + power)
                return
        self.found.append((factor, power))


def _split(ring: Ring, f: Formula) -> Split:
    num, den = ring.pair(f)
    content = Fraction(1)
    powers, sizes = _Powers(), _Powers()
    for poly, sign in ((num, 1), (den, -1)):
        value, parts = factors(ring, poly)
        if not value:
            raise Stopped("a term that is 0")
        content *= Fraction(value) ** sign
        for factor, power in parts:
            slot = generator(factor)
            if slot is not None and slot in ring.absolutes:
                sizes.times(ring.absolutes[slot], sign * power)
            else:
                powers.times(factor, sign * power)
    return Split(content, tuple(powers.found), tuple(sizes.found))
