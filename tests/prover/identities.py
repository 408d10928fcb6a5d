"""Tables of identities as text, "given | left | right", and what the prover says about a line."""

from __future__ import annotations

from symcnn.claims.statements import Equation
from symcnn.claims.verdict import Verdict
from symcnn.prover import decide
from symcnn.reading import read
from symcnn.reading.given import read_given


def lines(table: str) -> list[str]:
    """The lines of a table without the empty ones."""
    return [line.strip() for line in table.splitlines() if line.strip()]


def verdict_on(line: str) -> Verdict:
    """The verdict on "given | left | right"."""
    text, left, right = (part.strip() for part in line.split("|"))
    given = read_given(text)
    return decide(Equation(read(left, given).formula, read(right, given).formula), given)
