"""The kind of a verdict before its evidence, by `settle` and by a key that is made ready."""

import pickle

import pytest

from symcnn.claims import Equation, HoldsUnder, Proved, Refuted, Relation
from symcnn.formula import Condition
from symcnn.formula.domains import Given
from symcnn.prover import ReadyKey, decide, settle
from symcnn.reading import read, read_given
from tests.corpus.load import Entry, entries, meant
from tests.soundness.generate import pairs

CLASSES = ("floor", "signs")


def equation(left: str, right: str, given: Given) -> Equation:
    return Equation(read(left, given).formula, read(right, given).formula)


def keyed() -> list[Entry]:
    return [
        entry
        for entry in entries()
        if entry.kind in CLASSES
        and entry.reference is not None
        and not isinstance(meant(entry.reference, entry), Condition)
    ]


@pytest.mark.parametrize("entry", keyed(), ids=lambda entry: f"{entry.kind}: {entry.name}")
def test_a_ready_key_says_what_is_right_or_nothing(entry: Entry) -> None:
    assert entry.reference is not None
    key = ReadyKey.of(meant(entry.reference, entry), entry.assumptions())
    if key is None:
        return
    for text in entry.right:
        assert key.kind(meant(text, entry)) in ("proved", None), text
    for _, text in entry.wrong:
        assert key.kind(meant(text, entry)) in ("refuted", None), text


def test_a_ready_key_knows_most_of_the_sizes() -> None:
    floors = [entry for entry in keyed() if entry.kind == "floor"]
    said = []
    for entry in floors:
        key = ReadyKey.of(meant(entry.reference or "", entry), entry.assumptions())
        assert key is not None
        said += [key.kind(meant(text, entry)) for text in entry.right]
        said += [key.kind(meant(text, entry)) for _, text in entry.wrong]
    assert said.count(None) < len(said) // 4


def test_a_ready_key_is_never_wrong_about_generated_pairs() -> None:
    said = []
    for pair in pairs(4711, 60):
        key = ReadyKey.of(pair.rhs, read_given(pair.given))
        kind = None if key is None else key.kind(pair.lhs)
        assert kind in ("proved" if pair.equal else "refuted", None), pair
        said.append(kind)
    assert said.count(None) < 40


@pytest.mark.parametrize(
    ("reference", "candidate", "given"),
    [
        ("x/x", "1", "x: real"),  # defined where the reference is not: settled elsewhere
        ("1", "x/x", "x: real"),  # a divisor that cancelled
        ("abs(x)", "abs(x) + 0*y", "x: real"),  # a name that the reference lacks
        ("Matrix([[a]])", "a", "a: real"),
        ("abs(x)", "x^2/abs(x)", "x: real"),  # no value at 0
        ("abs(x + 1)", "Sum(abs(x + 1), (i, 1, x))", "x: real"),  # no value at halves
    ],
)
def test_a_ready_key_leaves_what_is_not_plain(reference: str, candidate: str, given: str) -> None:
    granted = read_given(given)
    key = ReadyKey.of(read(reference, granted).formula, granted)
    found = None if key is None else key.kind(read(candidate, granted).formula)
    assert found in (None, decide(equation(candidate, reference, granted), granted).kind)


def test_a_candidate_that_makes_a_name_an_integer_is_left_alone() -> None:
    key = ReadyKey.of(read("floor(x)").formula, Given())
    assert key is not None
    assert key.kind(read("floor(x) + 0*factorial(x)").formula) is None


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("floor((n + 2)/2)", "floor(n/2) + 1", "proved"),
        ("floor((n + 1)/2)", "floor(n/2) + 1", "refuted"),
        ("max(x, y)", "(x + y + abs(x - y))/2", "proved"),
        ("sin(x)^2 + cos(x)^2", "1", "undecided"),
    ],
)
def test_what_is_settled_is_the_kind_of_the_verdict(left: str, right: str, kind: str) -> None:
    given = read_given("n: positive integer; x, y: real")
    statement = equation(left, right, given)
    settled = settle(statement, given)
    assert settled.kind == kind
    assert settled.verdict() == decide(statement, given)
    assert settled.verdict() is settled.verdict()
    again = pickle.loads(pickle.dumps(settled))
    assert (again.kind, again.verdict()) == (kind, settled.verdict())


def test_a_difference_is_at_hand_before_the_smallest_witness() -> None:
    given = read_given("x: real")
    settled = settle(equation("x*x", "x", given), given)
    assert settled.difference is not None
    assert settled.difference.lhs != settled.difference.rhs
    assert settle(equation("x + x", "2*x", given), given).difference is None


def test_needs_are_settled_as_well() -> None:
    statement = Equation(read("abs(x)").formula, read("x").formula)
    found = settle(statement, Given(), read_given("x >= 0"))
    assert found.kind == "holds_under"
    assert isinstance(found.verdict(), HoldsUnder)
    assert isinstance(settle(Relation(read("x^2 >= 0").formula), Given()).verdict(), Proved)
    assert isinstance(settle(Relation(read("x^2 > 0").formula), Given()).verdict(), Refuted)
