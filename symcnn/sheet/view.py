"""All that a template may see: finished markup in frozen values, each field of its audience.

A field marked `Told` never reaches the students' sheet: `check_audience` refuses a view that
would show one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar, get_type_hints

Audience: TypeAlias = Literal["students", "solutions"]
AUDIENCES: tuple[Audience, ...] = ("students", "solutions")


T = TypeVar("T")
_SOLUTIONS = "solutions"
Told = Annotated[T, _SOLUTIONS]
"""A field of solutions only; it is empty in a students' sheet."""


@dataclass(frozen=True, slots=True)
class LogoView:
    """The file that a sheet refers to, and the same as a ``data:`` address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class HeadView:
    """The head and the closing line; empty strings where the course says nothing."""

    opening: str
    university: str
    faculty: str
    course: str
    term: str
    date: str
    closing: str
    logos: tuple[LogoView, ...]


@dataclass(frozen=True, slots=True)
class SayView:
    """A paragraph."""

    kind: ClassVar[str] = "say"
    text: str


@dataclass(frozen=True, slots=True)
class ShowView:
    """A displayed statement, with the number of the claim that it belongs to."""

    kind: ClassVar[str] = "show"
    display: str


@dataclass(frozen=True, slots=True)
class BoxView:
    """The boxed result; no display where the author shows none."""

    kind: ClassVar[str] = "box"
    text: str
    display: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A picture with number and caption."""

    kind: ClassVar[str] = "figure"
    picture: str
    label: str
    caption: str


BlockView: TypeAlias = SayView | ShowView | BoxView | FigureView


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The claim that puts a wrong one right."""

    label: str
    anchor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A decided claim. ``evidence`` holds finished sentences, in the order of reading.

    ``kind`` names the template of the verdict, ``mark`` its colour and sign; fields that do not
    apply to it are empty.
    """

    name: str
    number: str
    anchor: str
    kind: str
    mark: str
    verdict: str
    sentence: str
    display: str
    quantified: str
    method: str
    domain: str
    assumptions: str
    witness: str
    holds_when: str
    reason: str
    correction: CorrectionView | None
    unexpected: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a question."""

    label: str
    question: str
    points: str
    solution: Told[tuple[BlockView, ...]] = ()


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question; its claims in two groups: what sources say, what the solution rests on."""

    id: str
    label: str
    title: str
    points: str
    statement: str
    notation: str
    parts: tuple[PartView, ...]
    often_claimed: Told[tuple[ClaimView, ...]] = ()
    rests_on: Told[tuple[ClaimView, ...]] = ()


@dataclass(frozen=True, slots=True)
class SheetView:
    """A whole sheet. ``draft`` is the warning of a sheet with claims that are not as expected."""

    language: str
    direction: str
    audience: Audience
    document: str
    title: str
    plain_title: str
    head: HeadView
    questions: tuple[QuestionView, ...]
    draft: Told[str] = ""


def check_audience(view: Any, audience: Audience) -> None:
    """Raises ValueError when a view for students holds anything of the solutions."""
    if audience == "solutions" or not is_dataclass(view):
        return
    kinds = get_type_hints(type(view), include_extras=True)
    for each in fields(view):
        value = getattr(view, each.name)
        if _SOLUTIONS in getattr(kinds[each.name], "__metadata__", ()) and value:
            raise ValueError(f"{type(view).__name__}.{each.name} would be shown to students")
        for inner in value if isinstance(value, tuple) else (value,):
            check_audience(inner, audience)
