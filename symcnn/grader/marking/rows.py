"""Which rows or columns of a matrix are wrong, and whether one is only flipped or shifted.

Each word is proved, entry by entry. Nothing here knows points.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcnn.formula.nodes import Formula, Rational
from symcnn.grader.marking.references import Reference
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import Remark

_TOLD = 4
Line = Sequence[int]  # the places of the entries of a row or column


def lines_told(
    size: tuple[int, int],
    kinds: Sequence[str],
    entries: Sequence[Formula],
    key: Sequence[Reference],
    tell: Teller,
) -> tuple[Remark, ...]:
    """Remarks about the wrong rows, or about the wrong columns where those are fewer."""
    rows, columns = size
    lying = [range(row * columns, (row + 1) * columns) for row in range(rows)]
    standing = [range(column, rows * columns, columns) for column in range(columns)]
    wrong_rows, wrong_columns = (
        [n for n, line in enumerate(lines) if any(kinds[at] != "proved" for at in line)]
        for lines in (lying, standing)
    )
    by_columns = len(wrong_columns) < len(wrong_rows)
    lines, wrong = (standing, wrong_columns) if by_columns else (lying, wrong_rows)
    word = "column" if by_columns else "row"
    found: list[Remark] = []
    for number in wrong[:_TOLD]:
        found.append(tell.remark("where", "entry", f"{word}-wrong", number=number + 1))
        how = _how(lines[number], entries, key)
        if how:
            found.append(tell.remark("hint", "entry", f"{word}-{how}", number=number + 1))
    if len(wrong) > _TOLD and not by_columns:
        found.append(tell.remark("where", "entry", "more-rows", number=len(wrong) - _TOLD))
    return tuple(found)


def _how(line: Line, entries: Sequence[Formula], key: Sequence[Reference]) -> str:
    """ "flipped", "shifted", or nothing."""
    own, right = [entries[at] for at in line], [key[at] for at in line]
    if len(own) < 2:
        return ""
    if _match(own, right[::-1]):
        return "flipped"
    zero = [_is_zero(each.formula, each) for each in right]
    if all(zero):
        return ""
    for step in range(1, len(own)):
        if _match(own, [*right[-step:], *right[:-step]]):
            return "shifted"
        if _match(own, [*right[step:], *right[:step]]):
            return "shifted"
    return ""


def _match(own: Sequence[Formula], right: Sequence[Reference]) -> bool:
    return all(b.kind(a) == "proved" for a, b in zip(own, right, strict=True))


def _is_zero(formula: Formula, reference: Reference) -> bool:
    return formula == Rational(0) or reference.kind(Rational(0)) == "proved"
