"""What a judge finds about one answer, before it becomes a mark. Nothing here knows points."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeVar

from symcnn.grader.assignment import Question
from symcnn.grader.marks import NONE, Mark, Remark

T = TypeVar("T")
FULL = Fraction(1)
NO_MARKS: Mapping[str, Mark] = {}


class Finding(NamedTuple):
    """The outcome and the share of the points; a share of None leaves the answer open."""

    outcome: str
    share: Fraction | None
    read: str = ""
    remarks: tuple[Remark, ...] = ()
    mistake: str = ""
    group: str = ""


WRONG = Finding("wrong", NONE)


class Plainly(NamedTuple):
    """``ask`` gives the kind of a verdict on a text, or None; ``outcomes`` what the kind means.

    Where ``proves`` (None: never) says yes to a text, all that is found about it is ``right``.
    """

    ask: Callable[[str], str | None]
    outcomes: Mapping[str, str]
    proves: Callable[[str], bool] | None
    right: Finding


class Judge(Protocol):
    """Marks the answers to one question."""

    @property
    def question(self) -> Question:
        """The question."""

    @property
    def alone(self) -> bool:
        """Whether the finding depends on the text and nothing else."""

    @property
    def plainly(self) -> Plainly | None:
        """How the verdict is seen at once where no detail is asked for."""

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """What is found about a text; ``earlier`` are the student's marks by question."""

    def solution(self) -> tuple[Remark, ...]:
        """The remark that tells the right answer."""


class Memo:
    """Keeps what depends on nothing but its key: it is the same whether it was kept or not.

    >>> memo = Memo(most=100)
    >>> memo.kept(2, lambda: 4), memo.kept(2, lambda: 5)
    (4, 4)
    """

    __slots__ = ("_most", "_values")

    def __init__(self, most: int = 4_096) -> None:
        self._most = most
        self._values: dict[Hashable, object] = {}

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under the key, made now if it is the first time."""
        found = self._values.get(key, self)
        if found is self:
            found = make()
            if len(self._values) < self._most:
                self._values[key] = found
        return found  # type: ignore[return-value]
