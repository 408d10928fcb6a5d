"""The generator is checked before it checks anybody: by the oracle, and by itself."""

from __future__ import annotations

from random import Random

import pytest

from tests.oracles import UNDEFINED, CannotEvaluate, agree, evaluate_text
from tests.soundness.adversaries import Adversary, adversaries, adversaries_of
from tests.soundness.classes import CLASSES
from tests.soundness.generate import Pair, pair, pairs
from tests.soundness.keys import KEYS
from tests.soundness.worlds import World

SAMPLE = [pair(20, number) for number in range(90)]
_KEY_WORLD = World(
    (
        *((name, "positive integer") for name in "n m K S D G C C_in C_out H W L T B".split()),
        *((name, "positive real") for name in ("a", "eps", "sigma")),
        *((name, "real") for name in ("x", "y", "mu", "beta", "gamma", "theta")),
        *((name, "integer") for name in ("i", "o")),
        *((name, "indexed real") for name in ("u", "v", "w", "nothing")),
        *(("P", "nonnegative integer"), ("answer", "real"), ("key", "real")),
    )
)


def test_pairs_are_the_same_every_time() -> None:
    again = list(pairs(20, 90))
    assert [(p.lhs_text, p.rhs_text, p.given) for p in again] == [
        (p.lhs_text, p.rhs_text, p.given) for p in SAMPLE
    ]
    assert pair(21, 3).lhs_text != pair(20, 3).lhs_text


def test_every_class_comes_equal_and_unequal() -> None:
    made = {(one.kind, one.equal) for one in SAMPLE}
    assert made == {(kind, equal) for kind in CLASSES for equal in (True, False)}


@pytest.mark.parametrize("one", SAMPLE, ids=lambda one: f"{one.number}-{one.kind}")
def test_truth_about_a_pair(one: Pair) -> None:
    """At the point that comes along both sides are defined; they differ there only if unequal."""
    left, right = (
        evaluate_text(text, one.point, reach=16) for text in (one.lhs_text, one.rhs_text)
    )
    same = agree(left, right)
    assert (same is not False) if one.equal else (same is False)
    assert one.lhs != one.rhs


def test_a_hundred_keys_of_fifty_adversaries() -> None:
    assert len({key.text for key in KEYS}) == 100
    assert all(len(set(adversaries_of(key))) == 50 for key in KEYS)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.text)
def test_key_has_values(key: object) -> None:
    """Else every answer would be vacuous for it."""
    rng = Random(3)
    points = [_KEY_WORLD.point(rng) for _ in range(8)]
    assert any(evaluate_text(key.text, point) is not UNDEFINED for point in points)  # type: ignore[attr-defined]


def _equals_its_key(one: Adversary) -> bool:
    """At every one of some points: the same value, or both without one."""
    rng = Random(5)
    for _ in range(8):
        point = _KEY_WORLD.point(rng)
        try:
            answer, key = (evaluate_text(text, point) for text in (one.answer, one.key))
        except CannotEvaluate:
            return False
        if agree(answer, key) is False:
            return False
    return True


def test_no_adversary_equals_its_key() -> None:
    """Contradictory assumptions aside, whose fault is not in the answer."""
    some = [one for one in list(adversaries())[::7] if one.how != "contradictory given"]
    assert len(some) > 600
    assert [str(one) for one in some if _equals_its_key(one)] == []
