"""Reading LaTeX: every LaTeX text of the table of readings, by symcnn and by Math-Verify's parser.

Ours has to read each as the table says. Math-Verify refuses many and misreads some, and counts all
the same: the second pair keeps those of which it makes a formula, and does not hand back the text.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from symcnn.reading import read
from tests.benchmarks.pairs import Pair
from tests.reading.specification import Row, outcome, rows


def latex_rows() -> list[Row]:
    """The texts that hold LaTeX, need no declared names, and have a reading."""
    return [
        row
        for row in rows()
        if row.given is None
        and ("\\" in row.text or "{" in row.text)
        and not row.expected.startswith("!")
        and "$" not in row.text
    ]


def _theirs(texts: list[str]) -> list[Any]:
    import math_verify

    logging.getLogger("math_verify").setLevel(logging.CRITICAL)
    return [math_verify.parse(f"${text}$") for text in texts]


def pairs() -> Iterator[Pair]:
    """The whole table, and the part of which Math-Verify makes something."""
    chosen = latex_rows()
    assert [outcome(row.text, None) for row in chosen] == [row.expected for row in chosen]
    texts = [row.text for row in chosen]
    found = _theirs(texts)
    read_by_both = [
        text
        for text, result in zip(texts, found, strict=True)
        if any(not isinstance(part, str) for part in result)
    ]
    for name, some in (("all", texts), ("read by both", read_by_both)):

        def ours(some: list[str] = some) -> list[Any]:
            return [read(text) for text in some]

        def theirs(some: list[str] = some) -> list[Any]:
            return _theirs(some)

        yield Pair(
            f"reading LaTeX, {len(some)} texts, {name}", ours, theirs, "math_verify.parse",
            lambda a, b: len(a) == len(b),
        )  # fmt: skip
