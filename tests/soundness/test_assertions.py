"""Generated statements are checked before they check the prover."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symcnn.claims import Implies
from symcnn.formula import Compare, Symbol
from symcnn.formula.plain import plain
from symcnn.reading import read_given
from tests.oracles import evaluate_text
from tests.soundness.assertions import Assertion, fails, truth
from tests.soundness.assertions_objects import _BLOCKS, _LIMITS
from tests.soundness.cases import ASSERTIONS, KINDS, case
from tests.soundness.conditional import CONDITIONALS
from tests.soundness.verdicts import is_wrong

SAMPLE = [case(31, number) for number in range(6 * len(KINDS))]
STATED = [one for one in SAMPLE if isinstance(one, Assertion)]


def test_the_same_every_time_and_both_truths_in_every_class() -> None:
    assert [str(case(31, number)) for number in range(2 * len(KINDS))] == [
        str(one) for one in SAMPLE[: 2 * len(KINDS)]
    ]
    assert {(one.kind, one.equal) for one in STATED} == {
        (kind, true) for kind in ASSERTIONS for true in (True, False)
    }


def test_what_is_assumed_can_be_read() -> None:
    for one in STATED:
        assert read_given(one.given).domains
        assert bool(read_given(one.needs or None).relations) is bool(one.needs)


@pytest.mark.parametrize("make", CONDITIONALS, ids=lambda make: make.__name__)
def test_a_conclusion_holds_wherever_its_premises_do(make: object) -> None:
    rng = Random(8)
    seen = 0
    for _ in range(12):
        fact = make(rng)  # type: ignore[operator]
        for _ in range(6):
            point = fact.world.point(rng)
            fact.repair(point, rng)
            failed = fails(fact.premises, (fact.conclusion,), point)
            assert failed is not True
            seen += failed is False
    assert seen > 20


def test_a_false_implication_fails_at_its_point() -> None:
    for one in STATED:
        if isinstance(one.statement, Implies) and not one.equal:
            assert truth(one.statement.premise, one.point) is True
            assert truth(one.statement.conclusion, one.point) is False


@pytest.mark.parametrize("block", range(len(_BLOCKS)))
def test_a_sequence_tends_to_its_limit(block: int) -> None:
    """At n = 150 the difference is small beside 1."""
    rng = Random(block)
    sequence, limit = _BLOCKS[block](rng)
    point = {**_LIMITS.point(rng), "n": Fraction(150), "a": Fraction(2)}
    near, at = (evaluate_text(plain(each), point) for each in (sequence, limit))
    low, high = (getattr(near, "low", near), getattr(near, "high", near))
    assert max(abs(low - at), abs(high - at)) < Fraction(1, 10)


def test_what_is_wrong() -> None:
    x = Symbol("x")
    needed = Assertion(0, 0, "needs", "", "", Implies(x, x), True, "", (), {}, {"x": Fraction(1)})
    assert is_wrong(needed, "proved") and not is_wrong(needed, "holds_under")
    false = Assertion(0, 0, "needs", "", "", Implies(x, x), False, "", ())
    assert is_wrong(false, "holds_under") and not is_wrong(false, "undecided")


def test_truth_and_none_where_nothing_is_known() -> None:
    x = Symbol("x")
    assert truth(Compare("<", x, 2), {"x": Fraction(1)}) is True
    assert truth(Compare("=", x / (x - 1), x), {"x": Fraction(1)}) is None
