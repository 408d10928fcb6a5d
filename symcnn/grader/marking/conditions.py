"""Under which conditions a wrong answer would be right, and which of them are worth anything."""

from __future__ import annotations

from collections.abc import Iterable

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import free_names, walk
from symcnn.prover.assumptions import merged
from symcnn.prover.domains import Facts

Conditions = tuple[Formula, ...]


def earning(
    sets: Iterable[Conditions], given: Given, sides: tuple[Formula, ...]
) -> Conditions | None:
    """The first set of conditions that pins no value.

    >>> from symcnn.reading import read, read_given
    >>> K, given = read("K").formula, read_given("P: nonnegative integer; S: positive integer")
    >>> sets = [(read(each).formula,) for each in ("P = 0", "P <= 0", "S divides P")]
    >>> earning(sets, given, (K,)) == sets[2]
    True
    """
    for each in sets:
        if not pins(each, given, sides):
            return each
    return None


def pins(conditions: Conditions, given: Given, sides: tuple[Formula, ...]) -> bool:
    """Whether the conditions leave only one value to some name, or leave nothing at all."""
    if any(
        isinstance(node, Compare) and node.op in ("=", "~")
        for each in conditions
        for node in walk(each)
    ):
        return True
    try:
        before = Facts(given, (*sides, *conditions))
        after = Facts(merged(given, Given((), conditions)), sides)
    except AuthorError:
        return True
    for name in after.domains:
        now = after.bounds(name)
        if now.empty:
            return True
        if now.low is not None and now.low == now.high:
            then = before.bounds(name)
            if then.low != then.high or then.low is None:
                return True
    return False


def is_plain(conditions: Conditions, answer: Formula) -> bool:
    """Whether the conditions speak of the answer's own names only, and pin none of them."""
    own = set(free_names(answer))
    return all(
        own.issuperset(free_names(each))
        and not any(isinstance(node, Compare) and node.op in ("=", "~") for node in walk(each))
        for each in conditions
    )
