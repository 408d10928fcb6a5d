"""What is found before anybody looks at evidence: the kind of a verdict, and how to complete it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from symcnn.claims.verdict import Verdict, Witness
from symcnn.formula.nodes import Formula


class Outcome(NamedTuple):
    """The kind of a verdict, how the verdict is completed, and a point that shows a difference.

    To complete a proof is to write its certificate, to complete a refutation is to look for a small
    witness. ``domain`` is that of the proof.
    """

    kind: str
    complete: Callable[[], Verdict]
    difference: Witness | None = None
    domain: Formula | None = None


def whole(verdict: Verdict) -> Outcome:
    """The outcome of a verdict that is complete."""
    return Outcome(verdict.kind, lambda: verdict)
