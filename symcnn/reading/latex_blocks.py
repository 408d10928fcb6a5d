"""Blocks of rows: matrices, determinants, cases (also as an array behind a brace)."""

from __future__ import annotations

from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import Cases, Condition
from symcnn.formula.nodes import Call, Formula
from symcnn.reading.dots import DOTS, count_of, listed
from symcnn.reading.latex_sums import ONE, LatexSums
from symcnn.reading.latex_words import CASES, ELSE_WORDS, IF_WORDS, MATRICES

_OVER = frozenset({"finish", "end"})
_ROW_END = _OVER | {"row", "nl"}
_ENTRY_END = _ROW_END | {"&"}


class LatexBlocks(LatexSums):
    """Reads ``\\begin{...} ... \\end{...}``; `at` is the begin."""

    __slots__ = ()

    def block(self, as_cases: bool = False) -> Formula:
        """A matrix or cases, by the name of the environment."""
        start = self.at
        kind = self.values[start]
        bars, listing = self.bars, self.listing
        self.bars, self.listing = 0, True
        self.deeper()
        self.at += 1
        if kind in CASES or (as_cases and kind == "array"):
            formula = self.cases()
        elif kind in MATRICES:
            formula = self.matrix()
        elif kind == "vmatrix":
            formula = Call("det", (self.matrix(),))
        else:
            raise self.error("environment", start, name=kind)
        if self.values[self.at] != kind:
            raise self.error("block-open", start, name=kind)
        self.at += 1
        self.depth -= 1
        self.bars, self.listing = bars, listing
        return formula

    def matrix(self) -> Formula:
        """Entries between ``&``, rows between ``\\\\``; all rows equally long."""
        entries: list[Formula] = []
        width = rows = 0
        while self.kinds[self.at] not in _OVER:
            start = self.at
            before = len(entries)
            entries.append(self.entry())
            while self.kinds[self.at] == "&":
                self.at += 1
                entries.append(self.entry())
            count = len(entries) - before
            if rows and count != width:
                raise self.error("uneven-rows", start)
            rows, width = rows + 1, count
            if self.kinds[self.at] not in _ROW_END:
                raise self.unexpected()
            if self.kinds[self.at] not in _OVER:
                self.at += 1
        if not rows:
            raise self.unexpected()
        if any(entry is DOTS for entry in entries):
            return self.dotted(rows, width, entries)
        return Table((rows, width), tuple(entries))

    def entry(self) -> Formula:
        """One entry; dots that stand alone stand for entries."""
        if self.kinds[self.at] == "…" and self.kinds[self.at + 1] in _ENTRY_END:
            self.dots.append(self.at)
            self.at += 1
            return DOTS
        return self.total()

    def dotted(self, rows: int, width: int, entries: list[Formula]) -> Formula:
        """A column or row whose dots stand between the first entries and the last one."""
        before, last = entries[:-2], entries[-1]
        found = None
        if min(rows, width) == 1 and len(before) > 0 and entries[-2] is DOTS and last is not DOTS:
            found = listed(before, last, self.names, self.text)
        if self.names.again:
            return Table((rows, width), tuple(entries))
        if found is None or count_of(before):
            raise self.error("dots", self.dots[-count_of(entries)])
        self.dots.pop()
        length, variable, entry = found
        if rows == 1:
            return Array((ONE, length), (f"{variable}_1", variable), entry)
        return Array((length, ONE), (variable, f"{variable}_1"), entry)

    def cases(self) -> Formula:
        """``value & condition \\\\`` rows; ``otherwise`` is the default."""
        branches: list[tuple[Formula, Formula]] = []
        default: Formula | None = None
        while self.kinds[self.at] not in _OVER:
            if default is not None:
                raise self.error("after-default")
            value = self.total()
            while self.kinds[self.at] in (",", "&", ":"):
                self.at += 1
            if self.kinds[self.at] == "w":
                word = self.values[self.at].strip(" ,.:").lower()
                if word in ELSE_WORDS:
                    self.at += 1
                    default = value
                elif word in IF_WORDS:
                    self.at += 1
            if default is None:
                branches.append((value, self.case_condition()))
            while self.kinds[self.at] in (",", ".", ";"):
                self.at += 1
            if self.kinds[self.at] not in _ROW_END:
                raise self.unexpected()
            if self.kinds[self.at] not in _OVER:
                self.at += 1
        if not branches:
            raise self.error("condition-wanted")
        return Cases(tuple(branches), default)

    def case_condition(self) -> Formula:
        """Conditions, between which a comma or the word and means and."""
        start = self.at
        condition = self.condition()
        if not isinstance(condition, Condition):
            raise self.error("condition-wanted", start)
        return condition
