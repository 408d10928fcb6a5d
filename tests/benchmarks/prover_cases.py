"""The questions of the prover's benchmarks: texts of the corpus, with the verdict that is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from symcnn import Checker
from symcnn.formula import Condition, Formula, Pow, Rational
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names, walk
from tests.corpus.load import Pair, meant, pairs


class Case(NamedTuple):
    """A key, an answer to it, what is given, and whether the answer is right."""

    key: str
    answer: str
    given: str
    right: bool


def of_class(kind: str, wanted: Callable[[Formula], bool]) -> list[Case]:
    """The pairs of a class whose formulas are both wanted, in plain text that all sides read."""
    found: dict[Case, None] = {}
    for pair in pairs():
        if pair.entry.kind != kind or pair.entry.reference is None:
            continue
        key, answer = (meant(text, pair.entry) for text in (pair.entry.reference, pair.text))
        if wanted(key) and wanted(answer) and key != answer:
            given = declared(pair, key, answer)
            found[Case(plain(key), plain(answer), given, not pair.mistake)] = None
    return list(found)


def declared(pair: Pair, *sides: Formula) -> str:
    """What is given, with the usual names spelled out: only those that occur."""
    if not pair.entry.given.startswith("cnn"):
        return pair.entry.given
    relations = pair.entry.given.removeprefix("cnn").lstrip("; ")
    names = dict.fromkeys(name for side in sides for name in free_names(side))
    if relations:
        names.update(dict.fromkeys(("N", "P", "F", "S")))
    kinds = {True: "nonnegative integer", False: "positive integer"}
    parts = [
        f"{', '.join(some)}: {kinds[small]}"
        for small in (False, True)
        if (some := [name for name in names if (name == "P") is small])
    ]
    return "; ".join([*parts, relations] if relations else parts)


def rational(side: Formula) -> bool:
    """Literals, names, sums, products and literal powers."""
    if isinstance(side, Condition):
        return False
    return all(
        type(node).__name__ in ("Add", "Mul", "Pow", "Symbol", "Rational")
        and (not isinstance(node, Pow) or isinstance(node.exponent, Rational) or _small(node))
        for node in walk(side)
    )


def _small(node: Pow) -> bool:
    return not free_names(node.exponent)


def checkers(cases: list[Case]) -> list[Checker]:
    """The keys of the cases, each read once."""
    return [Checker(each.key, given=each.given or None) for each in cases]


def verdicts(cases: list[Case], ready: list[Checker]) -> list[bool]:
    """Ours: an answer as text in, an exact verdict out."""
    kinds = [checker.check(each.answer).kind for each, checker in zip(cases, ready, strict=True)]
    assert all(kind in ("proved", "refuted") for kind in kinds), "something is not decided"
    return [kind == "proved" for kind in kinds]


def agree(cases: list[Case]) -> Callable[[Any, Any], bool]:
    """Both ways say what is right, case by case."""
    expected = [each.right for each in cases]
    return lambda ours, theirs: ours == expected and theirs == expected
