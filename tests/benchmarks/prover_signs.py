"""Absolute values, maxima, ReLUs and cases, with up to three signs and with more: symcnn and z3.

z3 gets SMT-LIB text made beforehand; symcnn gets the answer as a student's text.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.formula import Call, Compare, Condition, Formula
from symcnn.formula.traverse import walk
from symcnn.reading import read, read_given
from tests.benchmarks.pairs import Pair
from tests.benchmarks.prover_cases import Case, agree, checkers, of_class, verdicts
from tests.benchmarks.z3_encoding import decided_by_z3, z3_says

FEW = 3
_SIGNS = ("abs", "sign", "max", "min", "relu")


def signs(side: Formula) -> int:
    """How many signs decide what the formula is."""
    calls = sum(
        len(node.args) - (node.name in ("max", "min"))
        for node in walk(side)
        if isinstance(node, Call) and node.name in _SIGNS
    )
    return calls + sum(isinstance(node, Compare) for node in walk(side))


def _wanted(side: Formula) -> bool:
    return not isinstance(side, Condition)


def _few(case: Case) -> bool:
    sides = (read(text, read_given(case.given)).formula for text in (case.key, case.answer))
    return sum(signs(side) for side in sides) <= FEW


def pairs() -> Iterator[Pair]:
    """Right answers and wrong ones, with few signs and with many."""
    known = decided_by_z3([*of_class("signs", _wanted), *of_class("relu", _wanted)])
    for right, name in ((True, "ReLU and abs"), (False, "ReLU and abs, misses")):
        for few, size in ((True, "few signs"), (False, "many")):
            some = [
                (case, text) for case, text in known if case.right is right and _few(case) is few
            ]
            cases, texts = [case for case, _ in some], [text for _, text in some]
            ready = checkers(cases)
            yield Pair(
                f"{name}, {size}, {len(cases)}",
                lambda cases=cases, ready=ready: verdicts(cases, ready),
                lambda texts=texts: [z3_says(text) for text in texts],
                "z3",
                agree(cases),
            )
