"""Verdicts and findings as JSON values of schema 1: every key is always there.

Exact numbers are text that ``reading`` reads back; a matrix is a list of rows; a family is its
support and the value everywhere else.
"""

from __future__ import annotations

from typing import Any, assert_never

from symcnn.claims.as_text import domain_text
from symcnn.claims.report import Finding
from symcnn.claims.statements import Statement, sides_of
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Verdict, Witness
from symcnn.errors import ParseError, SymcnnError
from symcnn.formula.domains import Given
from symcnn.formula.plain import plain, plain_value
from symcnn.formula.traverse import free_names
from symcnn.formula.values import ArrayValue, Family, PointValue, Scalar, Undefined, Value

SCHEMA = 1


def verdict_json(
    verdict: Verdict, statement: Statement | None = None, given: Given | None = None
) -> dict[str, Any]:
    """A verdict, with what was read of the statement and the domain of each of its names.

    >>> verdict_json(Undecided("no admissible point"))["reason"]
    'no admissible point'
    """
    out = _nothing(verdict.kind)
    out["read"] = read_json(statement, given or Given())
    match verdict:
        case Proved(method, _, domain):
            out["method"] = method
            out["domain"] = None if domain is None else plain(domain)
        case HoldsUnder(assumptions, method, _, counterexample, domain):
            out["method"] = method
            out["assumptions"] = [plain(each) for each in assumptions]
            out["witness"] = None if counterexample is None else witness_json(counterexample)
            out["domain"] = None if domain is None else plain(domain)
        case Refuted(witness, holds_when, message, _):
            out["witness"] = witness_json(witness)
            out["holds_when"] = [[plain(each) for each in group] for group in holds_when]
            out["message"] = message
        case Undecided(reason, _, would_help):
            out["reason"] = reason
            out["message"] = would_help
        case _:
            assert_never(verdict)
    return out


def invalid_json(error: SymcnnError) -> dict[str, Any]:
    """Text that could not be read, or assumptions that contradict, in the shape of a verdict."""
    out = _nothing("invalid")
    out["message"] = str(error)
    if isinstance(error, ParseError):
        out["message"] = f"{error.message}; {error.hint}" if error.hint else error.message
        out["offset"] = error.offset
    return out


def finding_json(finding: Finding, answer_id: str) -> dict[str, Any]:
    """A claim of an answer, the verdict that was expected, and the one that was found."""
    return {
        "answer": answer_id,
        "claim": finding.claim.name,
        "role": finding.claim.role,
        "source": list(finding.claim.source),
        "expected": finding.claim.expect.kind,
        "verdict": verdict_json(finding.verdict, finding.statement, finding.given),
    }


def read_json(statement: Statement | None, given: Given) -> dict[str, Any]:
    """Both sides as they were read, and the names with their domains."""
    sides = () if statement is None else sides_of(statement)
    names = dict.fromkeys(name for side in sides for name in free_names(side))
    domains = {name: given.domain(name) for name in names}
    return {
        "lhs": plain(sides[0]) if sides else None,
        "rhs": plain(sides[-1]) if len(sides) > 1 else None,
        "names": {name: domain_text(each) if each else "" for name, each in domains.items()},
    }


def witness_json(witness: Witness) -> dict[str, Any]:
    """The point and both sides there."""
    return {
        "values": {name: value_json(value) for name, value in witness.values},
        "lhs": None if witness.lhs is None else value_json(witness.lhs),
        "rhs": None if witness.rhs is None else value_json(witness.rhs),
    }


def value_json(value: Value | PointValue | Undefined) -> Any:
    """A number as text, an array as nested lists, a family as its support and the rest.

    >>> from fractions import Fraction
    >>> value_json(Family({(0,): Fraction(1, 2)}))
    {'support': {'0': '1/2'}, 'else': '0'}
    >>> value_json(ArrayValue((1, 2), (Fraction(1), Fraction(-5, 6))))
    [['1', '-5/6']]
    """
    match value:
        case ArrayValue(shape, entries):
            return _rows(shape, entries)
        case Family(members, otherwise):
            support = {
                ",".join(map(str, place)): plain_value(members[place]) for place in sorted(members)
            }
            return {"support": support, "else": plain_value(otherwise)}
        case _:
            return plain_value(value)


def _rows(shape: tuple[int, ...], entries: tuple[Scalar, ...]) -> Any:
    if not shape:
        return plain_value(entries[0])
    step = len(entries) // shape[0] if shape[0] else 0
    return [_rows(shape[1:], entries[k * step : (k + 1) * step]) for k in range(shape[0])]


def _nothing(kind: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": kind,
        "method": "",
        "assumptions": [],
        "holds_when": [],
        "witness": None,
        "domain": None,
        "reason": "",
        "message": "",
        "offset": None,
        "read": {"lhs": None, "rhs": None, "names": {}},
        "diagnosis": [],
    }
