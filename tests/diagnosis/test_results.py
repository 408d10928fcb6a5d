"""What results tell of slips: only what the level lets, and only when it is asked for."""

from __future__ import annotations

import pickle

import pytest

from symcnn import Checker, verify
from symcnn.verifying.feedback import LEVELS, cut

KEY = "K^2*C_in*C_out + C_out"
WRONG = "K^2*C_in*C_out + 1"


def test_a_result_tells_the_slip() -> None:
    result = verify(WRONG, against=KEY, given="cnn")
    assert [each.kind for each in result.diagnosis] == ["bias-once"]
    assert result.as_json()["diagnosis"] == [
        {
            "kind": "bias-once",
            "message": "The bias was counted once; each of the C_out filters has its own.",
        }
    ]
    assert "hint:  The bias was counted once" in repr(result)


@pytest.mark.parametrize("level", LEVELS)
def test_only_from_the_level_hint_on(level: str) -> None:
    tells = LEVELS.index(level) >= LEVELS.index("hint")
    result = Checker(KEY, given="cnn", feedback=level).check(WRONG)
    assert bool(result.diagnosis) == tells
    assert ("bias" in repr(result)) == tells
    assert bool(cut(verify(WRONG, against=KEY, given="cnn"), level).diagnosis) == tells


def test_the_key_of_a_claim_tells_no_slip_unasked() -> None:
    key = "dl2/q4:output_entries"
    asked = verify("0", against=key)
    assert (asked.kind, asked.level, asked.diagnosis) == ("refuted", "where", ())


def test_nothing_is_looked_for_before_somebody_asks() -> None:
    checker = Checker(KEY, given="cnn")
    result = checker.check(WRONG)
    assert (result.kind, result.verdict.kind) == ("refuted", "refuted")
    with pytest.raises(AttributeError):
        object.__getattribute__(checker, "_diagnoser")
    assert result.diagnosis
    assert object.__getattribute__(checker, "_diagnoser")
    again = pickle.loads(pickle.dumps(checker))
    assert again.check(WRONG).diagnosis == result.diagnosis


def test_results_stay_values() -> None:
    one, other = (Checker(KEY, given="cnn").check(WRONG) for _ in range(2))
    assert one == other and hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize(
    ("answer", "kind"), [(KEY, "proved"), ("C_out*(1 + K^2*C_in)", "proved"), ("K", "refuted")]
)
def test_no_slip_without_a_known_mistake(answer: str, kind: str) -> None:
    result = verify(answer, against=KEY, given="cnn")
    assert (result.kind, result.diagnosis) == (kind, ())


def test_an_equation_by_itself_has_no_key_to_be_wrong_about() -> None:
    assert verify("(K + 1)^2 = K^2 + 1").diagnosis == ()
