"""Answers against one key: the key is read once, every answer is judged on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Never

from symcnn.claims.statements import Equation
from symcnn.claims.verdict import Refuted
from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare, Condition
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import free_names
from symcnn.prover import Settled, settle
from symcnn.prover.assumptions import merged
from symcnn.reading import read_given
from symcnn.verifying.feedback import LEVELS, cut, level_of
from symcnn.verifying.judging import judge, known_names, plain_kind, where_it_fails
from symcnn.verifying.keys import Key, formulas, naming_of, read_key, why_not_compared
from symcnn.verifying.naming import declared, joined, unsaid, without_name
from symcnn.verifying.result import Diagnosis, Invalid, Result

if TYPE_CHECKING:
    from pathlib import Path

    from symcnn.diagnosis import Diagnoser
    from symcnn.prover import RationalKey, ReadyKey
    from symcnn.reading import Reading
    from symcnn.verifying.quick import Quick

GivenLike = str | Mapping[str, Any] | Given | None
_AMBIGUOUS = "the text has two readings, and they are not both right or both wrong"
_STATE = ("given", "key", "level", "naming", "origins")
_SET = object.__setattr__


class Checker:
    """Judges answers against a key; immutable, picklable, and safe in many threads at once.

    ``key`` is text, a Formula, SymPy, or the id of a claim (``"dl2/q4:output_entries"``), which
    brings its domains. ``feedback`` is a level: readable, verdict, where, hint, witness, solution;
    without it everything is told about a formula, and about a claim no more than ``where``.
    Raises AuthorError for a key that cannot be used, ParseError for one that cannot be read.

    >>> checker = Checker("K^2*C_in*C_out", given="cnn")
    >>> checker.check("C_in K^2 C_out").kind, checker.check("K*C_in*C_out").kind
    ('proved', 'refuted')

    ``quick_kind`` gives the kind that `check` finds where the text is in common notation and
    declared names, and None for the rest; ``proves`` is True where that is a proof without doubt
    about divisors.

    >>> checker.quick_kind("C_in C_out K^2"), checker.quick_kind("sqrt(K)")
    ('proved', None)
    >>> checker.proves("C_in C_out K^2"), checker.proves("sqrt(K)")
    (True, False)
    """

    __slots__ = (
        "_diagnoser", "_packed", "_quick", "_ready",
        "given", "key", "level", "naming", "origins", "proves", "quick_kind",
    )  # fmt: skip
    _diagnoser: Diagnoser
    _packed: RationalKey | None
    _quick: Quick | None
    _ready: ReadyKey | None
    proves: Callable[[str], bool]
    quick_kind: Callable[[str], str | None]
    key: Key
    level: str
    naming: Given
    given: Given
    origins: Mapping[str, str]

    def __init__(
        self,
        key: Any,
        given: GivenLike = None,
        *,
        feedback: str | None = None,
        symbols: Any = None,
        answers: Sequence[str | Path] = (),
    ) -> None:
        added = read_given(given)
        names = naming_of(symbols)
        _SET(self, "key", read_key(key, joined(added, names), answers))
        _SET(self, "level", level_of(feedback, key=bool(self.key.claim_id)))
        own = self.key.given
        both = (
            merged(own, joined(added, Given(declared(names))))
            if own.domains or (own.relations)
            else joined(added, Given(declared(names)))
        )
        _SET(self, "given", both)
        whole = joined(joined(both, names), unsaid(self.key.references, both))
        _SET(self, "naming", whole)
        by_caller = dict.fromkeys((name for name, _ in (*added.domains, *names.domains)), "given")
        by_key = dict.fromkeys((name for name, _ in own.domains), "key")
        _SET(self, "origins", {**by_caller, **by_key})

    def key_names(self) -> tuple[str, ...]:
        """The free names of the reference: an answer is read with them."""
        return tuple(dict.fromkeys(n for each in self.key.references for n in free_names(each)))

    def check(self, answer: Any) -> Result:
        """The result for one answer: text, a Reading, a Formula, a number, or SymPy.

        Where the kind of the verdict is plain, the evidence is made when it is first looked at.
        Raises ParseError for text that cannot be read.
        """
        if type(answer) is str:
            plain = self.quick_kind(answer)
            if plain is not None:
                return Result.of_kind(plain, self.judged, answer)
        candidates, reading = formulas(answer, self.naming)
        asked = candidates[0]
        several = len(candidates) + len(self.key.references) > 2
        conditional = any(isinstance(e, Condition) for e in (asked, self.key.references[0]))
        if several or conditional or self.level == LEVELS[0]:
            return self._judged(candidates, reading)
        settled = None
        kind = None if self._packed is None else self._packed.kind(asked)
        if kind is None and self._ready is not None:
            kind = self._ready.kind(asked)
        if kind is None:
            settled = settle(Equation(asked, self.key.references[0]), self.given)
            kind = plain_kind(settled)
        if kind is None:
            return self._judged(candidates, reading, settled)
        return Result.of_kind(kind, self._judged, candidates, reading, settled)

    def judged(self, answer: Any) -> Result:
        """What `check` gives, its evidence made at once: for the one answer that there is."""
        return self._judged(*formulas(answer, self.naming))

    def __getattr__(self, name: str) -> Any:
        """What is made at the first answer that needs it."""
        if name not in _MADE_LATE:
            raise AttributeError(name)
        made = _MADE_LATE[name](self)
        _SET(self, name, made)
        return made

    def _judged(
        self,
        candidates: tuple[Formula, ...],
        reading: Reading | None,
        settled: Settled | None = None,
    ) -> Result:
        notes = list(reading.notes) if reading is not None else []
        stripped = []
        for candidate in candidates:
            formula, name = candidate, ""
            if not isinstance(self.key.references[0], Condition):
                formula, name = without_name(candidate, self.naming)
            stripped.append(formula)
            if name and f"{name} = was taken as the name of the answer" not in notes:
                notes.append(f"{name} = was taken as the name of the answer")
        why_not = why_not_compared(stripped[0], self.key.references[0])
        if why_not:
            wrong = Invalid("equation", why_not)
            return cut(self._result(wrong, stripped[0], self.key.references[0], notes), self.level)
        outcomes = [
            (judge(lhs, rhs, self.given, settled), lhs, rhs)
            for lhs in stripped
            for rhs in self.key.references
        ]
        verdict, lhs, rhs = outcomes[0]
        if any(each.kind != verdict.kind for each, _, _ in outcomes):
            verdict = Invalid("ambiguous", _AMBIGUOUS)
        return cut(self._result(verdict, lhs, rhs, notes), self.level)

    def _result(self, verdict: Any, lhs: Formula, rhs: Formula, notes: list[str]) -> Result:
        known = known_names((lhs, rhs), self.given, dict(self.origins))
        expected = {*self.key_names(), *(name for name, _ in self.naming.domains)}
        fresh = [name for name in free_names(lhs) if name not in expected]
        if fresh:
            word = "is" if len(fresh) == 1 else "are"
            notes = [*notes, f"{', '.join(fresh)} {word} not among the names of the other side"]
        made = Result(
            verdict, lhs, rhs, known, self.given.relations, tuple(notes),
            where_it_fails(lhs, verdict),
        )  # fmt: skip
        tells = LEVELS.index(self.level) >= LEVELS.index("hint")
        if not tells or not isinstance(verdict, Refuted):
            return made
        return made.diagnosed(partial(self._slips, lhs))

    def _slips(self, lhs: Formula) -> tuple[Diagnosis, ...]:
        """What the slip in a refuted answer probably was."""
        return tuple(Diagnosis(each.kind, each.message) for each in self._diagnoser.slips(lhs))

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"a checker does not change: {name}")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, tuple(getattr(self, name) for name in _STATE)

    def __repr__(self) -> str:
        from symcnn.formula.plain import plain

        shown = self.key.claim_id
        if not shown:
            shown = plain(self.key.references[0])
        return f"Checker({shown!r}, feedback={self.level!r})"


def _packed(checker: Checker) -> RationalKey | None:
    """The key for fractions and floors."""
    from symcnn.prover import RationalKey

    if len(checker.key.references) != 1:
        return None
    names = (name for name, _ in checker.naming.domains)
    return RationalKey.of(checker.key.references[0], checker.given, names)


def _ready(checker: Checker) -> ReadyKey | None:
    """The key for other references."""
    from symcnn.prover import ReadyKey

    if len(checker.key.references) != 1:
        return None
    return ReadyKey.of(checker.key.references[0], checker.given)


def _quick(checker: Checker) -> Quick | None:
    from symcnn.verifying.quick import Quick

    if checker._packed is None or checker.level == LEVELS[0]:
        return None
    return Quick(checker._packed)


def _quick_kind(checker: Checker) -> Callable[[str], str | None]:
    return (lambda text: None) if checker._quick is None else checker._quick.kind


def _proves(checker: Checker) -> Callable[[str], bool]:
    return (lambda text: False) if checker._quick is None else checker._quick.proves


def _diagnoser(checker: Checker) -> Diagnoser:
    from symcnn.diagnosis import Diagnoser

    return Diagnoser(checker.key.references[0], checker.given, checker.naming)


_MADE_LATE: Mapping[str, Callable[[Checker], Any]] = {
    "_diagnoser": _diagnoser,
    "_packed": _packed,
    "_quick": _quick,
    "_ready": _ready,
    "proves": _proves,
    "quick_kind": _quick_kind,
}


def _restored(*state: object) -> Checker:
    checker = object.__new__(Checker)
    for name, value in zip(_STATE, state, strict=True):
        _SET(checker, name, value)
    return checker


def alone(formula: Any, given: GivenLike, symbols: Any) -> Result:
    """The result for an equation or a condition that stands by itself."""
    granted, names = read_given(given), naming_of(symbols)
    within = joined(granted, Given(declared(names)))
    sides, reading = formulas(formula, joined(granted, names))
    outcomes = []
    for side in sides:
        if not isinstance(side, Condition):
            raise AuthorError(
                "one formula states nothing: write an equation a = b, or the right one with "
                "--against"
            )
        lhs, rhs = (
            (side.lhs, side.rhs) if isinstance(side, Compare) and side.op == "=" else (side, None)
        )
        outcomes.append((judge(lhs, rhs, within), lhs, rhs))
    verdict, lhs, rhs = outcomes[0]
    if any(each.kind != verdict.kind for each, _, _ in outcomes):
        verdict = Invalid("ambiguous", _AMBIGUOUS)
    given_by = dict.fromkeys((name for name, _ in within.domains), "given")
    known = known_names((lhs,) if rhs is None else (lhs, rhs), within, given_by)
    notes = reading.notes if reading is not None else ()
    where = where_it_fails(lhs, verdict)
    return Result(
        verdict, lhs, rhs, known, within.relations, notes, where, equation=rhs is not None
    )
