"""What a diagnoser promises: proof, order, sameness everywhere, and no word where all is right."""

from __future__ import annotations

import pickle
import subprocess
import sys
from fractions import Fraction

import pytest

from symcnn import verify
from symcnn.diagnosis import KINDS, MISTAKES, Diagnoser, sentence
from symcnn.errors import AuthorError
from symcnn.formula import Formula, number
from symcnn.formula.nodes import Symbol
from symcnn.reading import read, read_given

CNN = read_given("cnn")
WEIGHTS = "K^2*C_in*C_out + C_out"


def _meant(text: str) -> Formula:
    return read(text, CNN).formula


@pytest.fixture(scope="module")
def weights() -> Diagnoser:
    return Diagnoser(_meant(WEIGHTS), CNN)


def _kinds(why: Diagnoser, text: str) -> list[str]:
    return [slip.kind for slip in why.slips(_meant(text))]


def test_a_coincidence_at_the_points_is_no_slip(weights: Diagnoser) -> None:
    """Equal to a mutant at every point of the table, and nowhere else: the prover says no."""
    mutant = _meant("K^2*C_in*C_out")
    away: Formula = number(1)
    for point in weights.table.points:
        value = point["K"]
        assert isinstance(value, Fraction)
        away = away * (Symbol("K") - value)
    assert [slip.kind for slip in weights.slips(mutant)] == ["bias-forgotten"]
    assert weights.slips(mutant + away) == ()
    assert [slip.kind for slip in weights.slips(mutant + away - away)] == ["bias-forgotten"]


def test_spelling_does_not_matter(weights: Diagnoser) -> None:
    for text in ("K*K*C_in*C_out + 1", "1 + C_out*C_in*K^2", "(K^4*C_in*C_out + K^2)/K^2"):
        assert _kinds(weights, text) == ["bias-once"]


def test_the_most_specific_comes_first_and_general_ones_only_alone() -> None:
    why = Diagnoser(_meant("floor((H + 2*P - D*(K - 1) - 1)/S) + 1"), CNN)
    assert _kinds(why, "floor((H + 2*P - D*K)/S) + 1")[0] == "effective-kernel"
    general = [each.kind for each in MISTAKES if each.general]
    assert list(KINDS[-len(general) :]) == general
    found = _kinds(Diagnoser(_meant("2*K^2*C_in"), CNN), "K^2*C_in*2*C_in")
    assert found and set(found) <= set(general)


def test_there_are_never_more_than_three() -> None:
    why = Diagnoser(_meant("1"), CNN)
    for text in ("0", "2", "1/2", "-1"):
        assert len(_kinds(why, text)) <= 3


def test_answers_that_cannot_be_compared_have_no_slip(weights: Diagnoser) -> None:
    assert _kinds(weights, "Q*K") == []
    assert _kinds(weights, "1/(K - K)") == []
    assert _kinds(weights, "Matrix([[K, 1]])") == []
    assert Diagnoser(read("K < H", CNN).formula, CNN).slips(_meant("K")) == ()


def test_pickled_it_says_the_same(weights: Diagnoser) -> None:
    other = pickle.loads(pickle.dumps(weights))
    assert _kinds(other, "K^2*C_in*C_out + 1") == ["bias-once"]
    with pytest.raises(AttributeError, match="does not change"):
        other.given = CNN


def test_each_word_is_the_same_for_every_hash_seed() -> None:
    program = (
        "from symcnn.reading import read, read_given\n"
        "from symcnn.diagnosis import Diagnoser\n"
        "g = read_given('cnn')\n"
        "why = Diagnoser(read('floor((H + 2*P - K)/S) + 1', g).formula, g)\n"
        "print(why.table.points, why.table.own)\n"
        "for text in ('H + 2*P - K + 1', 'floor((H + P - K)/S) + 1', 'ceil((H + 2*P - K)/S)'):\n"
        "    print([slip.kind for slip in why.slips(read(text, g).formula)])\n"
        "print(why.indistinguishable())\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(told) == 1 and b"padding-once" in told.pop()


def test_a_rounded_number_is_compared_within_half_a_unit() -> None:
    why = Diagnoser(_meant("120422400"), CNN)
    answer = _meant("240800000")
    assert why.slips(answer) == ()
    half = Fraction(50_000)
    assert [slip.kind for slip in why.slips(answer, within=half)] == ["flop-for-mac"]
    assert why.slips(_meant("120400000"), within=half) == ()
    assert why.slips(_meant("240200000"), within=half) == ()


def test_numbers_of_a_worked_key_have_roles() -> None:
    why = Diagnoser(_meant("(5*5*3 + 1)*256"), CNN)
    for text, kind in (
        ("5*5*3*256", "bias-forgotten"),
        ("5*5*3*256 + 1", "bias-once"),
        ("19203", "bias-for-each-input"),
        ("(5*3 + 1)*256", "kernel-not-squared"),
        ("(5*5 + 1)*256", "input-channels-forgotten"),
        ("76", "output-channels-forgotten"),
    ):
        assert kind in _kinds(why, text), text
    size = Diagnoser(_meant("floor((227 + 2*2 - 11)/4) + 1"), CNN)
    for text, kind in (
        ("floor((227 + 2 - 11)/4) + 1", "padding-once"),
        ("floor((227 - 11)/4) + 2", ""),
        ("227 + 4 - 11 + 1", "stride-forgotten"),
    ):
        assert (kind in _kinds(size, text)) == bool(kind), text


def test_what_cannot_be_told_apart_is_listed(weights: Diagnoser) -> None:
    pairs = weights.indistinguishable()
    assert ("bias-for-each-input", "channels-exchanged") in pairs
    assert all(len(group) > 1 and set(group) <= set(KINDS) for group in pairs)
    assert list(pairs) == sorted(pairs)


def test_sentences_exist_in_both_languages_and_differ() -> None:
    for kind in KINDS:
        english, persian = sentence(kind), sentence(kind, "fa")
        assert english.endswith((".", "?")) and english[0].isupper() and "`" not in english
        assert english.isascii() and len(english) < 130
        assert any("\u0600" <= letter <= "\u06ff" for letter in persian) and "`" not in persian
        assert persian.count("\u2066") == persian.count("\u2069")
        outside = "".join(
            part.partition("\u2069")[2] for part in f"\u2069{persian}".split("\u2066")
        )
        assert not any(letter.isascii() and letter.isalnum() for letter in outside), persian
        assert persian.rstrip("\u2069").endswith((".", "؟")), persian
    assert len({sentence(kind) for kind in KINDS}) == len(KINDS)
    assert len({sentence(kind, "fa") for kind in KINDS}) == len(KINDS)


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(AuthorError, match=r"no mistake 'bias-onc'; did you mean bias-once"):
        sentence("bias-onc")


def test_no_slip_changes_a_verdict() -> None:
    """A mutation that is right all the same is proved, whatever it is called."""
    given = "H, K, S: positive integer; P: nonnegative integer; S divides H + 2*P - K"
    key = "floor((H + 2*P - K)/S) + 1"
    assert verify("(H + 2*P - K)/S + 1", against=key, given=given).kind == "proved"
    granted = read_given(given)
    why = Diagnoser(read(key, granted).formula, granted)
    assert why.slips(read("(H + 2*P - K)/S + 1", granted).formula) == ()
