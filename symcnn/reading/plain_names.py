"""Plain names that stand for several tokens: products of declared names, and derivatives."""

from __future__ import annotations

import re

from symcnn.reading.names import Names
from symcnn.reading.plain_tokens import UNLISTED, Tokens
from symcnn.reading.words import KNOWN, SPECIAL

_DIFFERENTIAL = re.compile(r"d([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*'*)")
_INDEXED = re.compile(r"(.+)_([A-Za-z]|[0-9]+)")


def resolved(tokens: Tokens, names: Names, text: str) -> Tokens:
    """Derivatives first (``dL/dZ_i``), then products of declared names (``HWC_in``)."""
    kinds = tokens.kinds
    unlisted = False
    if UNLISTED in kinds:
        tokens.wordy = True
        unlisted = bool(names.domains)
        kinds[:] = ["a" if kind == UNLISTED else kind for kind in kinds]
    if "/" in text and _derivatives(tokens, names):
        unlisted = bool(names.domains)
    if unlisted:
        _products(tokens, names)
    return tokens


def _replace(tokens: Tokens, start: int, stop: int, new: list[tuple[str, str, int, int]]) -> None:
    tokens.kinds[start:stop] = [token[0] for token in new]
    tokens.values[start:stop] = [token[1] for token in new]
    tokens.offsets[start:stop] = [token[2] for token in new]
    tokens.ends[start:stop] = [token[3] for token in new]


def _derivatives(tokens: Tokens, names: Names) -> bool:
    """``dL/dZ_i`` and ``∂L/∂Z_i`` are the member i of the family dL_dZ; whether there were any."""
    kinds, values = tokens.kinds, tokens.values
    at = done = -1  # done: the last derivative, which is not differentiated again
    for _ in range(kinds.count("/")):
        at = kinds.index("/", at + 1)
        above, below, span = "", "", (at - 1, at + 2)
        if kinds[max(at - 2, 0) : at + 3] == ["∂", "a", "/", "∂", "a"]:
            above, below, span = values[at - 1], values[at + 2], (at - 2, at + 3)
        elif at and at - 1 != done and kinds[at - 1] == kinds[at + 1] == "a":
            first, second = values[at - 1], values[at + 1]
            top, bottom = _DIFFERENTIAL.fullmatch(first), _DIFFERENTIAL.fullmatch(second)
            if top and bottom and not names.is_declared(first) and not names.is_declared(second):
                above, below = top.group(1), bottom.group(1)
                names.notes["derivative"] = None
        if above and "'" not in above:
            start, end = tokens.offsets[span[0]], tokens.ends[span[1] - 1]
            new = _family(f"d{above}_d{below}", start, end, names)
            _replace(tokens, *span, new)
            at = done = span[0] + len(new) - 1
    return done >= 0


def _family(name: str, start: int, end: int, names: Names) -> list[tuple[str, str, int, int]]:
    """The tokens of ``dL_dZ[i]``; only a declared name keeps its subscript."""
    indexed = _INDEXED.fullmatch(name)
    if indexed is None or names.is_declared(name):
        return [("a", name, start, end)]
    base, index = indexed.groups()
    kind = "n" if index.isdigit() else "a"
    return [
        ("a", base, start, end), ("[", "[", end, end), (kind, index, end, end),
        ("]", "]", end, end),
    ]  # fmt: skip


def _products(tokens: Tokens, names: Names) -> None:
    """Undeclared runs that are products of declared names, as several tokens."""
    kinds, values, (offsets, ends) = tokens.kinds, tokens.values, tokens.places
    bound = _bound(tokens) if any(value in SPECIAL for value in values) else frozenset()
    for at in range(len(kinds) - 2, -1, -1):
        value = values[at]
        if kinds[at] != "a" or len(value) == 1 or names.is_declared(value):
            continue
        if value in KNOWN or value in bound:
            continue
        pieces = names.split(value)
        if pieces is None:
            continue
        starts = [offsets[at] + sum(map(len, pieces[:k])) for k in range(len(pieces))]
        stops = [*starts[1:], ends[at]]
        new = [("a", name, a, b) for name, a, b in zip(pieces, starts, stops, strict=True)]
        _replace(tokens, at, at + 1, new)


def _bound(tokens: Tokens) -> frozenset[str]:
    """Names where a sum or array has its variables: after a comma, alone or first in brackets."""
    kinds, values = tokens.kinds, tokens.values
    found = []
    for at in range(2, len(kinds) - 1):
        if kinds[at] == "a" and kinds[at + 1] in (",", ")"):
            before = at - 1 if kinds[at - 1] != "(" else at - 2
            if kinds[before] == ",":
                found.append(values[at])
    return frozenset(found)
