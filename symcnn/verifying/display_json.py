"""Results as JSON values of schema 1: the verdict, what was read, and the names with domains."""

from __future__ import annotations

from typing import Any

from symcnn.claims.as_json import verdict_json
from symcnn.claims.as_text import domain_text
from symcnn.claims.verdict import Proved, Refuted, Undecided
from symcnn.formula.plain import plain
from symcnn.verifying.display import group_items
from symcnn.verifying.result import UNREADABLE, Invalid, Result, Withheld


def result_json(result: Result) -> dict[str, Any]:
    """Every key is there, null or empty where it does not apply.

    >>> from symcnn import verify
    >>> result_json(verify("K + K = 2*K"))["read"]
    {'lhs': 'K + K', 'rhs': '2*K', 'names': {'K': 'real (default)'}}
    """
    verdict = result.verdict
    if isinstance(verdict, (Invalid, Withheld)):
        out = verdict_json(Undecided(""))
        out["kind"] = verdict.kind
        if isinstance(verdict, Invalid):
            told = (verdict.message, verdict.hint) if verdict.hint else (verdict.message,)
            out["reason"], out["message"] = verdict.reason, "; ".join(told)
            out["offset"] = verdict.offset
    else:
        out = verdict_json(verdict)
    if isinstance(verdict, Refuted):
        out["holds_when"] = [group_items(group) for group in verdict.holds_when]
        if not verdict.witness.values and verdict.witness.lhs is None:
            out["witness"] = None
    elif isinstance(verdict, Proved) and verdict.domain is not None:
        out["domain"] = plain(verdict.domain)
    if result.where is not None and not out["message"]:
        out["message"] = result.where.text
    out["read"] = {
        "lhs": plain(result.lhs),
        "rhs": None if result.rhs is None else plain(result.rhs),
        "names": {
            each.name: f"{domain_text(each.domain)} ({each.origin})" for each in result.known
        },
    }
    if isinstance(verdict, Invalid) and verdict.reason == UNREADABLE:
        out["read"] = {"lhs": None, "rhs": None, "names": {}}
    out["diagnosis"] = [{"kind": each.kind, "message": each.message} for each in result.diagnosis]
    return out
