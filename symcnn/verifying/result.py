"""What `verify` found, with what was read: the values that the REPL, the shell and the grader show.

A result may have been cut to a level of feedback (``feedback.py``); what was cut is not in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Never, TypeAlias

from symcnn.claims.verdict import Verdict
from symcnn.formula.domains import Domain
from symcnn.formula.frozen import frozen, hidden
from symcnn.formula.nodes import Formula

_SET = object.__setattr__
UNREADABLE = "unreadable"  # the reason of an invalid line
Origin: TypeAlias = str  # "key", "given", "default" or "used as an index"


@frozen
class Invalid:
    """No verdict at all: the text is ambiguous, or has no value anywhere. Invalid is not wrong.

    ``offset`` and ``hint`` belong to a line that cannot be read.
    """

    kind: ClassVar[str] = "invalid"
    reason: str
    message: str = ""
    offset: int | None = None
    hint: str = ""

    def __bool__(self) -> Never:
        raise TypeError("a verdict has no truth value: compare its kind ('invalid')")


@frozen
class Withheld:
    """The text can be read; whether it is right is not told at this level of feedback."""

    kind: ClassVar[str] = "withheld"

    def __bool__(self) -> Never:
        raise TypeError("a verdict has no truth value: this one is withheld")


Outcome: TypeAlias = Verdict | Invalid | Withheld


@frozen
class Known:
    """A name, the domain under which it was decided, and who said so."""

    name: str
    domain: Domain
    origin: Origin


@frozen
class Where:
    """The part of the student's own formula that fails: an entry, a case, a shape, a term.

    ``kind`` is one of "entry", "case", "shape", "undefined", "term"; ``text`` says it in words.
    """

    kind: str
    text: str


@frozen
class Diagnosis:
    """What the slip probably was: the name of a known mistake and a sentence."""

    kind: str
    message: str


@frozen(repr=False)
class Result:
    """A verdict, both sides as they were read, and the domains under which it was decided.

    ``lhs`` is the formula that was judged, ``rhs`` what it was compared with: None where a
    condition was decided by itself, and where the level hides the reference. ``relations`` hold
    throughout. ``notes`` tell what reading took off or decided. ``equation`` is True where both
    sides stood in one text.
    """

    verdict: Outcome
    lhs: Formula
    rhs: Formula | None = None
    known: tuple[Known, ...] = ()
    relations: tuple[Formula, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where | None = None
    diagnosis: tuple[Diagnosis, ...] = ()
    level: str = "solution"
    equation: bool = False
    _kind: str = hidden()
    _complete: tuple[Callable[..., Result], tuple[Any, ...]] = hidden()
    _slips: Callable[[], tuple[Diagnosis, ...]] = hidden()

    @classmethod
    def of_kind(cls, kind: str, complete: Callable[..., Result], *args: Any) -> Result:
        """A result whose kind is known; ``complete`` makes the rest when it is first asked for."""
        made = object.__new__(cls)
        _SET(made, "_kind", kind)
        _SET(made, "_complete", (complete, args))
        return made

    def diagnosed(self, slips: Callable[[], tuple[Diagnosis, ...]]) -> Result:
        """The same with a diagnosis that ``slips`` makes when it is first asked for."""
        made = object.__new__(Result)
        for each in Result.__match_args__:
            if each != "diagnosis":
                _SET(made, each, getattr(self, each))
        _SET(made, "_slips", slips)
        return made

    def __getattr__(self, name: str) -> Any:
        if name not in Result.__match_args__:
            raise AttributeError(name)
        if name == "diagnosis" and hasattr(self, "_slips"):
            _SET(self, "diagnosis", self._slips())
            return self.diagnosis
        complete, args = self._complete
        whole = complete(*args)
        assert whole.verdict.kind == self._kind, f"{self._kind} at first, {whole.verdict.kind} then"
        if hasattr(whole, "_slips"):
            _SET(self, "_slips", whole._slips)
        for each in Result.__match_args__:
            if each != "diagnosis" or not hasattr(self, "_slips"):
                _SET(self, each, getattr(whole, each))
        return getattr(self, name)

    @property
    def kind(self) -> str:
        """ "proved", "refuted", "undecided" or "invalid"; "withheld" below the level "verdict"."""
        try:
            return self._kind
        except AttributeError:
            return self.verdict.kind

    @property
    def names(self) -> tuple[str, ...]:
        """The names in what was read, in the order of reading."""
        return tuple(each.name for each in self.known)

    def as_json(self) -> dict[str, Any]:
        """The result under the keys of schema 1, all of them always there."""
        from symcnn.verifying.display_json import result_json

        return result_json(self)

    def __bool__(self) -> Never:
        raise TypeError(f"a result has no truth value: compare its kind ({self.kind!r})")

    def __repr__(self) -> str:
        from symcnn.verifying.display import result_lines

        return "\n".join(result_lines(self))

    def _repr_latex_(self) -> str:
        from symcnn.verifying.display_rich import result_latex

        return result_latex(self)

    def _repr_html_(self) -> str:
        from symcnn.verifying.display_rich import result_html

        return result_html(self)
