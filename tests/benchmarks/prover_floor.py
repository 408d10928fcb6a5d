"""Output sizes with symbolic stride: symcnn's floors and z3, case by case.

z3 gets SMT-LIB text made beforehand; symcnn gets the answer as a student's text.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.formula import Call, Condition, Pow
from symcnn.formula.traverse import free_names, walk
from symcnn.reading import read, read_given
from tests.benchmarks.pairs import Pair
from tests.benchmarks.prover_cases import Case, agree, checkers, of_class, verdicts
from tests.benchmarks.z3_encoding import decided_by_z3, z3_says


def symbolic_stride(case: Case) -> bool:
    """A floor, ceiling or remainder by something with a name in it."""
    side = read(case.key, read_given(case.given)).formula
    for call in walk(side):
        if isinstance(call, Call) and call.name in ("floor", "ceil", "mod"):
            divisors = [each.base for each in walk(call) if isinstance(each, Pow)]
            if any(free_names(each) for each in (*divisors, *call.args[1:])):
                return True
    return False


def pairs() -> Iterator[Pair]:
    """One pair for every right answer that z3 decides, and one for all wrong ones."""
    every = of_class("floor", lambda side: not isinstance(side, Condition))
    decided = decided_by_z3([case for case in every if symbolic_stride(case)])
    for case, text in decided:
        if case.right:
            ready = checkers([case])
            yield Pair(
                f"floor: {case.answer}"[:36],
                lambda case=case, ready=ready: verdicts([case], ready),
                lambda text=text: [z3_says(text)],
                "z3",
                agree([case]),
            )
    wrong = [(case, text) for case, text in decided if not case.right]
    cases, texts = [case for case, _ in wrong], [text for _, text in wrong]
    ready = checkers(cases)
    yield Pair(
        f"floor near misses, {len(cases)}",
        lambda: verdicts(cases, ready),
        lambda: [z3_says(text) for text in texts],
        "z3",
        agree(cases),
    )
