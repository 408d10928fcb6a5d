"""Notes: what was taken off or decided while reading, as sentences keyed by code."""

from __future__ import annotations

NOTES: dict[str, str] = {
    "left-to-right": "a/2 b was read from left to right, as (a/2)*b",
    "scientific": "1e-9 was read as a power of ten",
    "power-T": "^T was read as a power: declare the base as a matrix to transpose it",
    "product": "{0}(...) was read as a product: declare {0} as a function to apply it",
    "starts": "the range of {0} was read as starting where the outer one does, else at 1",
    "display": "dollar signs and display environments were taken off",
    "label": "labels and tags were taken off",
    "punctuation": "punctuation at the end was taken off",
    "brace-words": "the words at the brace were taken off",
    "derivative": "d/d was read as a partial derivative",
    "persian-slash": "the slash between Persian digits may be a division or a decimal mark",
    "lines": "lines were joined to one chain",
    "not-equal": "!= was read as not equal: write n! = ... with a blank for a factorial",
    "word": "{0} was read as one name: write commas between indices",
    "alias": "{0} was read as the declared name {1}",
}


def sentences(codes: dict[str, None]) -> tuple[str, ...]:
    """The notes of one reading, in the order in which they arose."""
    if not codes:
        return ()
    found = []
    for code in codes:
        name, *particulars = code.split(":")
        found.append(NOTES[name].format(*particulars))
    return tuple(found)
