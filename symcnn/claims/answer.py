"""A question with its numbers, and its answer: prose, derivations, pictures, claims.

Prose may hold ``$...$`` mathematics and ``\\given{K}``, the number that the question gives for K.
Every sentence has a key, so that another language can say it in its own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from symcnn.claims.claim import Claim
from symcnn.claims.picture import Picture
from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen, replace


@frozen
class Say:
    """A paragraph of the solution."""

    key: str
    text: str


@frozen
class Show:
    """The statement of a claim as a displayed formula or, for a derivation, as its chain."""

    claim: Claim


@frozen
class Box:
    """The boxed result: a sentence, and the claim whose statement stands in the box (or None)."""

    key: str
    text: str
    claim: Claim | None = None


@frozen
class Figure:
    """A picture with its caption."""

    key: str
    caption: str
    picture: Picture


Block: TypeAlias = Say | Show | Box | Figure


@frozen
class Part:
    """One part of a question, what it is worth, and its worked solution."""

    key: str
    question: str
    solution: tuple[Block, ...] = ()
    points: int | None = None


@frozen
class Problem:
    """The question. ``given`` holds its numbers; they can be changed when it is checked."""

    title: str
    statement: str
    parts: tuple[Part, ...] = ()
    points: int | None = None
    notation: str = ""
    given: Mapping[str, int] = MappingProxyType({})


@frozen
class Answer:
    """What an answer file exports as ``ANSWER``. ``language`` is that of its own words."""

    problem: Problem
    claims: tuple[Claim, ...]
    language: str = "en"

    def __post_init__(self) -> None:
        names: set[str] = set()
        for each in self.claims:
            if not isinstance(each, Claim):
                raise AuthorError(f"{each!r} is no claim: put @claim(expect=...) above it")
            if each.name in names:
                raise AuthorError(f"{each.where()} stands twice in claims=(...)")
            names.add(each.name)
        for each in self.claims:
            if each.corrected_by and each.corrected_by not in names:
                raise AuthorError(f"{each.where()}: no claim {each.corrected_by} corrects it")
        self._refuse_double_keys()
        for part in self.problem.parts:
            for block in part.solution:
                shown = block.claim if isinstance(block, (Show, Box)) else None
                if shown is not None and shown.name not in names:
                    raise AuthorError(f"{shown.where()} is shown but missing in claims=(...)")

    def _refuse_double_keys(self) -> None:
        """Another language finds the words of a block by its kind and key."""
        seen: set[tuple[str, str]] = set()
        for part in self.problem.parts:
            for block in part.solution:
                if isinstance(block, Show):
                    continue
                place = type(block).__name__, block.key
                if place in seen:
                    raise AuthorError(
                        f"two {place[0]} blocks of {self.problem.title!r} have the key "
                        f"{block.key!r}: rename one, a translation could not tell them apart"
                    )
                seen.add(place)

    def joined(self, parts: tuple[Part, ...], claims: tuple[Claim, ...]) -> Answer:
        """The answer with more parts and claims behind its own.

        Raises AuthorError where a name stands twice or a claim is missing.
        """
        problem = replace(self.problem, parts=(*self.problem.parts, *parts))
        return Answer(problem, (*self.claims, *claims), self.language)
