"""The kind that a prepared key finds is the kind that the whole prover finds."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from symcnn import Checker
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Rational, Symbol
from symcnn.prover.rational_key import RationalKey
from tests.corpus.load import pairs

K, M = Symbol("K"), Symbol("M")
POSITIVE = Given((("K", Domain("integer", Rational(1))), ("M", Domain("integer", Rational(1)))))

WRITTEN = [each for each in pairs() if each.entry.reference is not None]


def _is(name: Symbol, value: int) -> Compare:
    return Compare("=", name, Rational(value))


def test_every_pair_of_the_corpus_has_the_kind_that_its_evidence_has() -> None:
    decided = 0
    for each in WRITTEN:
        if each.entry.kind != "rational":
            continue
        checker = Checker(each.entry.reference, given=each.entry.given or None)
        result = checker.check(each.text)
        ready = hasattr(result, "_kind")
        decided += ready
        assert result.kind == checker.judged(each.text).kind, each.text
        if ready:
            assert result.verdict.kind == result.kind
    assert decided > 80


@pytest.mark.parametrize(
    ("candidate", "kind"),
    [
        (K * (K + 1), "proved"),
        (K**2 + 1, "refuted"),
        ((K**3 + K**2) / K, "proved"),
        ((K**2 - 1) * K / (K - 1), "proved"),
        (K**2 + K + 1 / (M - M), None),
        (Symbol("n"), None),
    ],
)
def test_a_key_with_its_candidates(candidate: object, kind: str | None) -> None:
    key = RationalKey.of(K**2 + K, POSITIVE)
    assert key is not None
    assert key.kind(candidate) == kind  # type: ignore[arg-type]


def test_a_divisor_that_is_0_at_every_admissible_point_proves_nothing() -> None:
    pinned = Given(POSITIVE.domains, (_is(K, 1),))
    key = RationalKey.of(K, pinned)
    assert key is not None
    assert key.kind(K * (K - 1) / (K - 1)) is None


def test_names_that_are_pinned_decide_nothing_by_their_polynomials() -> None:
    key = RationalKey.of(K, Given(POSITIVE.domains, (_is(K, 1),)))
    assert key is not None
    assert key.kind(K**2) is None
    assert key.kind(K + 1) == "refuted"


def test_matrices_and_families_are_no_numbers() -> None:
    matrix = Domain("matrix", shape=(Rational(2), Rational(2)))
    A, B = Symbol("A"), Symbol("B")
    assert RationalKey.of(A * B, Given((("A", matrix), ("B", matrix)))) is None
    family = Given((("x", Domain("real", indices=1)),))
    assert RationalKey.of(Symbol("x") + K, family) is None


def test_no_admissible_point_no_key() -> None:
    assert RationalKey.of(1 / (K - K), POSITIVE) is None


def test_a_result_completes_itself_when_it_is_looked_at() -> None:
    checker = Checker("K^2 + K", given="K: positive integer")
    result = checker.check("K^2 + 1")
    assert result.kind == "refuted"
    assert pickle.loads(pickle.dumps(result)) == checker.judged("K^2 + 1")
    assert str(result.verdict.witness.values) == str(
        checker.judged("K^2 + 1").verdict.witness.values
    )


def test_checkers_travel_and_serve_many_threads() -> None:
    checker = Checker("H*W*C_in*(K^2 + C_out)", given="cnn")
    checker.check("H")
    other = pickle.loads(pickle.dumps(checker))
    texts = ["H W C_in K^2 + H W C_in C_out", "H W C_in K^2", "C_in*H*W*(C_out + K^2)"] * 40
    expected = [checker.judged(text).kind for text in texts[:3]] * 40
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda text: other.check(text).kind, texts)) == expected
