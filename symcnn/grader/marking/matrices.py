"""Answers that are a matrix: all entries, or the ones that were found.

What a partly right matrix earns counts only the entries at which the key differs from the constant
matrix that is most like it, less the entries that are wrong where the key does not: every constant
matrix earns 0, whatever the constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcnn.formula.arrays import Table
from symcnn.formula.nodes import Formula, Rational
from symcnn.grader.marking.asked import Asked
from symcnn.grader.marking.formulas import Formulas
from symcnn.grader.marking.matrix_text import as_matrix
from symcnn.grader.marking.reading import Answer, Unread
from symcnn.grader.marking.references import Reference
from symcnn.grader.marking.rows import lines_told
from symcnn.grader.marking.wrong import Worth
from symcnn.grader.marks import NONE, Remark
from symcnn.prover.arrays import Arrays, Misfit
from symcnn.prover.domains import Facts
from symcnn.prover.rational import Stopped
from symcnn.verifying.result import Result

_ENTRIES = 4_096


class Matrices(Formulas):
    """Marks the answers to a question of type matrix."""

    __slots__ = ("_common", "_entries", "_size")

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        key = table_of(asked.reference.formula, asked)
        self._size: tuple[int, ...] = () if key is None else key.size
        ready: dict[Formula, Reference] = {}
        for each in () if key is None else key.entries:
            if each not in ready:
                ready[each] = Reference(each, asked.reference.given)
        self._entries = () if key is None else tuple(ready[each] for each in key.entries)
        self._common = commonest(self._entries)

    @property
    def plainly(self) -> None:
        """Never."""
        return None

    def read(self, text: str) -> Answer | Unread:
        """The matrix, in any of the notations for it."""
        return super().read(as_matrix(text, self._size))

    def _kinds(self, formula: Formula) -> tuple[str, ...] | None:
        """What is found about each entry; none of another shape, None for what has no entries."""
        return self._memo.kept(("kinds", formula), lambda: self._found(formula))

    def _found(self, formula: Formula) -> tuple[str, ...] | None:
        table = table_of(formula, self.asked) if self._entries else None
        if table is None:
            return None
        if table.size != self._size:
            return ()
        pairs = zip(self._entries, table.entries, strict=True)
        return tuple(reference.kind(entry) for reference, entry in pairs)

    def _kind(self, formula: Formula) -> str:
        kinds = self._kinds(formula)
        if kinds is None:
            return super()._kind(formula)
        if not kinds:
            return "refuted"
        for kind in ("invalid", "refuted", "undecided"):
            if kind in kinds:
                open_entries = kind == "refuted" and self.question.entries and "undecided" in kinds
                return "undecided" if open_entries else kind
        return "proved"

    def _worth(self, formula: Formula) -> Worth:
        found = super()._worth(formula)
        share = self._earned(formula)[0] if self.question.entries else NONE
        return Worth("partial", share) if share > found.share else found

    def _earned(self, formula: Formula) -> tuple[Fraction, int, int, int]:
        """The share of a matrix with wrong entries; entries that tell something, right, wrong."""
        kinds = self._kinds(formula)
        telling = len(self._common) - sum(self._common)
        if not kinds or not telling:
            return NONE, telling, 0, 0
        right = wrong = 0
        for kind, common in zip(kinds, self._common, strict=True):
            right += not common and kind == "proved"
            wrong += common and kind != "proved"
        return Fraction(max(0, right - wrong), telling), telling, right, wrong

    def _where(self, formula: Formula, result: Result) -> tuple[Remark, ...]:
        kinds, tell = self._kinds(formula), self.asked.tell
        found = list(super()._where(formula, result))
        if kinds is None:
            return tuple(found)
        table = table_of(formula, self.asked)
        assert table is not None
        if not kinds:
            yours, asked = (" × ".join(map(str, size)) for size in (table.size, self._size))
            return (*found, tell.remark("hint", "where", "shape-asked", own=yours, right=asked))
        if len(self._size) == 2:
            size = self._size[0], self._size[1]
            found = list(lines_told(size, kinds, table.entries, self._entries, tell)) or found
        if self.question.entries:
            _, telling, right, wrong = self._earned(formula)
            parts: dict[str, object] = {"right": right, "all": telling, "wrong": wrong}
            found.append(tell.remark("where", "entry", "entries", **parts))
        return tuple(found)


def commonest(entries: Sequence[Reference]) -> tuple[bool, ...]:
    """For each entry, whether it is the value that most entries have."""
    classes: list[tuple[Reference, list[int]]] = []
    known: dict[Formula, list[int]] = {}
    for place, each in enumerate(entries):
        places = known.get(each.formula)
        if places is None:
            same = (kept for other, kept in classes if other.kind(each.formula) == "proved")
            places = next(same, None)
            if places is None:
                places = []
                classes.append((each, places))
            known[each.formula] = places
        places.append(place)
    most = max((places for _, places in classes), key=len, default=[])
    common = set(most)
    return tuple(place in common for place in range(len(entries)))


def table_of(formula: Formula, asked: Asked) -> Table | None:
    """The matrix entry by entry; None for a number, and where sizes are not literal or do not fit.

    Raises nothing: a sum of matrices whose shapes differ is no table either.
    """
    if isinstance(formula, Table):
        return formula
    reader = Arrays(Facts(asked.reference.given, (formula,)), (formula,))
    try:
        shape = reader.shape(formula)
        if not shape:
            return None
        sizes = [int(each.value) for each in shape if isinstance(each, Rational)]
        count = 1
        for length in sizes:
            count *= length
        if len(sizes) < len(shape) or len(sizes) > 2 or not 0 < count <= _ENTRIES:
            return None
        entries = [
            reader.entry(formula, tuple(map(Rational, _place(number, sizes))))
            for number in range(count)
        ]
    except (Misfit, Stopped):
        return None
    return Table(tuple(sizes), tuple(entries))


def _place(number: int, sizes: list[int]) -> list[int]:
    place: list[int] = []
    for size in reversed(sizes):
        number, here = divmod(number, size)
        place.insert(0, here)
    return place
