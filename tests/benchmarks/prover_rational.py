"""Rational formulas: an answer as text, the key read before; symcnn's normal form and its peers.

Only cases that all sides decide rightly are timed. SymPy begins every case with an empty cache, so
that no case pays for another. A refutation of ours also finds the smallest witness, and where the
answer would hold; theirs is the word False.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import sympy
from sympy.core.cache import clear_cache

from symcnn.formula.latex import latex
from symcnn.formula.traverse import free_names
from symcnn.reading import read
from tests.benchmarks.pairs import Pair
from tests.benchmarks.prover_cases import Case, agree, checkers, of_class, rational, verdicts

TYPED = "math_verify verify(parse()), of LaTeX"
Way = Callable[[list[Case]], Callable[[], list[bool]]]


def _by_sympy(decide: Callable[[Any], bool]) -> Way:
    def way(cases: list[Case]) -> Callable[[], list[bool]]:
        named = [
            {
                name: sympy.Symbol(name)
                for side in each[:2]
                for name in free_names(read(side).formula)
            }
            for each in cases
        ]
        keys = [
            sympy.sympify(each.key.replace("^", "**"), locals=names)
            for each, names in zip(cases, named, strict=True)
        ]

        def run() -> list[bool]:
            return [
                decide(_fresh(each.answer.replace("^", "**"), names) - key)
                for each, names, key in zip(cases, named, keys, strict=True)
            ]

        return run

    return way


def _fresh(text: str, names: dict[str, Any]) -> Any:
    clear_cache()
    return sympy.sympify(text, locals=names)


def _by_symengine(cases: list[Case]) -> Callable[[], list[bool]]:
    import symengine

    keys = [symengine.sympify(each.key) for each in cases]

    def run() -> list[bool]:
        return [
            bool(symengine.expand((symengine.sympify(each.answer) - key).as_numer_denom()[0]) == 0)
            for each, key in zip(cases, keys, strict=True)
        ]

    return run


def _in_latex(text: str) -> str:
    return f"${latex(read(text).formula)}$"


def _by_math_verify(cases: list[Case]) -> Callable[[], list[bool]]:
    import math_verify

    logging.getLogger("math_verify").setLevel(logging.CRITICAL)
    keys = [math_verify.parse(each.key) for each in cases]

    def run() -> list[bool]:
        clear_cache()
        return [
            math_verify.verify(key, math_verify.parse(each.answer))
            for each, key in zip(cases, keys, strict=True)
        ]

    return run


WAYS: tuple[tuple[str, Way], ...] = (
    ("sympify + simplify", _by_sympy(lambda difference: sympy.simplify(difference) == 0)),
    ("sympify + cancel", _by_sympy(lambda difference: sympy.cancel(difference) == 0)),
    ("symengine as_numer_denom + expand", _by_symengine),
)


def pairs() -> Iterator[Pair]:
    """Right answers, then wrong ones, against each peer.

    Math-Verify gets LaTeX, which it is made for: once against the same LaTeX, once against the
    plain text that everybody else gets.
    """
    every = [*of_class("rational", rational), *of_class("blocks", rational)]
    for right, name in ((True, "rational identities"), (False, "rational near misses")):
        cases = [each for each in every if each.right is right]
        for against, way in WAYS:
            yield _pair(name, cases, way, against)
        typeset = [
            each._replace(key=_in_latex(each.key), answer=_in_latex(each.answer)) for each in cases
        ]
        said = _by_math_verify(typeset)()
        known = [each for each, verdict in zip(typeset, said, strict=True) if verdict is right]
        typed = [case for case, each in zip(cases, typeset, strict=True) if each in known]
        yield _pair(name, known, _by_math_verify, "math_verify verify(parse())")
        yield _pair(name, typed, lambda _, known=known: _by_math_verify(known), TYPED)


def _pair(name: str, cases: list[Case], way: Way, against: str) -> Pair:
    ready, theirs = checkers(cases), way(cases)
    return Pair(
        f"{name}, {len(cases)}", lambda: verdicts(cases, ready), theirs, against, agree(cases)
    )
