"""Findings -> claim views: the sentence, the formal statement, and the evidence of the verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from symcnn.claims.answer import Box, Show
from symcnn.claims.report import Finding, Report
from symcnn.claims.statements import Derivation
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided
from symcnn.sheet.evidence import (
    alternatives,
    broken_step,
    conditions,
    witness_sentence,
)
from symcnn.sheet.formal import quantified
from symcnn.sheet.language import Language
from symcnn.sheet.medium import Medium, Tag
from symcnn.sheet.prose import Paragraph, read_prose
from symcnn.sheet.statement_lines import shown_lines
from symcnn.sheet.view import ClaimView, CorrectionView


class ClaimBuilder:
    """The claims of one report in one language, numbered as the sheet prints them."""

    def __init__(
        self, report: Report, words: Mapping[str, str], language: Language, medium: Medium
    ) -> None:
        self.report, self.words = report, words
        self.language, self.medium = language, medium
        said = [f.claim.name for f in report.findings if f.claim.role == "source"]
        own = [f.claim.name for f in report.findings if f.claim.role != "source"]
        self.order = {name: k + 1 for k, name in enumerate((*said, *own))}
        self.shown = {
            block.claim.name
            for part in report.answer.problem.parts
            for block in part.solution
            if isinstance(block, (Show, Box)) and block.claim is not None
        }

    def groups(self) -> tuple[tuple[ClaimView, ...], tuple[ClaimView, ...]]:
        """The claims of sources, and the solution's own."""
        findings = self.report.findings
        return (
            tuple(self.view(each) for each in findings if each.claim.role == "source"),
            tuple(self.view(each) for each in findings if each.claim.role != "source"),
        )

    def number(self, name: str) -> str:
        """The number of a claim in the digits of the language."""
        return self.language.number(self.order[name])

    def anchor(self, name: str) -> str:
        """What a link to the claim points to."""
        return re.sub(r"[^A-Za-z0-9-]", "-", f"{self.report.answer_id}-{name}")

    def display(self, finding: Finding, *, tagged: bool = False) -> str:
        """The statement, displayed, with the number of its claim; a derivation with its reasons."""
        name = finding.claim.name
        reasons: list[Paragraph] = []
        if isinstance(finding.statement, Derivation):
            for position in range(len(finding.statement.links)):
                key = f"reasons.{name}.{position}"
                where = f"{self.report.answer_id}: {key}"
                read = read_prose(self.words.get(key, ""), self.report.numbers, where)
                reasons.append(tuple(run for paragraph in read for run in paragraph))
        lines, letters = shown_lines(finding.statement, self.language.math_words(), reasons)
        mark = finding.verdict.kind.replace("_", "-")
        tag = Tag(self.number(name), self.anchor(name), mark) if tagged else None
        if not letters:
            return self.medium.display(lines, tag)
        where = self.said(self.language.word("claim", "letters"))
        return self.medium.stack(
            self.medium.display(lines, tag), where, self.medium.display(letters)
        )

    def view(self, finding: Finding) -> ClaimView:
        """The view of a claim, whatever its verdict."""
        verdict, claim = finding.verdict, finding.claim
        method = domain = assumptions = witness = holds_when = reason = ""
        match verdict:
            case Proved():
                method, domain = self.language.method(verdict.method), self._domain(verdict)
            case HoldsUnder():
                method, domain = self.language.method(verdict.method), self._domain(verdict)
                assumptions = conditions(verdict.assumptions, self.language)
                if verdict.counterexample is not None:
                    witness = witness_sentence(verdict.counterexample, finding, self.language)
            case Refuted():
                witness = witness_sentence(verdict.witness, finding, self.language)
                holds_when = alternatives(verdict.holds_when, self.language)
                reason = broken_step(verdict, self.language)
            case Undecided():
                reason = self.language.reason(verdict.reason)
            case _:
                assert_never(verdict)
        expected = self.language.word("verdict", claim.expect.kind)
        unexpected = self.language.word("sheet", "expected", kind=expected)
        return ClaimView(
            name=claim.name,
            number=self.number(claim.name),
            anchor=self.anchor(claim.name),
            kind=verdict.kind,
            mark=verdict.kind.replace("_", "-"),
            verdict=self.said(self.language.word("verdict", verdict.kind)),
            sentence=self.sentence(claim.name),
            display=self.said("") if claim.name in self.shown else self.display(finding),
            quantified=self.said(quantified(finding, self.language)),
            method=self.said(method),
            domain=self.said(domain),
            assumptions=self.said(assumptions),
            witness=self.said(witness),
            holds_when=self.said(holds_when),
            reason=self.said(reason),
            correction=self._correction(claim.corrected_by),
            unexpected=self.said("" if finding.as_expected else unexpected),
        )

    def said(self, text: str) -> str:
        """A sentence of the sheet itself as markup."""
        return self.medium.prose(read_prose(text, {}, self.report.answer_id))

    def sentence(self, name: str) -> str:
        """The author's sentence of a claim."""
        where = f"{self.report.answer_id}: claim {name}"
        return self.medium.prose(
            read_prose(self.words[f"claims.{name}"], self.report.numbers, where)
        )

    def _domain(self, verdict: Proved | HoldsUnder) -> str:
        return "" if verdict.domain is None else conditions((verdict.domain,), self.language)

    def _correction(self, name: str) -> CorrectionView | None:
        if not name:
            return None
        label = self.language.word("sheet", "claim", n=self.number(name))
        return CorrectionView(self.said(label), self.anchor(name), self.sentence(name))
