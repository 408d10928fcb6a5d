"""How much a search may do altogether: a count of what is done, and never a clock.

One unit is about as much as reading a node of a formula. Evaluations, normal forms, linear systems
and points spend units wherever the facts that they work under have such a budget; most have none.
"""

from __future__ import annotations


class Spent(Exception):
    """The search has done as much as it may; what was under way decides nothing."""


class Work:
    """What is left of a budget.

    >>> work = Work(100)
    >>> work.spend(60)
    >>> work.left
    40
    >>> work.spend(60)
    Traceback (most recent call last):
    ...
    symcnn.prover.work.Spent
    """

    __slots__ = ("left",)

    def __init__(self, units: int) -> None:
        self.left = units

    def spend(self, units: int) -> None:
        """Take units. Raises `Spent` when there are not as many left."""
        self.left -= units
        if self.left < 0:
            raise Spent
