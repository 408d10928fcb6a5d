"""Reading LaTeX, by symcnn and by Math-Verify's parser: the corpus of CNN formulas, then the table.

Every text of the corpus that holds LaTeX is read, and every LaTeX text of the table of readings,
which is made of edge cases. Ours has to read each row of the table as it says. Math-Verify refuses
many texts and misreads some, and counts all the same; the second pair of each keeps those of which
it makes a formula, and does not hand back the text.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, TypeAlias

from symcnn.formula.domains import Given
from symcnn.reading import read
from tests.benchmarks.pairs import Pair
from tests.corpus import load
from tests.reading.specification import Row, outcome, rows

Asked: TypeAlias = tuple[str, Given | None]


def _is_latex(text: str) -> bool:
    return ("\\" in text or "{" in text) and "$" not in text


def table_rows() -> list[Row]:
    """The LaTeX texts of the table that need no declared names and have a reading."""
    return [
        row
        for row in rows()
        if row.given is None and _is_latex(row.text) and not row.expected.startswith("!")
    ]


def corpus_texts() -> list[Asked]:
    """The LaTeX texts of the corpus, each once, with what is given there."""
    found: dict[str, Given | None] = {}
    for pair in load.pairs():
        if _is_latex(pair.text):
            found.setdefault(pair.text, pair.entry.assumptions())
    return list(found.items())


def _theirs(asked: list[Asked]) -> list[Any]:
    import math_verify

    logging.getLogger("math_verify").setLevel(logging.CRITICAL)
    return [math_verify.parse(f"${text}$") for text, _ in asked]


def pairs() -> Iterator[Pair]:
    """All texts of each collection, and the part of which Math-Verify makes something."""
    chosen = table_rows()
    assert [outcome(row.text, None) for row in chosen] == [row.expected for row in chosen]
    table: list[Asked] = [(row.text, None) for row in chosen]
    for name, asked in (("corpus", corpus_texts()), ("table", table)):
        found = _theirs(asked)
        read_by_both = [
            each
            for each, result in zip(asked, found, strict=True)
            if any(not isinstance(part, str) for part in result)
        ]
        for which, some in (("all", asked), ("both", read_by_both)):

            def ours(some: list[Asked] = some) -> list[Any]:
                return [read(text, given) for text, given in some]

            def theirs(some: list[Asked] = some) -> list[Any]:
                return _theirs(some)

            yield Pair(
                f"LaTeX {name}, {len(some)} texts, {which}", ours, theirs, "math_verify.parse",
                lambda a, b: len(a) == len(b),
            )  # fmt: skip
