"""Compiled assignments: they mark the same, hold no text of a key, and damage is told."""

from __future__ import annotations

import json
import zlib
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.cli import main
from symcnn.errors import AuthorError
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Convention, Milestone, Question
from symcnn.grader.assignments.assignment_file import load_assignment
from symcnn.grader.marking import Marker
from symcnn.grader.marking.references import granted, read_key
from symcnn.grader.ready.compiled import MAGIC, compiled, loaded
from symcnn.grader.ready.formula_data import as_data, from_data
from symcnn.reading import read
from tests.grader.classroom import assignment as a_class
from tests.grader.classroom import class_of

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(DATA.glob("*.yaml"))
ASSIGNMENTS = [each for each in FILES if "submission" not in each.name]
FORMULAS = ("formula", "number", "matrix", "chain")


def _texts(assignment: Assignment) -> set[str]:
    """Everything in an assignment that says a key in words."""
    found = set()
    for each in assignment.questions:
        keys = (each.key, each.start, *(c.key for c in each.conventions), *each.accept)
        for text in (*keys, *(m.key for m in each.milestones), *each.reject):
            if each.kind in FORMULAS and len(text) > 3:
                found.add(text)
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", ASSIGNMENTS, ids=lambda path: path.stem)
def test_keys_are_the_same_formulas_and_their_texts_are_nowhere(path: Path) -> None:
    before = load_assignment(path)
    data = compiled(before)
    after = loaded(data)
    inner = zlib.decompress(data[len(MAGIC) :]).decode()
    for text in _texts(before):
        assert text not in inner and _bare(text) not in _bare(inner), text
    for each in before.questions:
        own = after.question(each.id)
        if each.kind in FORMULAS:
            given = granted(before, each)
            assert read_key(own.key, given) == read_key(each.key, given)
        hidden = {
            "prompt",
            "key",
            "start",
            "rubric",
            "accept",
            "reject",
            "conventions",
            "milestones",
        }
        for field in set(Question.__match_args__) - hidden:
            assert getattr(own, field) == getattr(each, field)
        assert [c.credit for c in own.conventions] == [c.credit for c in each.conventions]
    assert compiled(before) == data
    assert compiled(replace(before, title="other")) != data


def test_a_class_is_marked_the_same() -> None:
    whole = a_class()
    light = tuple(each for each in whole.questions if "indexed" not in each.given)
    before = replace(whole, questions=light)
    own, other = Marker(before), Marker(loaded(compiled(before)))
    for each in class_of(3, seed=11):
        marks = own.marks(each.submission, detail=False)
        assert marks == other.marks(each.submission, detail=False)


def test_the_same_is_told() -> None:
    path = DATA / "dl-homework-fa.yaml"
    before = load_assignment(path)
    own, other = Marker(before), Marker(loaded(compiled(before)))
    for question, text in (("q1a", "K^2*C_in*C_out"), ("q2b", "113"), ("q6", "a"), ("q5", "غلط")):
        left, right = own.mark(question, text), other.mark(question, text)
        assert left == right and left.remarks


def test_the_command_and_the_file_that_it_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, file = DATA / "dl-homework.yaml", tmp_path / "a.bin"
    assert main(["assignment", "compile", str(source), "-o", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    assert load_assignment(file) == loaded(compiled(load_assignment(source)))
    assert main(["assignment", "--json", "compile", str(source), "-o", str(tmp_path / "b")]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == str(tmp_path / "b")
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(AuthorError, match=r"a\.bin is no compiled"):
        load_assignment(file)
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "{schema: 1, title: A, questions: [{id: q, type: truth, points: 1, key: maybe}]}"
    )
    assert main(["assignment", "compile", str(bad), "-o", str(tmp_path / "c")]) == 2
    assert not (tmp_path / "c").exists()


def test_words_that_quote_a_key_are_left_out_and_others_stay() -> None:
    notes = ("that is 2*K ^ 2 exactly", "each of the two counts")
    conventions = tuple(
        Convention(f"c{place}", "2*K^2", Fraction(1, 2), note) for place, note in enumerate(notes)
    )
    asked = Question("q", "formula", key="K^2", given="cnn", conventions=conventions)
    kept = loaded(compiled(Assignment("A", (asked,)))).question("q").conventions
    assert [each.note for each in kept] == ["", "each of the two counts"]


def test_a_chain_keeps_its_start_and_milestones() -> None:
    asked = Question(
        "q", "chain", start="(K + 1)^2", key="K^2 + 2*K + 1", given="cnn",
        milestones=(Milestone("K^2 + K + K + 1", Fraction(1, 3)),),
    )  # fmt: skip
    own = loaded(compiled(Assignment("A", (asked,)))).question("q")
    assert own == asked


@pytest.mark.parametrize("key", ["true", "false", "درست", "نادرست"])
def test_truth_and_choice(key: str) -> None:
    options = (("a", "one"), ("b", "two"), ("c", "three"))
    asked = (
        Question("t", "truth", key=key),
        Question("c", "choice", options=options, key="C, a"),
    )
    own = loaded(compiled(Assignment("A", asked)))
    assert own.question("t").key == ("true" if key in ("true", "درست") else "false")
    assert own.question("c").key == "c, a"


@pytest.mark.parametrize(
    "text",
    [
        "Sum(w[j]*x[i + j], (j, 0, K - 1))", "Matrix([[w_1, 0], [w_2, 0.50]])", "1 <= K and K < N",
        "Cases((x, x > 0), a*x)", "f'(x) + dL_dZ[i]", "floor(N/2)*[S divides N]", "not (a = b)",
        "Prod(s[m], (m, 1, l - 1))", "120422400", "kron(A, B)",
    ],
)  # fmt: skip
def test_every_node_comes_back(text: str) -> None:
    formula = read(text).formula
    assert from_data(as_data(formula)) == formula


@pytest.mark.parametrize(
    "data",
    [
        b"", MAGIC, MAGIC + b"nonsense", b"x" + compiled(Assignment("A", ())),
        compiled(Assignment("A", ()))[:-1],
        MAGIC + zlib.compress(b"[]"), MAGIC + zlib.compress(b'{"assignment": {}, "keys": []}'),
        MAGIC + zlib.compress(b"[" * 100_000),
    ],
)  # fmt: skip
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(AuthorError):
        loaded(data)


@pytest.mark.parametrize(
    "data",
    [["eval", "1"], ["Formula"], ["Add"], ["Symbol", 3, 4], [":", "z", "1"], [":", "1", "0"], 1.5,
     ["Rational", [":", "1", "3"], 2], [], [[]]],
)  # fmt: skip
def test_only_nodes_are_built(data: object) -> None:
    with pytest.raises(AuthorError):
        from_data(data)


def test_a_key_that_cannot_be_used_is_told() -> None:
    for asked in (
        Question("q", "truth", key="perhaps"),
        Question("q", "choice", options=(("a", ""),), key="b"),
        Question("q", "number", key="۱/۲ + 1"),
    ):
        with pytest.raises(AuthorError, match=r"question|two readings"):
            compiled(Assignment("A", (asked,)))
