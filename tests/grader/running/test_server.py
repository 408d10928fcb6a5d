"""The marking server: what kills or stops a child costs the one answer, and nobody else."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marks import Mark
from symcnn.grader.running.batches import Item, marked_here
from symcnn.grader.running.child import frame_of, next_task
from symcnn.grader.running.isolated import marked_isolated
from symcnn.grader.running.journal import body_of
from symcnn.grader.running.limits import Limits
from symcnn.grader.running.rows import Numbers, Rows, mark_of
from symcnn.grader.running.run_words import WORDS, told
from symcnn.grader.submission import Response
from tests.grader.running.standin import Standin
from tests.grader.test_records import MARK, QUESTION

ASSIGNMENT = Assignment(
    "A",
    tuple(
        Question(f"q{n}", "formula", Fraction(1), key=f"k{n}", uses=(("n", "q1"),) * (n == 2))
        for n in range(4)
    ),
)
QUICK = Limits(seconds=1, slack=0.4)
ROOT = Path(__file__).resolve().parents[3]


def item(name: str, *texts: str) -> Item:
    """A submission with these answers; its digest is its name."""
    return Item(name, name, tuple((f"q{n}", text, f"line {n}") for n, text in enumerate(texts)))


def marked(items: list[Item], **options: Any) -> dict[str, list[Any]]:
    """The lines of a server by digest; each stands there once."""
    lines = list(marked_isolated(Standin, ASSIGNMENT, items, detail=True, **options))
    found = {body[0]: body for body in map(body_of, lines)}
    assert len(found) == len(lines) == len(items)
    return found


def outcomes(line: list[Any]) -> list[str]:
    return [row[0] for row in line[2]]


ALL_RIGHT = ["right"] * 4
CLASS = [item(f"d{n}", "k0", "k1", "k2", "k3") for n in range(60)]
FATES = {
    "kill": "ended", "crash": "ended", "exit": "ended", "spin": "time", "sleep 30": "time",
    "raise oops": "bug",
}  # fmt: skip


def test_every_fate_costs_its_answer_and_no_other() -> None:
    hostile = [item(word, "k0", word, "k2", "x") for word in FATES]
    found = marked([*CLASS[:30], *hostile, *CLASS[30:]], jobs=2, limits=QUICK)
    assert all(outcomes(found[each.digest]) == ALL_RIGHT for each in CLASS)
    assert all(found[each.digest][3] == [] for each in CLASS)
    for word, code in FATES.items():
        line = found[word]
        assert outcomes(line) == ["right", "undecided", "right", "wrong"]
        assert line[2][1][1] is None  # open: no points, and no zero
        assert line[2][1][-1] == [["readable", "note", told(code, "en")]]
        [[question, why, seen]] = line[3]
        assert (question, why) == ("q1", code)
        assert seen
    assert "ValueError: oops" in found["raise oops"][3][0][2]
    assert "SIGSEGV" in found["crash"][3][0][2]


def test_memory_has_a_limit() -> None:
    items = [*CLASS[:3], item("a", "k0", "fill", "k2", "k3"), *CLASS[3:]]
    found = marked(items, limits=Limits(memory=1 << 26))
    assert outcomes(found["a"]) == ["right", "undecided", "right", "right"]
    assert found["a"][2][1][-1] == [["readable", "note", told("memory", "en")]]
    assert all(outcomes(found[each.digest]) == ALL_RIGHT for each in CLASS)


def test_what_rests_on_a_stopped_answer_stays_open_unless_it_is_right() -> None:
    found = marked([item("a", "k0", "kill", "own kill"), item("b", "k0", "kill", "k2")])
    assert outcomes(found["a"]) == ["right", "undecided", "undecided", "missing"]
    assert outcomes(found["b"]) == ["right", "undecided", "right", "missing"]
    assert found["a"][2][2][-1] == [["readable", "note", told("uses", "en")]]


def test_two_killers_in_one_submission_and_one_in_every_submission() -> None:
    found = marked([item(f"s{n}", "kill", "k1", "crash", "k3") for n in range(3)])
    for line in found.values():
        assert outcomes(line) == ["undecided", "right", "undecided", "right"]


def test_lines_are_the_same_in_this_process_and_for_any_number_of_children() -> None:
    items = [*CLASS, item("odd", "raise 1", "x"), item("empty")]
    here = {
        body_of(line)[0]: body_of(line)[1:3]
        for line in marked_here(Standin, ASSIGNMENT, items, detail=True)
    }
    for jobs in (1, 3):
        found = marked(items, jobs=jobs)
        assert {digest: line[1:3] for digest, line in found.items()} == here


def test_what_is_printed_is_no_line() -> None:
    assert outcomes(marked([item("a", "k0", "print", "k2", "k3")])["a"])[1] == "wrong"


def test_an_unusable_assignment_is_told_before_anything_is_marked() -> None:
    bad = Assignment("unusable", ASSIGNMENT.questions)
    with pytest.raises(AuthorError, match="q0: the key cannot be read"):
        list(marked_isolated(Standin, bad, CLASS, detail=True))


def test_in_threads_and_beside_threads() -> None:
    found: list[dict[str, list[Any]]] = []
    threads = [
        threading.Thread(target=lambda: found.append(marked(CLASS, limits=QUICK))) for _ in "ab"
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 2
    assert found[0] == found[1]


def test_the_limit_of_the_processor_holds_too() -> None:
    code = (
        "from symcnn.grader.running.limits import *; confine(Limits()); allow(0)\nwhile True: pass"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == -signal.SIGXCPU


def _of_session(session: int) -> list[int]:
    alive = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            alive.append(int(each.parent.name))
    return alive


def _server(parent: int) -> Iterator[int]:
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and int(fields[3]) == int(each.parent.name):
            yield int(each.parent.name)


def _wait(what: Any) -> Any:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        got = what()
        if got:
            return got
        time.sleep(0.01)
    raise AssertionError("it did not come to pass")


def test_a_server_that_is_killed_is_started_again() -> None:
    items = [*CLASS, *(item(f"slow{n}", "sleep 0.1") for n in range(4))]
    lines = marked_isolated(Standin, ASSIGNMENT, items, detail=True)
    seen = [next(lines)]
    [server] = _server(os.getpid())
    os.kill(server, signal.SIGKILL)
    seen += lines
    assert sorted(body_of(line)[0] for line in seen) == sorted(each.digest for each in items)
    assert _wait(lambda: not _of_session(server))


def test_who_stops_listening_leaves_nobody_behind() -> None:
    items = [*CLASS, item("long", "sleep 60")]
    with closing(marked_isolated(Standin, ASSIGNMENT, items, detail=True)) as lines:
        next(lines)
        [server] = _server(os.getpid())
    assert _wait(lambda: not _of_session(server))


def test_a_parent_that_is_killed_leaves_nobody_behind() -> None:
    code = (
        "import os\n"
        "from tests.grader.running import test_server as t\n"
        "items = [*t.CLASS, t.item('z', 'sleep 60')]\n"
        "lines = t.marked_isolated(t.Standin, t.ASSIGNMENT, items, detail=True)\n"
        "print(next(lines)[:1], *t._server(os.getpid()), flush=True)\n"
        "list(lines)"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        server = int(parent.stdout.readline().split()[1])
        assert _of_session(server)
        parent.kill()
    assert _wait(lambda: not _of_session(server))


def test_a_row_keeps_every_field_of_a_mark() -> None:
    sent = Response("K\n^2", "ali.md, line 3")
    for response in (None, sent, Response(MARK.answer, MARK.place)):
        assert mark_of(Rows([QUESTION]).row(MARK, response), QUESTION, response, Numbers()) == MARK


def test_a_bare_verdict_has_a_short_row_and_marks_of_other_questions_have_none() -> None:
    rows, response = Rows([QUESTION]), Response("K", "a.md, line 1")
    for points in (QUESTION.points, Fraction(0), QUESTION.points / 3, None):
        bare = Mark(QUESTION.id, "right", points, QUESTION.points, *response)
        [row] = rows.of([bare], [(QUESTION.id, response)])
        assert len(row) == 3
        assert mark_of(row, QUESTION, response, Numbers()) == bare
    with pytest.raises(ValueError, match="other questions"):
        rows.of([MARK._replace(question="another")], [])


def test_a_batch_that_was_cut_off_is_none() -> None:
    frame = frame_of(CLASS[:3])
    task = next_task(io.BytesIO(frame * 2))
    assert task is not None
    assert (task.items, task.frame) == (CLASS[:3], frame)
    for length in (0, 5, 8, len(frame) - 1):
        assert next_task(io.BytesIO(frame[:length])) is None


def test_the_words_are_there_in_both_languages() -> None:
    for english, persian in WORDS.values():
        assert english.isascii()
        assert not any(each.isascii() and each.isalpha() for each in persian)
