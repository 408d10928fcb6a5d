"""Claims and answers: each claim decided under its own assumptions, and compared with what its
author expects.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symcnn.claims.answer import Answer
from symcnn.claims.claim import Claim
from symcnn.claims.report import Finding, Report
from symcnn.errors import AuthorError
from symcnn.prover.statements import decide


def check_claim(claim: Claim, numbers: Mapping[str, int] | None = None) -> Finding:
    """Decides the claim with these numbers of the question.

    Raises AuthorError that names file and claim when the claim is malformed.
    """
    statement = claim.statement(numbers)
    given, needs = claim.granted(numbers), claim.needed()
    try:
        verdict = decide(statement, given, needs)
    except AuthorError as error:
        raise AuthorError(f"{claim.where()}: {error}") from error
    return Finding(claim, statement, given, needs, verdict)


def check_answer(
    answer_id: str, answer: Answer, numbers: Mapping[str, int] | None = None
) -> Report:
    """Decides every claim of an answer; ``numbers`` replace those of its problem by name."""
    chosen = {**answer.problem.given, **(numbers or {})}
    findings = tuple(check_claim(each, chosen) for each in answer.claims)
    return Report(answer_id, answer, findings, MappingProxyType(chosen))
