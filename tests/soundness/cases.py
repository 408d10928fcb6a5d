"""Pairs and statements of all classes in turn, each by (seed, number)."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from tests.soundness.assertions import Assertion
from tests.soundness.assertions_chains import derivations, relations, rounded
from tests.soundness.assertions_conditional import implications, under_given, under_needs
from tests.soundness.assertions_objects import exhibits, limits
from tests.soundness.assertions_partial import partial
from tests.soundness.classes import CLASSES
from tests.soundness.generate import Pair, pair

Case: TypeAlias = Pair | Assertion
ASSERTIONS: dict[str, Callable[..., Assertion | None]] = {
    "relations": relations, "rounded": rounded, "implications": implications,
    "given": under_given, "needs": under_needs, "exhibits": exhibits, "limits": limits,
    "derivations": derivations, "partial": partial,
}  # fmt: skip
KINDS = (*CLASSES, *ASSERTIONS)


def case(seed: int, number: int) -> Case:
    """One pair or statement; every class comes in turn, true ones and false ones alternate."""
    turn, position = divmod(number, len(KINDS))
    kind = KINDS[position]
    if kind in CLASSES:
        return pair(seed, turn * len(CLASSES) + list(CLASSES).index(kind))
    rng = Random(f"symcnn {kind} {seed} {number}")
    true = turn % 2 == 0
    while True:
        made = ASSERTIONS[kind](rng, seed, number, true=true)
        if made is not None:
            return made
