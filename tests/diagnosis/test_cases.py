"""Every mistake is planted in a worked key and named; what only looks like it is not called so."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from symcnn.diagnosis import KINDS, Diagnoser
from symcnn.formula import Formula
from symcnn.reading import read, read_given

ENTRIES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["entry"]


class Case(NamedTuple):
    """A key with what is given, a mistake, and a wrong answer."""

    key: str
    given: str
    kind: str
    answer: str


def _cases(part: str) -> list[Case]:
    return [
        Case(entry["key"], entry["given"], kind, answer)
        for entry in ENTRIES
        for kind, answer in entry[part].items()
    ]


PLANTED, NEAR = _cases("planted"), _cases("near")


def _meant(text: str, given: str) -> Formula:
    return read(text, read_given(given or None)).formula


@cache
def _diagnoser(key: str, given: str) -> Diagnoser:
    return Diagnoser(_meant(key, given), read_given(given or None))


def _named(case: Case) -> list[str]:
    why = _diagnoser(case.key, case.given)
    return [slip.kind for slip in why.slips(_meant(case.answer, case.given))]


@pytest.mark.parametrize("case", PLANTED, ids=lambda case: f"{case.kind} | {case.answer}")
def test_a_planted_mistake_is_named(case: Case) -> None:
    assert case.kind in _named(case)


@pytest.mark.parametrize("case", NEAR, ids=lambda case: f"{case.kind} | {case.answer}")
def test_a_near_miss_is_not_called_by_that_name(case: Case) -> None:
    assert case.kind not in _named(case)


def test_every_mistake_has_both() -> None:
    assert {case.kind for case in PLANTED} == set(KINDS)
    assert {(case.key, case.kind) for case in PLANTED} == {(case.key, case.kind) for case in NEAR}


def test_there_are_many_of_them() -> None:
    assert len(KINDS) == len(set(KINDS)) >= 100


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_the_key_itself_made_no_mistake(entry: dict[str, str]) -> None:
    key = entry["key"]
    assert _named(Case(key, entry["given"], "", key)) == []
    for spelled in (f"0 + {key}", f"2*({key})/2"):
        if "matrix" not in entry["given"]:
            assert _named(Case(key, entry["given"], "", spelled)) == []
