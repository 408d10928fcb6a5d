"""A mistake as a value: its name, how it changes a key, and a sentence in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from symcnn.diagnosis.context import Context
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula

Mutate: TypeAlias = Callable[[Formula, Context], Iterator[Formula]]


@frozen
class Mistake:
    """A slip that people make in formulas about CNNs.

    ``mutate`` gives what one would write instead of a key, in every way in which the key lends
    itself to the slip. Names stand in backticks in the sentences. What is ``general`` is told only
    where nothing more specific fits.
    """

    kind: str
    mutate: Mutate
    english: str
    persian: str
    general: bool = False


@frozen
class Slip:
    """What a wrong answer probably did: the name of a mistake, and the sentence in English."""

    kind: str
    message: str


def told(mistake: Mistake, lang: str) -> str:
    """The sentence; in Persian, names and formulas are isolated as left-to-right text."""
    if lang != "fa":
        return mistake.english.replace("`", "")
    pieces = mistake.persian.split("`")
    return "".join(f"\u2066{p}\u2069" if place % 2 else p for place, p in enumerate(pieces))
