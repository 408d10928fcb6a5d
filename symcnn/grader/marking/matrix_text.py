"""Matrices as people type them, rewritten in the one plain notation that is read.

``[[a, b], [c, d]]``, ``[a b; c d]``, ``(1, 2, 3)`` and rows on lines of their own; LaTeX and
``Matrix(...)`` are left as they are. Nothing here reads an entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPEN, _CLOSE = "([{⌊⌈", ")]}⌋⌉"
_LEFT_ALONE = re.compile(r"Matrix|\\begin|\\left|\\frac|\\ma|\$|=")
_LONGEST = 20_000
_SPACED = re.compile(r"\s+")
_LONE = frozenset("+ - * / ^ × · ⋅ = , ; | &".split())


def as_matrix(text: str, size: Sequence[int] = ()) -> str:
    """The text in plain notation, or as it is where it is no list of rows.

    A list without rows has no direction: it becomes a column where ``size`` is one.

    >>> as_matrix("[[a, b], [c, d]]"), as_matrix("[a b; 0 c]"), as_matrix("1, 2\\n3, 4")
    ('Matrix([[a, b], [c, d]])', 'Matrix([[a, b], [0, c]])', 'Matrix([[1, 2], [3, 4]])')
    >>> as_matrix("[1, 2, 3]", (3, 1)), as_matrix("K + 1")
    ('Matrix([[1], [2], [3]])', 'K + 1')
    """
    shown = text.strip().translate(_FOLDS)
    if len(shown) > _LONGEST or _LEFT_ALONE.match(shown) or _LEFT_ALONE.search(shown):
        return text
    listed = _rows(shown)
    if listed is None:
        return text
    rows = [[entry for entry in row if entry] for row in listed]
    if any(not row for row in rows):
        return text
    if len(rows) == 1 and len(size) == 2 and size[1] == 1 and len(rows[0]) == size[0]:
        rows = [[entry] for entry in rows[0]]
    inside = "], [".join(", ".join(row) for row in rows)
    return f"Matrix([[{inside}]])"


_FOLDS = str.maketrans({"؛": ";", "،": ",", "\t": " ", "\r": "\n"})


def _rows(text: str) -> list[list[str]] | None:
    """The entries of each row; None where the text is no matrix."""
    inside = _inside(text, "[") or _inside(text, "(")
    if inside is not None:
        nested = [piece.strip() for piece in _split(inside, ",;\n") if piece.strip()]
        if nested and all(_inside(piece, "[") is not None for piece in nested):
            return [_entries(_inside(piece, "[") or "") for piece in nested]
        if ";" in inside or "\n" in inside.strip():
            return [_entries(row) for row in _split(inside, ";\n") if row.strip()]
        found = _entries(inside)
        return [found] if len(found) > 1 else None
    lines = [line.strip() for line in _split(text, ";\n") if line.strip()]
    if len(lines) < 2:
        return None
    bare = [_inside(line.rstrip(", "), "[") for line in lines]
    if all(each is not None for each in bare):
        lines = [each or "" for each in bare]
    found_rows = [_entries(line.strip("|")) for line in lines]
    return found_rows if any(len(row) > 1 for row in found_rows) else None


def _inside(text: str, bracket: str) -> str | None:
    """What stands between a bracket and the one that closes it, if that is the whole text."""
    if not text.startswith(bracket) or not text.endswith(_CLOSE[_OPEN.index(bracket)]):
        return None
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if depth == 0 and place < len(text) - 1:
            return None
    return text[1:-1] if depth == 0 else None


def _split(text: str, signs: str) -> list[str]:
    """Parted at signs outside of brackets."""
    found, depth, begin = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if sign in signs and depth == 0:
            found.append(text[begin:place])
            begin = place + 1
    return [*found, text[begin:]]


def _entries(row: str) -> list[str]:
    """The entries of one row: at commas, else at ``&`` or ``|``, else at blanks."""
    for sign in ",&|":
        if sign in row:
            return [piece.strip() for piece in _split(row, sign)]
    pieces = _SPACED.split(row.strip())
    if any(
        piece in _LONE or piece[0] in "+*/^" or piece[-1] in "+-*/^" for piece in pieces if piece
    ):
        return [row.strip()]
    return [piece for piece in pieces if piece]
