"""Keys under assumptions that determine a name: divisibility and equations, and near misses."""

from __future__ import annotations

import pytest

from symcnn.prover.ready_key import ReadyKey
from symcnn.reading import read, read_given

SIZES = "N, P, F, S: positive integer; "


@pytest.mark.parametrize(
    ("given", "key", "answer"),
    [
        ("S divides N + 2*P - F", "floor((N + 2*P - F)/S) + 1", "(N + 2*P - F)/S + 1"),
        ("S divides N + 2*P - F", "floor((N + 2*P - F)/S) + 1", "ceil((N + 2*P - F)/S) + 1"),
        ("S divides N + 2*P - F", "floor((N + 2*P - F)/S) + 1", "(N + 2*P - F + S)/S"),
        ("N = S*F", "floor(N/S)", "F"),
    ],
)
def test_proved(given: str, key: str, answer: str) -> None:
    assert _kind(given, key, answer) == "proved"


@pytest.mark.parametrize(
    ("given", "key", "answer"),
    [
        ("S divides N + 2*P - F", "floor((N + 2*P - F)/S) + 1", "(N + 2*P - F)/S"),
        ("S divides N + 2*P - F - 1", "floor((N + 2*P - F)/S) + 1", "(N + 2*P - F)/S + 1"),
        ("S divides N + 2*P - F + 1", "floor((N + 2*P - F)/S)", "ceil((N + 2*P - F)/S)"),
        ("S divides N + 2*P - F - 1; S > 1", "floor((N + 2*P - F)/S)", "(N + 2*P - F)/S"),
        ("N = S*F", "floor(N/S)", "F + S - 1"),
        ("N = S*F + 1; S > 1", "floor(N/S)", "N/S"),
    ],
)
def test_near_misses_are_not_proved(given: str, key: str, answer: str) -> None:
    assert _kind(given, key, answer) != "proved"


def _kind(given: str, key: str, answer: str) -> str | None:
    granted = read_given(SIZES + given)
    ready = ReadyKey.of(read(key, granted).formula, granted)
    assert ready is not None
    return ready.kind(read(answer, granted).formula)
