"""A seeded sample of the soundness run; ``make soundness`` has the whole of it."""

from __future__ import annotations

import pytest

from symcnn.prover import decide
from tests.soundness.adversaries import Adversary, adversaries
from tests.soundness.generate import pair
from tests.soundness.grammar import CLASSES
from tests.soundness.verdicts import answered, decided, is_wrong

SEED, COUNT = 7, 252
_ADVERSARIES = list(adversaries())[::27]


@pytest.mark.parametrize("position", range(len(CLASSES)), ids=list(CLASSES))
def test_no_wrong_verdict(position: int) -> None:
    """Equal pairs are never refuted, unequal ones never proved; and most are decided at all."""
    verdicts = []
    for number in range(position, COUNT, len(CLASSES)):
        one = pair(SEED, number)
        kind = decided(one, decide)
        assert not is_wrong(one, kind), f"{kind}: {one}"
        verdicts.append(kind)
    assert any(kind != "undecided" for kind in verdicts)


@pytest.mark.parametrize("one", _ADVERSARIES, ids=lambda one: f"{one.how}: {one.answer}")
def test_vacuous_answer_is_not_proved(one: Adversary) -> None:
    assert answered(one) != "proved", str(one)
