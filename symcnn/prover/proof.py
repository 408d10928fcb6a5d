"""Values that rungs exchange: the question in hand, a proof of it, what was tried."""

from __future__ import annotations

from collections.abc import Callable

from symcnn.claims.certificate import Certificate, Obligation
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.prover.domains import Facts

Draft = Callable[[], Certificate]
Sides = tuple[Formula, Formula]


class Question:
    """Is the candidate ``lhs`` equal to the reference ``rhs`` wherever both are defined?"""

    __slots__ = ("_outside", "_unrolled", "facts", "lhs", "rhs")

    def __init__(self, lhs: Formula, rhs: Formula, facts: Facts) -> None:
        self.lhs = lhs
        self.rhs = rhs
        self.facts = facts
        self._unrolled: Sides | None = None
        self._outside: Sides | None = None

    @property
    def goal(self) -> str:
        """The equation as text."""
        return f"{plain(self.lhs)} = {plain(self.rhs)}"

    def unrolled(self) -> Sides:
        """Both sides with everything computed that literals determine."""
        if self._unrolled is None:
            from symcnn.prover.unroll import unroll

            self._unrolled = unroll(self.lhs), unroll(self.rhs)
        return self._unrolled

    def outside(self) -> Sides:
        """Both sides unrolled, with constants outside of their sums."""
        if self._outside is None:
            from symcnn.prover.outside import pulled

            lhs, rhs = self.unrolled()
            self._outside = pulled(lhs, self.facts), pulled(rhs, self.facts)
        return self._outside


class Proof:
    """The method that proved a question, and its certificate, which is written when it is read."""

    __slots__ = ("_draft", "method")

    def __init__(self, method: str, certificate: Certificate | Draft) -> None:
        self.method = method
        self._draft = certificate

    @property
    def certificate(self) -> Certificate:
        """The evidence as a tree of named rules."""
        return self._draft if isinstance(self._draft, Certificate) else self._draft()

    def within(self, rule: str, question: Question, *, method: str = "") -> Proof:
        """A proof of the question that rests on this one by the rule."""
        return Proof(
            method or self.method, lambda: Certificate(rule, question.goal, (self.certificate,))
        )


class Notes:
    """The rungs that were tried, with what stopped each; one list for one decision."""

    __slots__ = ("tried",)

    def __init__(self) -> None:
        self.tried: list[str] = []

    def add(self, rung: str, reason: str) -> None:
        """Remember why a rung gave no answer."""
        line = f"{rung}: {reason}"
        if line not in self.tried and len(self.tried) < 24:
            self.tried.append(line)


def leaf(rule: str, goal: str, kind: str, text: str) -> Certificate:
    """A certificate that rests on one obligation."""
    return Certificate(rule, goal, (), Obligation(kind, text))
