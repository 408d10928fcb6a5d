"""What checking an answer found: a claim with its verdict, and the answer with all of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symcnn.claims.answer import Answer
from symcnn.claims.claim import Claim
from symcnn.claims.statements import Statement
from symcnn.claims.verdict import Verdict
from symcnn.formula.domains import Given
from symcnn.formula.frozen import frozen


@frozen
class Finding:
    """A claim, the statement that was decided, under which assumptions, and the verdict."""

    claim: Claim
    statement: Statement
    given: Given
    needs: Given
    verdict: Verdict

    @property
    def as_expected(self) -> bool:
        """The verdict is of the kind that the author expects."""
        return isinstance(self.verdict, self.claim.expect)


@frozen
class Report:
    """The findings of one answer, in the order of its claims."""

    answer_id: str
    answer: Answer
    findings: tuple[Finding, ...]
    numbers: Mapping[str, int] = MappingProxyType({})

    @property
    def as_expected(self) -> bool:
        """Every claim came out as its author expects."""
        return all(finding.as_expected for finding in self.findings)

    def finding(self, claim_name: str) -> Finding:
        """The finding of the claim with that name. Raises KeyError."""
        for each in self.findings:
            if each.claim.name == claim_name:
                return each
        raise KeyError(claim_name)
