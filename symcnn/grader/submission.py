"""What a student handed in, as values: texts and where they stand. Nothing here is judged."""

from __future__ import annotations

from typing import NamedTuple

from symcnn.formula.frozen import frozen


@frozen
class Problem:
    """Something that a person has to know: what, where, and what to do next."""

    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        told = f"{self.where}: {self.message}" if self.where else self.message
        return f"{told}; {self.hint}" if self.hint else told


class Response(NamedTuple):
    """The text of one answer as it was typed, and its place such as ``ali.md, line 12``."""

    text: str
    place: str = ""


@frozen
class Submission:
    """The answers of one student, by question, in the order of the file.

    ``student`` is the id after folding. ``problems`` tell what about the file needs a person:
    duplicate answers, extra ones, a file that is damaged in part. ``unclear`` names questions with
    an answer that cannot be told (two different ones, a misspelt question, a block without an end):
    they have no response, and their marks are open, never missing.
    """

    student: str
    responses: tuple[tuple[str, Response], ...] = ()
    source: str = ""
    name: str = ""
    problems: tuple[Problem, ...] = ()
    unclear: tuple[str, ...] = ()

    def response(self, question: str) -> Response | None:
        """The answer to a question, None where there is none.

        >>> Submission("7", (("a", Response("K^2")),)).response("a").text
        'K^2'
        """
        for name, each in self.responses:
            if name == question:
                return each
        return None
