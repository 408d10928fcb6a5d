"""The corpus: one file of entries for each class, and what the prover says about each pair.

An entry has a ``reference``, what is ``given``, ``right`` texts that are equal to it, and ``wrong``
ones by the name of the mistake. Where the reference is a condition, a partner is right if it holds
for the same numbers; without a reference every text is a statement that holds always, or does not.
``undecided.txt`` lists the pairs that the prover does not decide yet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from symcnn.claims import Equation, Implies, Relation
from symcnn.formula import Condition, Formula
from symcnn.formula.domains import Given
from symcnn.prover import decide
from symcnn.reading import read, read_given

CLASSES = (
    "rational", "blocks", "floor", "radical", "signs", "relu", "exponential", "sums", "gradients",
    "matrices", "inequalities",
)  # fmt: skip
UNDECIDED = Path(__file__).with_name("undecided.txt")


@dataclass(frozen=True)
class Entry:
    """A reference with its partners."""

    kind: str
    name: str
    given: str
    reference: str | None
    right: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]

    def assumptions(self) -> Given:
        """What is given, read."""
        return _assumptions(self.given)


@dataclass(frozen=True)
class Pair:
    """A reference and one partner; ``mistake`` is empty where the partner is right."""

    entry: Entry
    text: str
    mistake: str

    @property
    def expected(self) -> str:
        """The kind of verdict that is the truth."""
        return "refuted" if self.mistake else "proved"

    def __str__(self) -> str:
        return f"{self.entry.kind} | {self.entry.name} | {self.mistake or 'right'} | {self.text}"


@lru_cache(maxsize=64)
def _assumptions(given: str) -> Given:
    return read_given(given or None)


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Every entry, class by class."""
    found = []
    for kind in CLASSES:
        file = Path(__file__).with_name(f"{kind}.toml")
        for each in tomllib.loads(file.read_text(encoding="utf-8"))["entry"]:
            found.append(
                Entry(
                    kind,
                    each["name"],
                    each.get("given", ""),
                    each.get("reference"),
                    tuple(each["right"]),
                    tuple(each["wrong"].items()),
                )
            )
    return tuple(found)


def pairs() -> Iterator[Pair]:
    """Every reference with every partner."""
    for entry in entries():
        yield from (Pair(entry, text, "") for text in entry.right)
        yield from (Pair(entry, text, mistake) for mistake, text in entry.wrong)


def listed() -> frozenset[str]:
    """The lines of undecided.txt, each a pair as text."""
    return frozenset(UNDECIDED.read_text(encoding="utf-8").splitlines())


def meant(text: str, entry: Entry) -> Formula:
    """The formula that a text means; AssertionError where it has two readings."""
    found = read(text, entry.assumptions())
    assert not found.alternatives, f"{text} has {1 + len(found.alternatives)} readings"
    return found.formula


def verdict(pair: Pair) -> str:
    """What the prover says: proved, refuted or undecided."""
    given = pair.entry.assumptions()
    partner = meant(pair.text, pair.entry)
    if pair.entry.reference is None:
        return decide(Relation(partner), given).kind
    reference = meant(pair.entry.reference, pair.entry)
    if not isinstance(reference, Condition):
        return decide(Equation(partner, reference), given).kind
    kinds = {
        decide(Implies(partner, reference), given).kind,
        decide(Implies(reference, partner), given).kind,
    }
    return next(kind for kind in ("refuted", "undecided", "proved") if kind in kinds)
