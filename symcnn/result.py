"""What `verify` found, with what was read: the value that the REPL and the shell show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Never

from symcnn.claims.statements import Statement
from symcnn.claims.verdict import Verdict
from symcnn.formula.domains import Given


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """A verdict, the statement that it is about, and the domains under which it was decided.

    ``names`` are the names that the text brought in, in the order of reading.
    """

    verdict: Verdict
    statement: Statement
    given: Given
    names: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """ "proved", "refuted" or "undecided"."""
        return self.verdict.kind

    def as_json(self) -> dict[str, Any]:
        """The verdict under the keys of schema 1."""
        from symcnn.claims.as_json import verdict_json

        return verdict_json(self.verdict, self.statement, self.given)

    def __bool__(self) -> Never:
        raise TypeError(f"a result has no truth value: compare its kind ({self.kind!r})")

    def __repr__(self) -> str:
        from symcnn.claims.as_text import verdict_lines

        return "\n".join(verdict_lines(self.verdict))
