"""What was found: a closed union, consumed with ``match`` and ``assert_never``.

The kind is a fact about mathematics, never about how long anybody searched.
"""

from __future__ import annotations

from typing import ClassVar, Never, TypeAlias

from symcnn.claims.certificate import Certificate
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula
from symcnn.formula.values import PointValue, Undefined, Value


@frozen
class Witness:
    """An exact point and what both sides are worth there (None: a condition that fails there)."""

    values: tuple[tuple[str, PointValue], ...]
    lhs: Value | Undefined | None = None
    rhs: Value | Undefined | None = None


class _NoTruthValue:
    __slots__ = ()
    kind: ClassVar[str]

    def __bool__(self) -> Never:
        raise TypeError(
            f"a verdict has no truth value: compare its kind ({self.kind!r}) or use match"
        )


@frozen
class Proved(_NoTruthValue):
    """True everywhere inside ``given``, except where ``domain`` (if any) fails to hold."""

    kind: ClassVar[str] = "proved"
    method: str
    certificate: Certificate
    domain: Formula | None = None


@frozen
class HoldsUnder(_NoTruthValue):
    """Proved inside ``given`` and ``needs``; the counterexample lies in ``given`` only.

    Without a counterexample the assumptions are sufficient; whether they are needed is left open.
    """

    kind: ClassVar[str] = "holds_under"
    assumptions: tuple[Formula, ...]
    method: str
    certificate: Certificate
    counterexample: Witness | None = None
    domain: Formula | None = None


@frozen
class Refuted(_NoTruthValue):
    """False at the witness. ``holds_when``: at most three assumption sets, each proved enough.

    ``link`` counts from 0 the broken step of a derivation.
    """

    kind: ClassVar[str] = "refuted"
    witness: Witness
    holds_when: tuple[tuple[Formula, ...], ...] = ()
    message: str = ""
    link: int | None = None


@frozen
class Undecided(_NoTruthValue):
    """Neither proved nor refuted: never a pass, never a zero."""

    kind: ClassVar[str] = "undecided"
    reason: str
    tried: tuple[str, ...] = ()
    would_help: str = ""


Verdict: TypeAlias = Proved | HoldsUnder | Refuted | Undecided
KINDS: dict[str, type[Verdict]] = {
    each.kind: each for each in (Proved, HoldsUnder, Refuted, Undecided)
}
