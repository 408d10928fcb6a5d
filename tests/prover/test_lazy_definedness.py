"""What decides alone leaves the rest without a say: the candidate is not excused by it.

In each of these the reference has a value at points where the added part, which cancels, has none.
"""

from __future__ import annotations

import pytest

from symcnn.claims.verdict import Proved
from symcnn.prover.definedness import difference, needs_of
from symcnn.reading import read
from tests.prover.ask import equation, facts

# (given, reference, a part that the reference mentions but does not always need)
REFERENCES = (
    ("x, y: real", "Bracket(x > 0)*Bracket(log(y) > 1)", "log(y)"),
    ("x, y: real", "Bracket(log(y) > 1)*Bracket(x > 0)", "log(y)"),
    ("x, y: real", "Bracket(x > 0 and log(y) > 1)", "log(y)"),
    ("x, y: real", "Bracket(log(y) > 1 and x > 0)", "log(y)"),
    ("x, y: real", "Bracket(x > 0 or log(y) > 1)", "log(y)"),
    ("x, y: real", "Bracket(x > 0 and 1/(y - 3) > 1)", "1/(y - 3)"),
    ("x, y: real", "Cases((0, x > 0 and sqrt(y) > 1), 1)", "sqrt(y)"),
    ("x, y: real", "Cases((0, x > 0), (2, log(y) > 0), 1)", "log(y)"),
    ("x, y: real", "Cases((0, x > 0), log(y))", "log(y)"),
    ("x, y: real", "Bracket(x > 0)*log(y)", "log(y)"),
    ("y: real; n: integer", "Sum(log(y), (i, 1, n))", "log(y)"),
    ("y: real; n: integer", "Prod(log(y), (i, 1, n))", "log(y)"),
    ("y: real; x: indexed real", "Sum(x[i]*log(y), i)", "log(y)"),
    ("y: real; x: indexed real", "Sum(Bracket(i < 0)*Bracket(i > 0)*log(y), i)", "log(y)"),
)


@pytest.mark.parametrize("row", REFERENCES, ids=[f"{row[1]}" for row in REFERENCES])
def test_a_part_that_cancels_has_to_be_defined(row: tuple[str, str, str]) -> None:
    assumed, reference, part = row
    found = equation(f"{reference} + {part} - ({part})", reference, assumed)
    assert not isinstance(found, Proved) or found.domain is not None
    assert isinstance(equation(reference, f"{reference} + {part} - ({part})", assumed), Proved)


@pytest.mark.parametrize("row", REFERENCES, ids=[f"{row[1]}" for row in REFERENCES])
def test_the_needs_of_the_reference_do_not_cover_it(row: tuple[str, str, str]) -> None:
    assumed, reference, part = row
    candidate = read(f"{reference} + {part} - ({part})").formula
    known = facts(assumed, reference, part)
    apart = difference(candidate, read(reference).formula, known)
    assert apart.open or apart.cancelled
    assert any(not need.guards and not need.bound for need in needs_of(candidate, known))


@pytest.mark.parametrize(
    ("assumed", "reference"),
    [(assumed, reference) for assumed, reference, _ in REFERENCES]
    + [("x, y: real", "Bracket(log(y) > 1)*x"), ("x, y: real", "max(log(y), x)")],
)
def test_the_same_parts_in_the_same_places_are_covered(assumed: str, reference: str) -> None:
    assert isinstance(equation(f"{reference} + 1", f"1 + {reference}", assumed), Proved)


@pytest.mark.parametrize("reference", ["Bracket(log(y) > 1)*x", "max(log(y), x)", "log(y)*0 + x"])
def test_what_is_always_needed_covers_it(reference: str) -> None:
    assert isinstance(equation(f"{reference} + log(y) - log(y)", reference, "x, y: real"), Proved)


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("Cases((log(y), x > 0), 1)*0", "Cases((1, x > 0), log(y))*0"),
        ("Cases((1, x > 0), log(y))*0", "Cases((log(y), x > 0), 1)*0"),
        ("Cases((1, x > 0), (log(y), x > -1), 2)*0", "Cases((1, x > 0), (2, x > -1), log(y))*0"),
        ("Cases((log(y), x > 0), 1)*0", "Cases((log(y), x > 1), 1)*0"),
        ("Bracket(x > 0)*log(y)*0", "Bracket(x > 1)*log(y)*0"),
        ("Sum(sqrt(x), (i, 1, n))*0", "Sum(sqrt(x), (i, 2, n))*0"),
        ("max(Bracket(x > 0)*log(y), 0)*0", "Bracket(x > 1)*log(y)*0"),
        ("Cases((log(y), x > 0), 1)*0", "Bracket(x > 0 and y > 5)*log(y)*0"),
    ],
)
def test_the_same_part_in_another_case_covers_nothing(candidate: str, reference: str) -> None:
    assert not isinstance(equation(candidate, reference, "x, y: real; n: integer"), Proved)


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        (
            "Bracket(root(x - y, 4) <= 1)*Bracket(y >= 1)*0",
            "Bracket(y >= 1 or root(x - y, 4) > 1)*0",
        ),
        ("Bracket(y >= 1 and log(x) > 0)*0", "Bracket(log(x) > 0 or y >= 1)*0"),
        ("Bracket(y >= 1 or log(x) > 0)*0", "Bracket(y >= 1)*Bracket(log(x) > 0)*0"),
    ],
)
def test_a_true_condition_decides_an_or_and_a_false_one_an_and(
    candidate: str, reference: str
) -> None:
    assert not isinstance(equation(candidate, reference, "x, y: real"), Proved)
    assert not isinstance(equation(reference, candidate, "x, y: real"), Proved)
