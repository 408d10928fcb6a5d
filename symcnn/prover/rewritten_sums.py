"""The bracket calculus on sides that a rule has rewritten first: what such rungs have in common."""

from __future__ import annotations

from symcnn.claims.certificate import Certificate
from symcnn.formula.plain import plain
from symcnn.prover.brackets import sums_premises
from symcnn.prover.proof import Notes, Proof, Question, Sides


def by_brackets(
    rule: str, question: Question, before: Sides, after: Sides, notes: Notes, reason: str
) -> Proof | None:
    """The proof that the rewritten sides are equal by brackets; ``reason`` is noted if they differ.

    None where the rule changed nothing.
    """
    if after == before:
        return None
    found = sums_premises(*after, question.facts)
    if found is None:
        notes.add(rule, reason)
        return None
    cells = found

    def written() -> Certificate:
        inner = Certificate("brackets", f"{plain(after[0])} = {plain(after[1])}", cells())
        return Certificate(rule, question.goal, (inner,))

    return Proof("brackets", written)
