"""A seeded sample of the soundness run; ``make soundness`` has the whole of it."""

from __future__ import annotations

import pytest

from symcnn.prover import decide
from tests.soundness.adversaries import Adversary, adversaries
from tests.soundness.cases import KINDS, case
from tests.soundness.verdicts import answered, decided, is_wrong

SEED, COUNT = 7, 14 * len(KINDS)
_ADVERSARIES = list(adversaries())[::27]


@pytest.mark.parametrize("position", range(len(KINDS)), ids=KINDS)
def test_no_wrong_verdict(position: int) -> None:
    """What is true is never refuted, what is false never proved; and most is decided at all."""
    verdicts = []
    for number in range(position, COUNT, len(KINDS)):
        one = case(SEED, number)
        kind = decided(one, decide)
        assert not is_wrong(one, kind), f"{kind}: {one}"
        verdicts.append(kind)
    assert any(kind != "undecided" for kind in verdicts)


@pytest.mark.parametrize("one", _ADVERSARIES, ids=lambda one: f"{one.how}: {one.answer}")
def test_vacuous_answer_is_not_proved(one: Adversary) -> None:
    assert answered(one) != "proved", str(one)
