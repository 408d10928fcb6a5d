"""Evidence for a proof: a tree of named rules whose leaves are obligations that can be replayed."""

from __future__ import annotations

from symcnn.formula.frozen import frozen


@frozen
class Obligation:
    """A leaf: what remains to be computed, as text that needs nothing else.

    ``kind`` is "polynomial identity", "law" (an instance of a named one), "smt-lib", "enumeration",
    "point", "equal text", "assumption", or "limit".
    """

    kind: str
    text: str


@frozen
class Certificate:
    """``goal`` follows by ``rule`` from the premises, and from the obligation if there is one."""

    rule: str
    goal: str
    premises: tuple[Certificate, ...] = ()
    obligation: Obligation | None = None
