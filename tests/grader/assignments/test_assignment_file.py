"""Assignment files: exact values, errors with file, line and field, texts that read back."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.grader.assignment import (
    FORMS,
    Assignment,
    Convention,
    Criterion,
    Feedback,
    Milestone,
    Question,
    Totals,
)
from symcnn.grader.assignments.assignment_file import (
    assignment_text,
    load_assignment,
    read_assignment,
)
from symcnn.grader.marks import LEVELS

DATA = Path(__file__).parent.parent / "data"
WHOLE = """\
schema: 1
title: Costs
given: "K, C_in, C_out: positive integer"
questions:
  - id: q1
    type: formula
    points: 1/3
    key: "K^2*C_in"
  - id: q2
    type: number
    points: 0.1
    key: "2*n"
    given: "n: positive integer"
    uses: {n: q1}
  - id: q3
    type: choice
    points: 2
    options: {a: one, b: two}
    key: b, a
"""


@pytest.mark.parametrize("name", ["dl-homework", "dl-homework-fa"])
def test_the_model_assignments_load_and_read_back_equal(name: str) -> None:
    assignment = load_assignment(DATA / f"{name}.yaml")
    text = assignment_text(assignment)
    assert read_assignment(text, "again") == assignment
    assert assignment_text(read_assignment(text)) == text
    assert {each.kind for each in assignment.questions} >= {
        "formula", "number", "matrix", "chain", "truth", "choice", "manual", "statement",
    }  # fmt: skip


def test_numbers_are_exactly_those_that_were_written() -> None:
    first, second, third = read_assignment(WHOLE).questions
    assert (first.points, second.points, third.points) == (Fraction(1, 3), Fraction(1, 10), 2)
    assert all(type(each.points) is Fraction for each in (first, second, third))
    assert third.key == "a,b"
    percent = WHOLE.replace("points: 0.1", "points: ۰٫۵\n    carried: 25%")
    question = read_assignment(percent).question("q2")
    assert (question.points, question.carried) == (Fraction(1, 2), Fraction(1, 4))


def test_words_that_yaml_takes_for_something_else_stay_texts() -> None:
    text = WHOLE.replace("a: one, b: two", "no: off, yes: 1e3").replace("key: b, a", "key: no")
    assert read_assignment(text).question("q3").options == (("no", "off"), ("yes", "1e3"))


def faults() -> list[tuple[str, str, str]]:
    """What is replaced in `WHOLE`, by what, and what is told: three lines each."""
    text = (DATA / "assignment-faults.txt").read_text(encoding="utf-8").rstrip("\n")
    blocks = [block.split("\n") for block in text.split("\n\n")]
    return [(_line(old), _line(new), told) for old, new, told in blocks]


def _line(text: str) -> str:
    return text.replace("↵", "\n").replace("␀", "\0").replace("∅", "")


@pytest.mark.parametrize(("old", "new", "told"), faults())
def test_faults_are_told_with_file_line_and_field(old: str, new: str, told: str) -> None:
    assert WHOLE.count(old) >= 1
    with pytest.raises(AuthorError) as error:
        read_assignment(WHOLE.replace(old, new, 1), "homework.yaml")
    assert str(error.value).startswith("homework.yaml, line ")
    assert told in str(error.value)
    assert "\x00" not in str(error.value)


def test_several_faulty_questions_are_told_at_once() -> None:
    text = WHOLE.replace("points: 1/3", "points: many").replace("key: b, a", "key: z")
    with pytest.raises(AuthorError) as error:
        read_assignment(text, "a.yaml")
    assert re.findall(r"line (\d+)", str(error.value)) == ["7", "14", "19"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "just words", "schema: 1\ntitle: A\n"])
def test_what_is_no_assignment_is_refused(text: str) -> None:
    with pytest.raises(AuthorError, match=r"^a\.yaml"):
        read_assignment(text, "a.yaml")


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(AuthorError, match="line 1: &a0 is an anchor"):
        read_assignment("\n".join(lines), "a.yaml")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with pytest.raises(AuthorError, match="No such file"):
        load_assignment(path)
    path.write_bytes(WHOLE.encode("utf-16"))
    with pytest.raises(AuthorError, match=r"line 1: byte 1 is not UTF-8"):
        load_assignment(path)
    path.write_bytes(b"a" * 1_000_001)
    with pytest.raises(AuthorError, match="more than 1000000 bytes"):
        load_assignment(path)
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert load_assignment(path) == read_assignment(WHOLE)


TRUTH = "schema: 1\ntitle: A\nquestions: [{id: a, type: truth, points: 1, key: %s}]"


@pytest.mark.parametrize(
    ("word", "key"), [("true", "true"), ("Yes", "true"), ("نادرست", "false"), ("no", "false")]
)
def test_truth_has_one_spelling(word: str, key: str) -> None:
    assert read_assignment(TRUTH % word).question("a").key == key


def test_a_rubric_adds_up_to_what_a_person_gives() -> None:
    manual = TRUTH.replace(
        "truth, points: 1, key: %s", "manual, rubric: [{text: x, points: 1/3}]%s"
    )
    assert read_assignment(manual % "").full == Fraction(1, 3)
    with pytest.raises(AuthorError, match="worth 1/3 together, but a person gives 1"):
        read_assignment(manual % ", points: 1")
    reason = TRUTH % "true, reason: 1/4, rubric: [{text: x, points: 0.25}]"
    assert read_assignment(reason).question("a").reason == Fraction(1, 4)


LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12
)
TEXTS = st.lists(
    LINES.map(lambda each: re.sub("[\ufeff\ufff0-\uffff]", "", each)), min_size=1, max_size=3
).map(lambda lines: "\n".join(lines).strip())
FILLED = TEXTS.filter(bool)
SHARES = st.fractions(0, 1, max_denominator=60)
POINTS = st.fractions(0, 50, max_denominator=60)
LEVEL = st.builds(Feedback, st.sampled_from(LEVELS), st.sampled_from(LEVELS))
EXAMPLES = st.lists(FILLED, max_size=3).map(tuple)
FORMULAS = st.builds(
    Question,
    id=st.sampled_from(["q1", "Q-2", "q_3.b", "no", "y"]),
    kind=st.just("formula"),
    points=POINTS,
    prompt=TEXTS,
    key=st.just("K^2 + 1"),
    given=st.sampled_from(["", "K: positive integer", "K: integer\nK >= 2"]),
    aliases=st.sampled_from([(), (("F", "K"), ("n", "K"))]),
    conventions=st.lists(
        st.builds(Convention, FILLED, st.just("2*K"), SHARES, TEXTS),
        max_size=2,
        unique_by=lambda each: each.name,
    ).map(tuple),
    form=st.sampled_from(FORMS),
    form_credit=SHARES,
    conditional=SHARES,
    accept=EXAMPLES,
    reject=EXAMPLES,
    feedback=st.none() | LEVEL,
    bonus=st.booleans(),
)
CHAINS = st.builds(
    Question,
    id=st.just("chain"),
    kind=st.just("chain"),
    points=POINTS,
    key=st.just("K + 1"),
    start=st.just("1 + K"),
    milestones=st.lists(st.builds(Milestone, st.just("K + 2 - 1"), SHARES), max_size=1).map(tuple),
)
CHOICES = st.builds(
    Question,
    id=st.just("choice"),
    kind=st.just("choice"),
    points=POINTS,
    options=st.tuples(st.tuples(st.just("a"), FILLED), st.tuples(st.just("یک"), FILLED)),
    key=st.sampled_from(["a", "یک", "a,یک"]),
)
MANUALS = st.lists(st.builds(Criterion, FILLED, POINTS), max_size=2).map(
    lambda lines: Question(
        "by-hand", "manual", sum((each.points for each in lines), Fraction(0)), rubric=tuple(lines)
    )
)
WHOLES = st.builds(
    Assignment,
    title=FILLED,
    questions=st.tuples(FORMULAS, CHAINS, CHOICES, MANUALS),
    language=st.sampled_from(["en", "fa"]),
    given=st.sampled_from(["", "K: positive integer"]),
    due=st.sampled_from(["", "2026-11-30", "2026-11-30T23:59"]),
    feedback=LEVEL,
    totals=st.builds(Totals, st.none() | POINTS, POINTS, st.sampled_from(["", "late", "a: b"])),
)


@settings(max_examples=25, deadline=None)
@given(WHOLES)
def test_every_assignment_reads_back_equal(assignment: Assignment) -> None:
    assert read_assignment(assignment_text(assignment)) == assignment
