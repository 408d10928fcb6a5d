"""Three real submissions, transcribed with their slips, and what a good assistant makes of them.

The formulas and numbers stand as they were written; sentences are paraphrased, for people mark
them. Keys say what is true of each, whatever the submission says.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest

from symcnn.grader.assignments.assignment_file import load_assignment
from symcnn.grader.marking import Marker, graded
from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs import rendered
from symcnn.grader.submissions import read_submissions

DATA = Path(__file__).parent / "data"
FILES = {"ml4": "ml4-submission.md", "nn3": "nn3-submission.yaml", "dl8": "dl8-submission.yaml"}
OUTCOMES = {
    "nn3": {
        "right": "b1 c2",
        "carried": "c4 c5 c6",
        "wrong": "b2 b3 b4",
        "undecided": "c1 c3",
        "manual": "a",
    },
    "ml4": {
        "right": "q1c_pixels q4a_channels q4b_plain q4b_reduce q4b_five q4b_sum q4b_percent "
        "q4b_3x3 q4b_pool q4c q5a_kernel q5a_size q5b_example q5c_one q5c_two q5c_three q6b",
        "wrong": "q3_z q5b_order q5b_matrix",
        "missing": "q1c_params q4b_total q6a",
        "unreadable": "q2 q4b_1x1",
        "manual": "q1a q1b q3_chain q4a q5d q6e",
    },
    "dl8": {
        "right": "q1_standard q2_alexnet q2_conv1 q2_3a q2_nin q2c_resnet q2c_densenet q3_output "
        "q3_mean",
        "wrong": "q1_groups q2_vgg_pool q2_google q2_4a q3_gamma q3_beta",
        "unreadable": "q2_vgg",
        "manual": "q1 q3b1 q3b2 q4",
    },
}
POINTS = {"nn3": (5, 8, 3), "ml4": (18, 23, 8), "dl8": (Fraction(17, 2), 14, 5)}


@lru_cache(maxsize=3)
def _graded(name: str) -> tuple[Graded, Grading]:
    assignment = load_assignment(DATA / f"{name}.yaml")
    questions = [each.id for each in assignment.questions]
    [submission], problems = read_submissions([DATA / FILES[name]], questions, language="fa")
    assert problems == ()
    found = graded(Marker(assignment), submission)
    return found, Grading(assignment, (found,))


@pytest.fixture(scope="module", params=FILES)
def marked(request: pytest.FixtureRequest) -> tuple[str, Graded, Grading]:
    return (request.param, *_graded(request.param))


def test_every_answer_is_marked_as_it_deserves(marked: tuple[str, Graded, Grading]) -> None:
    name, found, _ = marked
    expected = {
        question: outcome
        for outcome, questions in OUTCOMES[name].items()
        for question in questions.split()
    }
    assert {each.question: each.outcome for each in found.marks} == expected
    points, of, still_open = POINTS[name]
    total = found.total
    assert (total.points, total.marked, total.open) == (points, of, still_open)


def test_the_report_is_persian_and_tells_no_key(marked: tuple[str, Graded, Grading]) -> None:
    name, found, grading = marked
    report = rendered(grading, ["markdown"])[f"markdown/{name}.md"]
    assert 'dir="rtl"' in report and "درست" in report
    for mark in found.marks:
        key = grading.assignment.question(mark.question).key
        if mark.outcome not in ("right", "manual") and len(key) > 6:
            assert key not in report, mark.question


def _told(found: Graded, question: str, level: str = "hint") -> str:
    mark = found.mark(question)
    assert mark is not None
    return " ".join(each.text for each in mark.told(level)).translate(dict.fromkeys((8294, 8297)))


def test_what_is_said_helps() -> None:
    nn3, ml4, dl8 = (_graded(name)[0] for name in ("nn3", "ml4", "dl8"))
    assert "P را مجموع حاشیهٔ دو سو" in _told(nn3, "b1")
    assert "(5*5*1)*3 = 15" in _told(nn3, "c1") and "15 + 1024 = 1102" in _told(nn3, "c3")
    assert "b2" in _told(nn3, "c4") and "12" in _told(nn3, "c4")
    assert "dL_dZ" in _told(ml4, "q2") and "اندیس" in _told(ml4, "q2")
    assert "b = 0" in _told(ml4, "q3_z", "witness")
    assert "گروه" in _told(dl8, "q1_groups")
    mark = dl8.mark("q1_groups")
    assert mark is not None and mark.mistake == "groups-multiplied"
