"""Reports -> view model, in one language, for one medium and one audience."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symcnn.claims.answer import Block, Box, Figure, Part, Say, Show
from symcnn.claims.report import Report
from symcnn.errors import AuthorError
from symcnn.sheet.claim_view import ClaimBuilder
from symcnn.sheet.course import Course
from symcnn.sheet.language import Language
from symcnn.sheet.medium import Medium
from symcnn.sheet.prose import read_prose
from symcnn.sheet.view import (
    Audience,
    BlockView,
    BoxView,
    FigureView,
    HeadView,
    LogoView,
    PartView,
    QuestionView,
    SayView,
    SheetView,
    ShowView,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet is made from: language, medium, audience and course."""

    language: Language
    medium: Medium
    audience: Audience
    course: Course

    def view(
        self, document: str, reports: Sequence[Report], words: Mapping[str, Mapping[str, str]]
    ) -> SheetView:
        """The view of a document; ``words`` holds the complete words of each answer by id."""
        questions, figures = [], 0
        for position, report in enumerate(reports):
            builder = _Question(self, report, words[report.answer_id], position + 1, figures)
            questions.append(builder.view())
            figures = builder.figures
        return SheetView(
            language=self.language.code,
            direction=self.language.direction,
            audience=self.audience,
            document=self.said(document),
            title=self.said(self.language.word("sheet", self.audience)),
            plain_title=f"{document}: {self.language.word('sheet', self.audience)}",
            head=self.head(),
            questions=tuple(questions),
            draft=self.draft(reports),
        )

    def said(self, text: str, numbers: Mapping[str, int] | None = None, where: str = "") -> str:
        """Prose as markup."""
        if not text:
            return self.medium.prose(())
        return self.medium.prose(read_prose(text, numbers or {}, where or self.language.code))

    def head(self) -> HeadView:
        """What the course says in this language."""
        said = {
            key: self.said(self.course.said(key, self.language.code))
            for key in ("opening", "university", "faculty", "course", "term", "date", "closing")
        }
        logos = tuple(
            LogoView(
                f"logo-{position + 1}{path.suffix.lower()}",
                f"data:image/{'png' if path.suffix.lower() == '.png' else 'jpeg'};base64,"
                + b64encode(path.read_bytes()).decode("ascii"),
            )
            for position, path in enumerate(self.course.logos)
        )
        return HeadView(logos=logos, **said)

    def draft(self, reports: Sequence[Report]) -> str:
        """The warning that not everything is as expected; empty when it is."""
        names = [
            f"`{report.answer_id}:{finding.claim.name}`"
            for report in reports
            for finding in report.findings
            if not finding.as_expected
        ]
        if not names or self.audience == "students":
            return ""
        return self.said(self.language.word("sheet", "draft_note", names=", ".join(names)))


class _Question:
    """One question; counts the figures as it meets them."""

    def __init__(
        self, sheet: Sheet, report: Report, words: Mapping[str, str], position: int, figures: int
    ) -> None:
        self.sheet, self.report, self.words = sheet, report, words
        self.position, self.figures = position, figures
        self.claims = ClaimBuilder(report, words, sheet.language, sheet.medium)

    def view(self) -> QuestionView:
        problem, language = self.report.answer.problem, self.sheet.language
        told = self.sheet.audience == "solutions"
        points = problem.points
        if points is None and problem.parts and all(p.points is not None for p in problem.parts):
            points = sum(part.points or 0 for part in problem.parts)
        parts = tuple(self.part(part, told) for part in problem.parts)
        sources, own = self.claims.groups() if told else ((), ())
        return QuestionView(
            id=self.report.answer_id,
            label=self.sheet.said(language.word("sheet", "question", n=self.number())),
            title=self.said("title"),
            points=self.points(points),
            statement=self.said("statement"),
            notation=self.said("notation"),
            parts=parts,
            often_claimed=sources,
            rests_on=own,
        )

    def number(self) -> str:
        """``q4`` is question 4; other names are counted."""
        found = re.search(r"\d+$", self.report.answer_id)
        return self.sheet.language.number(int(found[0]) if found else self.position)

    def points(self, points: int | None) -> str:
        language = self.sheet.language
        if points is None:
            return self.sheet.said("")
        key = "point" if points == 1 else "points"
        return self.sheet.said(language.word("sheet", key, n=language.number(points)))

    def said(self, key: str) -> str:
        where = f"{self.report.answer_id}: {key}"
        return self.sheet.said(self.words.get(key, ""), self.report.numbers, where)

    def part(self, part: Part, told: bool) -> PartView:
        language = self.sheet.language
        label = language.word("sheet", "part", n=language.key(part.key))
        return PartView(
            label=self.sheet.said(label),
            question=self.said(f"parts.{part.key}.question"),
            points=self.points(part.points),
            solution=tuple(map(self.block, part.solution)) if told else (),
        )

    def block(self, block: Block) -> BlockView:
        match block:
            case Say(key, _):
                return SayView(self.said(f"say.{key}"))
            case Show(claim):
                return ShowView(self.claims.display(self.report.finding(claim.name), tagged=True))
            case Box(key, _, claim):
                shown = self.sheet.said("")
                if claim is not None:
                    shown = self.claims.display(self.report.finding(claim.name), tagged=True)
                return BoxView(self.said(f"box.{key}"), shown)
            case Figure(key, _, picture):
                self.figures += 1
                number = self.sheet.language.number(self.figures)
                caption = self.words[f"figure.{key}"]
                try:
                    drawn = self.sheet.medium.picture(picture, caption.replace("$", ""))
                except AuthorError as error:
                    raise AuthorError(f"{self.report.answer_id}: figure {key}: {error}") from error
                return FigureView(
                    drawn,
                    self.sheet.said(self.sheet.language.word("sheet", "figure", n=number)),
                    self.said(f"figure.{key}"),
                )
