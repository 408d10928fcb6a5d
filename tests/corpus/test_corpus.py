"""The pairs of the corpus: what is said of each is a fact, and the prover says the same or nothing.

Every third pair by default, the others where slow tests are asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from tests.corpus.load import CLASSES, Pair, entries, listed, pairs, verdict
from tests.corpus.points import points, value
from tests.corpus.shares import as_listed, share
from tests.oracles import UNDEFINED, CannotEvaluate, agree, undefined_somewhere

POINTS = 20
FAR = 400  # points to look for a difference at


@lru_cache(maxsize=1)
def _all() -> tuple[Pair, ...]:
    return tuple(pairs())


def _third(kind: str, start: int) -> tuple[Pair, ...]:
    return tuple(pair for pair in _all()[start::3] if pair.entry.kind == kind)


def _same(pair: Pair, count: int) -> list[bool]:
    """At which of the points, where the reference has a value, the partner has the same."""
    found = []
    for point in points(pair, count):
        try:
            reference = pair.entry.reference
            expected = True if reference is None else value(reference, pair.entry, point)
            own = value(pair.text, pair.entry, point)
        except CannotEvaluate:
            continue
        if expected is UNDEFINED or undefined_somewhere(expected):
            continue
        found.append(own is not UNDEFINED and agree(expected, own) is not False)
        if pair.mistake and not found[-1]:
            break
    return found


def _facts(some: tuple[Pair, ...]) -> None:
    false = []
    for pair in some:
        same = _same(pair, FAR if pair.mistake else POINTS)
        if all(same) if pair.mistake else not all(same) or len(same) < POINTS:
            false.append(str(pair))
    assert false == []


def _verdicts(some: tuple[Pair, ...]) -> None:
    known = listed()
    kinds = {str(pair): (pair, verdict(pair)) for pair in some}
    wrong = [line for line, (p, kind) in kinds.items() if kind not in ("undecided", p.expected)]
    assert wrong == [], "false verdicts"
    open_pairs = {line for line, (_, kind) in kinds.items() if kind == "undecided"}
    assert sorted(open_pairs - known) == [], "undecided and not listed in undecided.txt"
    assert sorted(known & set(kinds) - open_pairs) == [], "decided and still listed"


@pytest.mark.parametrize("kind", CLASSES)
def test_the_facts_are_as_said(kind: str) -> None:
    _facts(_third(kind, 0))


@pytest.mark.parametrize("kind", CLASSES)
def test_verdicts_agree_with_the_facts(kind: str) -> None:
    _verdicts(_third(kind, 0))


@pytest.mark.slow
@pytest.mark.parametrize("kind", CLASSES)
def test_the_other_thirds(kind: str) -> None:
    others = _third(kind, 1) + _third(kind, 2)
    _facts(others)
    _verdicts(others)


def test_the_corpus_is_large_and_varied() -> None:
    """Enough pairs, both kinds of partner in every class, LaTeX and Persian digits."""
    assert len(_all()[::3]) >= 300
    lines = [str(pair) for pair in _all()]
    assert len(set(lines)) == len(lines), "the same pair twice"
    by_kind = Counter((pair.entry.kind, bool(pair.mistake)) for pair in _all())
    assert min(by_kind[kind, mistaken] for kind in CLASSES for mistaken in (False, True)) >= 20
    latex = [pair for pair in _all() if "\\" in pair.text]
    persian = [pair for pair in _all() if re.search("[۰-۹]", pair.text)]
    assert len(latex) >= 150
    assert len(persian) >= 30
    assert all(entry.right and entry.wrong for entry in entries())


def test_what_is_listed_as_undecided_is_in_the_corpus() -> None:
    assert sorted(listed() - {str(pair) for pair in _all()}) == []


def test_the_table_in_the_readme_is_that_of_the_corpus() -> None:
    """The other tests here show that every verdict is as it is counted in the table."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert as_listed() in readme, "README.md wants what python -m tests.corpus prints"


def test_a_pair_without_a_verdict_is_counted_as_undecided() -> None:
    first, second, *_ = _all()
    table = share([(first, "proved"), (second, "undecided")])
    assert table.splitlines()[-1] == "| **all** | 2 | 1 of 2 | 0 of 0 | 1 |"
