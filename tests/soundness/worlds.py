"""Worlds: the names of a generated pair, what ``given`` says of them, and points inside of it.

A domain may speak of names that stand before it: ``matrix n x n``, ``support 0..n-1``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

_HALVES = (*(Fraction(n, 2) for n in range(-7, 8)), Fraction(-7, 3), Fraction(5, 3), Fraction(100))


def _family(rng: Random) -> dict[Any, Any]:
    first, last = rng.randint(-2, 0), rng.randint(2, 9)
    return {(k,): Fraction(rng.choice((-3, -2, -1, 0, 1, 2, 3, 5))) for k in range(first, last)}


def _grid(rng: Random) -> dict[Any, Any]:
    return {(i, j): Fraction(rng.randint(-3, 3)) for i in range(-1, 4) for j in range(-1, 4)}


def _square(n: int, rng: Random) -> list[list[Fraction]]:
    return [[Fraction(rng.randint(-3, 3)) for _ in range(n)] for _ in range(n)]


def _supported(low: int, high: int, rng: Random) -> dict[Any, Any]:
    return {(k,): Fraction(rng.choice((-3, -2, -1, 0, 1, 2, 5))) for k in range(low, high + 1)}


# What given may say -> a value that it allows.
SAMPLERS: dict[str, Callable[[Random], Any]] = {
    "positive integer": lambda rng: Fraction(rng.choice((1, 1, 2, 3, 4, 5, 7))),
    "nonnegative integer": lambda rng: Fraction(rng.choice((0, 0, 1, 2, 3, 6))),
    "integer": lambda rng: Fraction(rng.randint(-5, 6)),
    "real": lambda rng: rng.choice(_HALVES),
    "positive real": lambda rng: abs(rng.choice(_HALVES)) or Fraction(1, 3),
    "real in (0,1)": lambda rng: Fraction(rng.randint(1, 6), 7),
    "real in [-1,2]": lambda rng: Fraction(rng.randint(-3, 6), 3),
    "integer >= 2": lambda rng: Fraction(rng.choice((2, 2, 3, 4, 5, 7))),
    "nonzero real": lambda rng: rng.choice(_HALVES) or Fraction(-1, 3),
    "indexed real": _family,
    "matrix 2 x 2": lambda rng: _square(2, rng),
    "size": lambda rng: Fraction(rng.choice((1, 2, 2, 3))),
    "function": lambda rng: [Fraction(rng.randint(-3, 3)) for _ in range(5)],
    "two indices": _grid,
}
# The same where the value depends on the names before it.
_DEPENDENT: dict[str, Callable[[dict[str, Any], Random], Any]] = {
    "matrix n x n": lambda point, rng: _square(int(point["n"]), rng),
    "indexed real support 0..n-1": lambda point, rng: _supported(0, int(point["n"]) - 1, rng),
    "indexed real support 0..3": lambda point, rng: _supported(0, 3, rng),
    "indexed real support -1..1": lambda point, rng: _supported(-1, 1, rng),
}
_SAID = {"two indices": "indexed real", "size": "positive integer"}


@dataclass(frozen=True)
class World:
    """Names with their domains, in the order in which ``given`` lists them."""

    names: tuple[tuple[str, str], ...]

    def given(self) -> str:
        """The text of ``given``; unknown functions are not declared."""
        return "; ".join(
            f"{name}: {_SAID.get(domain, domain)}"
            for name, domain in self.names
            if domain != "function"
        )

    def point(self, rng: Random) -> dict[str, Any]:
        """One point of the domain, for the oracle."""
        found: dict[str, Any] = {}
        for name, domain in self.names:
            dependent = _DEPENDENT.get(domain)
            found[name] = dependent(found, rng) if dependent else SAMPLERS[domain](rng)
        return found

    @property
    def whole(self) -> frozenset[str]:
        """The names that stand for integers."""
        return frozenset(self.of("integer", "integer >= 2", "size"))

    def of(self, *endings: str) -> tuple[str, ...]:
        """The names whose domain ends with one of the words."""
        return tuple(name for name, domain in self.names if domain.endswith(endings))

    @property
    def positive(self) -> frozenset[str]:
        kinds = ("positive integer", "positive real", "real in (0,1)", "integer >= 2", "size")
        return frozenset(name for name, domain in self.names if domain in kinds)
