"""What judges have in common whose finding depends on the text alone, and is never seen at once."""

from __future__ import annotations

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.words import Teller


class ByItself:
    """The question, and its words."""

    __slots__ = ("question", "tell")

    def __init__(self, assignment: Assignment, question: Question) -> None:
        self.question = question
        self.tell = Teller(assignment.language)

    @property
    def alone(self) -> bool:
        """No other answer counts."""
        return True

    @property
    def plainly(self) -> None:
        """Never."""
        return None
