"""A run: the same input has the same files, and nothing is lost or doubled when it is killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from symcnn import grade
from symcnn.errors import AuthorError, ToolMissing
from symcnn.grader.assignment import Assignment, Question, Totals
from symcnn.grader.marks import Grading
from symcnn.grader.people.decisions import Decision, Decisions
from symcnn.grader.records import RESULTS, read_results
from symcnn.grader.roster import Enrolled, Roster
from symcnn.grader.run import Options
from symcnn.grader.running.journal import NAME, body_of
from symcnn.grader.running.limits import Limits
from symcnn.grader.submission import Submission
from tests.grader.running.standin import ASSIGNMENT, CLASS, standing_in, student

ROOT = Path(__file__).resolve().parent.parent.parent


def files_of(run: Path) -> dict[str, bytes]:
    """Everything that stands in a directory."""
    return {
        each.relative_to(run).as_posix(): each.read_bytes()
        for each in sorted(run.rglob("*"))
        if each.is_file()
    }


def test_a_class_is_marked_in_the_order_of_ids_and_recorded_whole(tmp_path: Path) -> None:
    grading = standing_in(CLASS[::-1], tmp_path).grading
    assert [each.student for each in grading.students] == [each.student for each in CLASS]
    for sent, found in zip(CLASS, grading.students, strict=True):
        for question, mark in zip(ASSIGNMENT.questions, found.marks, strict=True):
            answer = sent.response(question.id)
            assert (mark.question, mark.of) == (question.id, question.points)
            assert mark.answer == ("" if answer is None else answer.text)
            assert mark.place == ("" if answer is None else answer.place)
            assert mark.points == (question.points if mark.answer == question.key else 0)
        assert found.total.exact == sum(mark.points for mark in found.marks if mark.points)
        assert (found.name, found.source) == (sent.name, sent.source)
    assert read_results(tmp_path) == grading
    assert {"gradebook.csv", "queue.html", "queue.csv", NAME, RESULTS} == set(files_of(tmp_path))


def test_the_same_input_has_the_same_files(tmp_path: Path) -> None:
    standing_in(CLASS, tmp_path / "a")
    standing_in(CLASS[60:] + CLASS[:60], tmp_path / "b", how=Options(jobs=3))
    first = files_of(tmp_path / "a")
    assert files_of(tmp_path / "b") == first
    standing_in(CLASS, tmp_path / "a")
    assert files_of(tmp_path / "a") == first


def test_what_stands_in_the_journal_is_not_marked_again(tmp_path: Path) -> None:
    sent = [student(1, "k1"), student(2, "k1"), student(3, "k1")]
    before = files_of_run(tmp_path / "a", sent)
    lines = before[NAME].splitlines(keepends=True)
    assert len(lines) == 3
    changed = [student(1, "k1"), student(2, "other"), student(3, "k1")]
    told: list[tuple[int, int]] = []
    how = Options(progress=lambda done, of: told.append((done, of)))
    standing_in(changed, tmp_path / "a", how=how)
    assert told == [(2, 3), (3, 3)]
    assert files_of(tmp_path / "a") == files_of_run(tmp_path / "b", changed)


def files_of_run(output: Path, sent: list[Submission]) -> dict[str, bytes]:
    standing_in(sent, output)
    return files_of(output)


def test_another_assignment_takes_nothing_from_the_journal(tmp_path: Path) -> None:
    standing_in(CLASS, tmp_path / "a")
    other = Assignment("A", (Question("q1", "formula", Fraction(1), key="=x"),))
    standing_in(CLASS, tmp_path / "a", assignment=other)
    standing_in(CLASS, tmp_path / "b", assignment=other)
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


KILLED = """
import sys
from pathlib import Path
from tests.grader.running.standin import CLASS, Options, standing_in
told = Options(jobs=2, progress=lambda done, of: print(done, flush=True))
standing_in(CLASS, Path(sys.argv[1]), how=told, formats=["csv", "github", "check50"])
"""


def test_killed_at_ten_random_moments_and_resumed_it_has_the_same_files(tmp_path: Path) -> None:
    """Moments are counted in submissions, and in time after the last: outputs are written then."""
    standing_in(CLASS, tmp_path / "whole", formats=["csv", "github", "check50"])
    expected = files_of(tmp_path / "whole")
    random = Random(20)
    output = tmp_path / "killed"
    ends = []
    for moment in [*(random.randrange(len(CLASS)) for _ in range(7)), *[len(CLASS)] * 3]:
        for stale in (NAME, RESULTS):
            if moment < len(CLASS) and random.random() < 0.5:
                (output / stale).unlink(missing_ok=True)
        command = [sys.executable, "-c", KILLED, str(output)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if int(line) >= moment:
                    break
            time.sleep(random.random() * 0.01)
            process.kill()
        ends.append(process.returncode)
        done = (output / NAME).read_bytes().splitlines(keepends=True)
        students = [body_of(line)[1] for line in done if body_of(line) is not None]
        assert len(set(students)) == len(students) >= min(moment, len(CLASS) - 1) > -1
    assert -signal.SIGKILL in ends
    standing_in(CLASS, output, formats=["csv", "github", "check50"])
    assert files_of(output) == expected


def test_limits_and_bugs_are_told_and_tried_again_in_the_next_run(tmp_path: Path) -> None:
    sent = [*CLASS[:5], student(7001, "raise oops", "k2"), student(7002, "k1", "crash")]
    found = standing_in(sent, tmp_path / "a", how=Options(limits=Limits(seconds=5)))
    [bug] = found.bugs
    assert bug.startswith("s7001, q1:\nTraceback")
    assert "ValueError: oops" in bug
    first, second = found.grading.students[-2:]
    assert [mark.points for mark in first.marks] == [None, 1, 0, 0]
    assert [mark.points for mark in second.marks] == [Fraction(1, 2), None, 0, 0]
    assert found.grading.open == 2
    assert [each.where for each in found.grading.problems] == ["s7001, q1", "s7002, q2"]
    assert "ValueError: oops" in found.grading.problems[0].message
    told: list[tuple[int, int]] = []
    again = Options(progress=lambda done, of: told.append((done, of)))
    assert standing_in(sent, tmp_path / "a", how=again).grading == found.grading
    assert told[0] == (5, 7)
    assert str(ROOT) not in (tmp_path / "a" / RESULTS).read_text()


def test_decisions_count_and_the_roster_gives_factors_and_names() -> None:
    decisions = Decisions(
        items=(Decision("q1", Fraction(1, 2), student="s0001", words="fine", by="Sara"),)
    )
    rules = Assignment("A", ASSIGNMENT.questions, totals=Totals(factor="late"))
    roster = Roster((Enrolled("s0001", "Ada", (("late", Fraction(1, 2)),)),), ("late",))
    sent = [student(1, "raise x", "k2"), student(2, "k1")]
    found = standing_in(sent, assignment=rules, decisions=decisions, roster=roster)
    first, second = found.grading.students
    assert (first.name, first.factor) == ("Ada", Fraction(1, 2))
    assert (first.marks[0].points, first.marks[0].by) == (Fraction(1, 2), "Sara")
    assert (first.total.points, first.total.exact, first.total.open) == (Fraction(3, 4), 1.5, 0)
    assert second.factor == 1
    assert "no student s0002" in found.grading.problems[0].message
    with pytest.raises(AuthorError, match="--roster"):
        standing_in(sent, assignment=rules)


def test_pseudonyms_stand_everywhere_and_one_file_knows_them(tmp_path: Path) -> None:
    decisions = Decisions(
        items=(Decision("q1", Fraction(1, 4), student="s0001", words="fine", by="Sara"),)
    )
    sent = [student(1, "raise x"), student(2, "k1"), student(3, "other")]
    found = standing_in(
        sent, tmp_path / "a", anonymous=True, formats=["all"], decisions=decisions
    ).grading
    assert sorted(mark.by for each in found.students for mark in each.marks)[-1] == "Sara"
    files = files_of(tmp_path / "a")
    names = files.pop("roster-map.csv").decode()
    for number in (1, 2, 3):
        assert f",s000{number},Name {number}," in names
        for name, data in files.items():
            for real in (f"s000{number}", f"s{number}.md", f"Name {number}"):
                assert real not in name
                assert real.encode() not in data, name
    standing_in(sent[:2], tmp_path / "a", anonymous=True, formats=["csv"])
    kept = (tmp_path / "a" / "roster-map.csv").read_text().splitlines()
    assert set(kept) < set(names.splitlines())  # with the map, students keep their pseudonyms


def test_bad_calls_are_refused_before_anything_is_marked(tmp_path: Path) -> None:
    for bad, told in (
        ({"phase": "during"}, "no phase 'during'"),
        ({"formats": ["pdf"]}, "no output format 'pdf'"),
        ({"how": Options(jobs=0)}, "0 processes mark nothing"),
        ({"assignment": Assignment("unusable", ASSIGNMENT.questions)}, "the key cannot be read"),
        ({"assignment": tmp_path / "none.yaml"}, "none.yaml"),
        ({"roster": tmp_path / "none.csv"}, "none.csv"),
        ({"decisions": tmp_path / "none.yaml"}, "none.yaml"),
    ):
        with pytest.raises(AuthorError, match=told):
            standing_in(CLASS, tmp_path / "run", **bad)
    with pytest.raises(AuthorError, match="two submissions have the id 's0001'"):
        standing_in([student(1, "k1"), student(1, "k2")])
    assert RESULTS not in files_of(tmp_path)


def test_a_system_without_fork_marks_in_this_process_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = standing_in(CLASS[:9]).grading
    monkeypatch.setattr("symcnn.grader.run.can_fork", lambda: False)
    with pytest.warns(RuntimeWarning, match="without limits"):
        assert standing_in(CLASS[:9]).grading == expected


def test_a_cluster_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ToolMissing, match=r"pip install 'symcnn\[dask\]'"):
        standing_in(CLASS[:1], how=Options(scheduler="tcp://127.0.0.1:1"))


def test_the_real_thing_from_files(tmp_path: Path) -> None:
    (tmp_path / "assignment.yaml").write_text(
        "schema: 1\ntitle: Costs\nquestions:\n"
        "  - {id: q1, type: formula, points: 2, key: K^2*C, given: 'K, C: positive integer'}\n"
        "  - {id: q2, type: formula, points: 1/3, key: K + C, given: 'K, C: positive integer'}\n"
    )
    (tmp_path / "decisions.yaml").write_text(
        "- {question: q2, student: '7', points: 1/3, words: as meant, by: Sara}\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "7.yaml").write_text("student: 7\nanswers: {q1: C K K, q2: K + }\n")
    (tmp_path / "in" / "8.json").write_text('{"student": "8", "answers": {"q1": "K C"}}')
    (tmp_path / "in" / "9.json").write_text('{"student": "9", "answers": ')
    grading = grade(
        tmp_path / "assignment.yaml", tmp_path / "in", output=tmp_path / "run", formats=["html"]
    )
    assert isinstance(grading, Grading)
    seen = {each.student: [mark.outcome for mark in each.marks] for each in grading.students}
    assert seen == {"7": ["right", "unreadable"], "8": ["wrong", "missing"]}
    assert [each.total.points for each in grading.students] == [Fraction(7, 3), 0]
    assert ["9.json" in str(each) for each in grading.problems].count(True) == 1
    record = json.loads((tmp_path / "run" / RESULTS).read_text())
    assert [each["student"] for each in record["students"]] == ["7", "8"]
    plain = grade(tmp_path / "assignment.yaml", [tmp_path / "in"], detail=False)
    assert [each.total for each in plain.students] == [each.total for each in grading.students]


def test_grading_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom tests.grader.test_run import *\n"
        "from symcnn.grader.running.server import *\nfrom symcnn.grader.running.isolated import *\n"
        "from symcnn.grader.marking import Marker\n"
        "marker = Marker(ASSIGNMENT)\nmarker.marks(CLASS[0])\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    code = code.replace("from tests.grader.test_run import *\n", _SMALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "symcnn" in loaded
    assert not loaded & {"sympy", "numpy", "jinja2", "rich", "z3", "yaml", "distributed", "pytest"}


_SMALL = (
    "from fractions import Fraction\n"
    "from symcnn.grader.assignment import Assignment, Question\n"
    "from symcnn.grader.submission import Response, Submission\n"
    "ASSIGNMENT = Assignment('A', (Question('q', 'formula', Fraction(1), key='K^2'),))\n"
    "CLASS = [Submission('7', (('q', Response('K + K')),))]\n"
)
