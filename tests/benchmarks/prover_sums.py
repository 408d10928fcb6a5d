"""Closed forms of sums with a symbolic end: symcnn, and SymPy's doit with expand.

Both get the answer as text; the key is a sum that each has read before. SymPy begins every round
with an empty cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy
from sympy.core.cache import clear_cache

from tests.benchmarks.pairs import Pair
from tests.benchmarks.prover_cases import Case, agree, checkers, verdicts

_GIVEN = "n, L, K, C, g: positive integer; a, b: real"
# key | right | wrong
_TABLE = """
Sum(i, (i, 1, n)) | n*(n + 1)/2 | n*(n - 1)/2
Sum(i^2, (i, 1, n)) | n*(n + 1)*(2*n + 1)/6 | (n*(n + 1)/2)^2
Sum(i^3, (i, 1, n)) | (n*(n + 1)/2)^2 | n^4/4
Sum(2*i - 1, (i, 1, n)) | n^2 | n^2 + n
Sum(K - 1, (l, 1, L)) | L*(K - 1) | L*K - 1
Sum(C + g*l, (l, 0, L - 1)) | L*C + g*L*(L - 1)/2 | L*C + g*L*(L + 1)/2
Sum((C + g*l)*g, (l, 0, L - 1)) | g*L*C + g^2*L*(L - 1)/2 | g*L*C + g*L*(L - 1)/2
Sum(a*i + b, (i, 1, n)) | a*n*(n + 1)/2 + n*b | a*n*(n + 1)/2 + b
Sum(i*(i + 1), (i, 1, n)) | n*(n + 1)*(n + 2)/3 | n*(n + 1)*(n + 2)/6
Sum((n - i)^2, (i, 0, n)) | n*(n + 1)*(2*n + 1)/6 | n*(n - 1)*(2*n - 1)/6
"""


def cases() -> list[tuple[Case, Case]]:
    """Right answer and wrong answer of each line."""
    found = []
    for line in _TABLE.strip().splitlines():
        key, right, wrong = (part.strip() for part in line.split("|"))
        found.append((Case(key, right, _GIVEN, True), Case(key, wrong, _GIVEN, False)))
    return found


def _read(text: str) -> Any:
    names = {name: sympy.Symbol(name) for name in "n L K C g a b i l".split()}
    return sympy.sympify(text.replace("^", "**"), locals=names)


def pairs() -> Iterator[Pair]:
    """Right answers and wrong ones."""
    for which, name in ((0, "closed forms of sums"), (1, "wrong closed forms of sums")):
        some = [both[which] for both in cases()]
        ready, keys = checkers(some), [_read(each.key) for each in some]

        def theirs(some: list[Case] = some, keys: list[Any] = keys) -> list[bool]:
            clear_cache()
            return [
                bool(sympy.expand(key.doit() - _read(each.answer)) == 0)
                for each, key in zip(some, keys, strict=True)
            ]

        yield Pair(
            f"{name}, {len(some)}",
            lambda some=some, ready=ready: verdicts(some, ready),
            theirs,
            "SymPy doit + expand",
            agree(some),
        )
