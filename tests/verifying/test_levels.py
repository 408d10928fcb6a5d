"""Levels of feedback: nothing above the level is in the result, however it is printed."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from symcnn import Checker, verify, verify_steps
from symcnn.verifying.feedback import LEVELS, cut

# The reference 37*Q + 41 has traces of its own: numbers, a name, a value at every witness.
REFERENCE = "37*Q + 41"
SECRETS = ("37", "41", "Q")


def everything(result: Any) -> str:
    """All that a result can print, and all that it holds."""
    printed = (repr(result), json.dumps(result.as_json()), result._repr_latex_())
    return " ".join((*printed, result._repr_html_(), repr(pickle.dumps(result))))


def forms(answer: str, level: str, **options: Any) -> tuple[Any, str]:
    result = Checker(REFERENCE, feedback=level, **options).check(answer)
    return result, everything(result)


@pytest.mark.parametrize("level", LEVELS[:-2])
@pytest.mark.parametrize("answer", ["K + 5", "2/K", "0/(K - K)", "Vector([K, 2])", "sign(K)"])
def test_the_reference_does_not_show(level: str, answer: str) -> None:
    result, text = forms(answer, level)
    assert result.level == level
    for secret in SECRETS:
        assert secret not in text.replace("symcnn", ""), secret


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_says_what_it_says(level: str) -> None:
    height = LEVELS.index(level)
    result = Checker("Vector([37*Q, Q])", feedback=level).check("Vector([37*Q, 2])")
    found = result.as_json()
    assert (found["kind"] == "refuted") is (height >= LEVELS.index("verdict"))
    assert (result.where is not None) is (height >= LEVELS.index("where"))
    assert (found["witness"] is not None) is (height >= LEVELS.index("witness"))
    assert (found["read"]["rhs"] is not None) is (height >= LEVELS.index("solution"))
    assert found["read"]["lhs"] == "Vector([37*Q, 2])"


def test_the_verdict_is_withheld_below_verdict() -> None:
    right, text = forms(REFERENCE, "readable")
    wrong, _ = forms("K", "readable")
    assert right.kind == wrong.kind == "withheld"
    assert "proved" not in text
    assert "refuted" not in text


def test_conditions_that_pin_a_value_are_for_the_witness_level() -> None:
    for level, shown in (("where", False), ("witness", True)):
        result = Checker("K^2 - 3*K", feedback=level).check("K - 3")
        assert ("K = 1" in everything(result)) is shown
    kept = Checker("x", feedback="where").check("|x|").as_json()["holds_when"]
    assert kept[0] == ["x: positive integer"]


def test_against_a_claim_it_stops_at_where() -> None:
    key = "dl2/q4:output_entries"
    assert verify("Vector([1, 2, 3, 4])", against=key).level == "where"
    told = verify("Vector([1, 2, 3, 4])", against=key, feedback="solution")
    assert told.rhs is not None
    assert told.as_json()["witness"] is not None
    assert verify("K", against="K^2").level == "solution"


def test_cutting_never_adds() -> None:
    low = verify("K", against="K^2", feedback="verdict")
    assert cut(low, "solution") == low
    assert cut(verify("K", against="K^2"), "verdict") == low


def test_undecided_tells_nothing_of_the_reference() -> None:
    from symcnn.claims import Undecided
    from symcnn.reading import read
    from symcnn.verifying.result import Result

    verdict = Undecided("37*Q must be nonzero", ("rung: 41",), "Q = 37")
    whole = Result(verdict, read("K").formula, read(REFERENCE).formula)
    text = everything(cut(whole, "witness"))
    assert not any(secret in text.replace("symcnn", "") for secret in SECRETS)


@pytest.mark.parametrize("level", LEVELS[:-2])
def test_a_derivation_is_cut_as_well(level: str) -> None:
    chain = verify_steps(["2*K", "= K + 5", "= 5 + K"], target=REFERENCE, feedback=level)
    text = everything(chain)
    assert not any(secret in text.replace("symcnn", "") for secret in SECRETS)
    height = LEVELS.index(level)
    assert (chain.kind == "refuted") is (height >= LEVELS.index("verdict"))
    assert (chain.first_broken == 0) is (height >= LEVELS.index("where"))
    assert [step.result.kind for step in chain.links] == (
        ["refuted", "proved"] if height >= LEVELS.index("where") else ["withheld", "withheld"]
    )
