"""Answers that no formula is compared with: work for a person, and statements without points."""

from __future__ import annotations

from collections.abc import Mapping

from symcnn.grader.marking.by_itself import ByItself
from symcnn.grader.marking.finding import Finding
from symcnn.grader.marking.normal import text_group
from symcnn.grader.marks import NONE, Mark, Remark


class Manual(ByItself):
    """For a person from the start, with the lines of the rubric."""

    __slots__ = ()

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """Open."""
        del earlier
        if not detail:
            return Finding("manual", None)
        told = self.tell.remark("readable", "person", "person")
        return Finding("manual", None, "", (told, *self.solution()), "", text_group(text))

    def solution(self) -> tuple[Remark, ...]:
        """The rubric: it may say what the answer is."""
        key = self.question.key
        first = (Remark("solution", "key", self.tell.put("key-text", text=key)),) if key else ()
        return (*first, *self.rubric())


class Statement(ByItself):
    """Recorded: who helped, which sources were used."""

    __slots__ = ()

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """No points, and never open."""
        del text, earlier
        told = (self.tell.remark("readable", "note", "statement"),) if detail else ()
        return Finding("statement", NONE, "", told)

    def solution(self) -> tuple[Remark, ...]:
        """There is none."""
        return ()
