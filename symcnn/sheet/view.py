"""All that a template may see: finished markup in frozen values, each field with its audience.

A field marked `solutions` never reaches the students' sheet: `check_audience` refuses a view that
would show one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar, Literal, TypeAlias

Audience: TypeAlias = Literal["students", "solutions"]
AUDIENCES: tuple[Audience, ...] = ("students", "solutions")


def everyone() -> Any:
    """A field that students see."""
    return field(metadata={"audience": "students"})


def solutions(default: Any = ()) -> Any:
    """A field of solutions only; students' sheets hold its empty default."""
    return field(default=default, metadata={"audience": "solutions"})


@dataclass(frozen=True, slots=True)
class LogoView:
    """The file that a sheet refers to, and the same as a ``data:`` address."""

    name: str = everyone()
    address: str = everyone()


@dataclass(frozen=True, slots=True)
class HeadView:
    """The head and the closing line; empty strings where the course says nothing."""

    opening: str = everyone()
    university: str = everyone()
    faculty: str = everyone()
    course: str = everyone()
    term: str = everyone()
    date: str = everyone()
    closing: str = everyone()
    logos: tuple[LogoView, ...] = everyone()


@dataclass(frozen=True, slots=True)
class SayView:
    """A paragraph."""

    kind: ClassVar[str] = "say"
    text: str = everyone()


@dataclass(frozen=True, slots=True)
class ShowView:
    """A displayed statement, with the number of the claim that it belongs to."""

    kind: ClassVar[str] = "show"
    display: str = everyone()


@dataclass(frozen=True, slots=True)
class BoxView:
    """The boxed result; no display where the author shows none."""

    kind: ClassVar[str] = "box"
    text: str = everyone()
    display: str = everyone()


@dataclass(frozen=True, slots=True)
class FigureView:
    """A picture with number and caption."""

    kind: ClassVar[str] = "figure"
    picture: str = everyone()
    label: str = everyone()
    caption: str = everyone()


BlockView: TypeAlias = SayView | ShowView | BoxView | FigureView


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The claim that puts a wrong one right."""

    label: str = everyone()
    anchor: str = everyone()
    sentence: str = everyone()


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A decided claim. ``evidence`` holds finished sentences, in the order of reading.

    ``kind`` names the template of the verdict, ``mark`` its colour and sign; fields that do not
    apply to it are empty.
    """

    name: str = everyone()
    number: str = everyone()
    anchor: str = everyone()
    kind: str = everyone()
    mark: str = everyone()
    verdict: str = everyone()
    sentence: str = everyone()
    display: str = everyone()
    quantified: str = everyone()
    method: str = everyone()
    domain: str = everyone()
    assumptions: str = everyone()
    witness: str = everyone()
    holds_when: str = everyone()
    reason: str = everyone()
    correction: CorrectionView | None = everyone()
    unexpected: str = everyone()


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a question."""

    label: str = everyone()
    question: str = everyone()
    points: str = everyone()
    solution: tuple[BlockView, ...] = solutions()


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question; its claims in two groups: what sources say, what the solution rests on."""

    id: str = everyone()
    label: str = everyone()
    title: str = everyone()
    points: str = everyone()
    statement: str = everyone()
    notation: str = everyone()
    parts: tuple[PartView, ...] = everyone()
    often_claimed: tuple[ClaimView, ...] = solutions()
    rests_on: tuple[ClaimView, ...] = solutions()


@dataclass(frozen=True, slots=True)
class SheetView:
    """A whole sheet. ``draft`` is the warning of a sheet with claims that are not as expected."""

    language: str = everyone()
    direction: str = everyone()
    audience: Audience = everyone()
    document: str = everyone()
    title: str = everyone()
    plain_title: str = everyone()
    head: HeadView = everyone()
    questions: tuple[QuestionView, ...] = everyone()
    draft: str = solutions("")


def check_audience(view: Any, audience: Audience) -> None:
    """Raises ValueError when a view for students holds anything of the solutions."""
    if audience == "solutions" or not is_dataclass(view):
        return
    for each in fields(view):
        value = getattr(view, each.name)
        if each.metadata["audience"] == "solutions" and value:
            raise ValueError(f"{type(view).__name__}.{each.name} would be shown to students")
        for inner in value if isinstance(value, tuple) else (value,):
            check_audience(inner, audience)
