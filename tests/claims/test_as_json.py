"""JSON of schema 1: every key always there, exact numbers as text."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from symcnn.claims import (
    Certificate,
    Derivation,
    Equation,
    Finding,
    HoldsUnder,
    Link,
    Proved,
    Refuted,
    Undecided,
    Verdict,
    Witness,
    claim,
)
from symcnn.claims.as_json import finding_json, invalid_json, value_json, verdict_json
from symcnn.claims.statements import resolve
from symcnn.errors import AuthorError, ParseError
from symcnn.formula.domains import Given
from symcnn.formula.values import ArrayValue, Ball, Family, PointValue, Undefined, Value
from symcnn.reading import read, read_given

KEYS = [
    "schema", "kind", "method", "assumptions", "holds_when", "witness", "domain", "reason",
    "message", "offset", "read", "diagnosis",
]  # fmt: skip
LEAF = Certificate("known", "K = K")
POSITIVE = read("a > 0").formula
AT = Witness((("a", Fraction(-5, 6)),), Fraction(1), Undefined("division by zero"))
AT_JSON = {
    "values": {"a": "-5/6"},
    "lhs": "1",
    "rhs": "undefined (division by zero)",
}


@pytest.mark.parametrize(
    ("verdict", "filled"),
    [
        (Proved("rule", LEAF, POSITIVE), {"kind": "proved", "method": "rule", "domain": "a > 0"}),
        (HoldsUnder((POSITIVE,), "rule", LEAF, AT),
         {"kind": "holds_under", "method": "rule", "assumptions": ["a > 0"], "witness": AT_JSON}),
        (HoldsUnder((POSITIVE,), "rule", LEAF),
         {"kind": "holds_under", "method": "rule", "assumptions": ["a > 0"]}),
        (Refuted(AT, ((POSITIVE,), (POSITIVE, POSITIVE)), "shapes differ"),
         {"kind": "refuted", "witness": AT_JSON, "message": "shapes differ",
          "holds_when": [["a > 0"], ["a > 0", "a > 0"]]}),
        (Undecided("too hard", ("rung",), "a bound"),
         {"kind": "undecided", "reason": "too hard", "message": "a bound"}),
    ],
)  # fmt: skip
def test_every_key_is_there_and_empty_where_it_does_not_apply(
    verdict: Verdict, filled: dict[str, object]
) -> None:
    empty = {
        "schema": 1, "kind": "", "method": "", "assumptions": [], "holds_when": [], "witness": None,
        "domain": None, "reason": "", "message": "", "offset": None,
        "read": {"lhs": None, "rhs": None, "names": {}}, "diagnosis": [],
    }  # fmt: skip
    found = verdict_json(verdict)
    assert list(found) == KEYS
    assert found == {**empty, **filled}
    assert json.loads(json.dumps(found)) == found


def test_what_was_read_and_the_domains() -> None:
    given = read_given("K: positive integer")
    statement = resolve(Equation("K+x", "2*K"), given)
    assert verdict_json(Undecided("no"), statement, given)["read"] == {
        "lhs": "K + x",
        "rhs": "2*K",
        "names": {"K": "positive integer", "x": ""},
    }
    chain = resolve(Derivation("K", (Link("K + 0", "nothing"), Link("0 + K", "turned"))), given)
    read_of_chain = verdict_json(Undecided("no"), chain, given)["read"]
    assert (read_of_chain["lhs"], read_of_chain["rhs"]) == ("K", "0 + K")


def test_unreadable_text_is_invalid_with_its_position() -> None:
    found = invalid_json(ParseError("a bracket is missing", text="(K", offset=2, hint="add )"))
    assert list(found) == KEYS
    assert (found["kind"], found["offset"]) == ("invalid", 2)
    assert found["message"] == "a bracket is missing; add )"
    contradiction = invalid_json(AuthorError("the assumptions contradict each other"))
    assert (contradiction["kind"], contradiction["offset"]) == ("invalid", None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(-5, 6), "-5/6"),
        (Ball(Fraction(1), Fraction(1)), "1"),
        (ArrayValue((2,), (Fraction(1), Fraction(2))), ["1", "2"]),
        (ArrayValue((2, 2), tuple(map(Fraction, range(4)))), [["0", "1"], ["2", "3"]]),
        (ArrayValue((0, 2), ()), []),
        (Family({(1,): Fraction(2), (0,): Fraction(1)}),
         {"support": {"0": "1", "1": "2"}, "else": "0"}),
        (Family({(0, 1): Fraction(1)}, Fraction(1, 2)), {"support": {"0,1": "1"}, "else": "1/2"}),
    ],
)  # fmt: skip
def test_values(value: Value | PointValue, expected: object) -> None:
    assert value_json(value) == expected


def test_a_finding_is_what_the_ledger_reads() -> None:
    @claim(expect=Proved, role="source", source=("mine.q1",))
    def square() -> Equation:
        "The square."
        return Equation("K*K", "K^2")

    finding = Finding(square, square.statement(), Given(), Given(), Refuted(AT))
    found = finding_json(finding, "mine/q1")
    assert {name: found[name] for name in list(found)[:5]} == {
        "answer": "mine/q1",
        "claim": "square",
        "role": "source",
        "source": ["mine.q1"],
        "expected": "proved",
    }
    assert found["verdict"]["kind"] == "refuted"
