"""Sums of powers in closed form: ``0^k + 1^k + ... + n^k`` as a polynomial in n."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb

MOST = 12


@lru_cache(maxsize=MOST + 1)
def power_sum(k: int) -> tuple[Fraction, ...]:
    """Coefficients, constant first, of the polynomial F with ``F(n) - F(n-1) = n^k, F(0) = 0^k``.

    For k = 0 it counts: ``F(n) = n + 1``. ``F(-1) = 0`` for every k.

    >>> [str(c) for c in power_sum(1)]
    ['0', '1/2', '1/2']
    """
    if k == 0:
        return (Fraction(1), Fraction(1))
    # (n+1)^(k+1) = sum over j <= k of C(k+1, j) * F_j(n)
    found: list[tuple[Fraction, ...]] = [power_sum(0)]
    for power in range(1, k + 1):
        total = [Fraction(comb(power + 1, i)) for i in range(power + 2)]
        for j, lower in enumerate(found):
            for i, coefficient in enumerate(lower):
                total[i] -= comb(power + 1, j) * coefficient
        found.append(tuple(c / (power + 1) for c in total))
    return found[k]
