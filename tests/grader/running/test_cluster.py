"""Marking on a real cluster of two worker processes, of which one is killed half way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from symcnn.errors import AuthorError, SymcnnError
from symcnn.grader.assignment import Assignment
from symcnn.grader.run import Options
from symcnn.grader.running.cluster import mark_items
from symcnn.grader.running.limits import Limits
from tests.grader.running.standin import ASSIGNMENT, Standin, standing_in, student
from tests.grader.test_run import ROOT, files_of

PATIENCE = 60.0


def _until(what: str, done: object) -> None:
    assert callable(done)
    last = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < last, what
        time.sleep(0.02)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    """The address of a scheduler, and the processes of its two workers."""
    place = tmp_path_factory.mktemp("cluster")
    told = place / "scheduler.json"
    start = [sys.executable, "-m"]
    quiet = ["--no-dashboard", "--scheduler-file", str(told)]
    schedule = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *quiet]
    work = ["distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1", *quiet]
    with ExitStack() as stack, (place / "log").open("w") as log:

        def started(*words: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen([*start, *words], cwd=ROOT, stdout=log, stderr=log)
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        started(*schedule)
        _until("the scheduler starts", lambda: told.exists() and told.read_text().endswith("}"))
        workers = [started(*work, "--local-directory", str(place)) for _ in "ab"]
        address = json.loads(told.read_text())["address"]
        _until("workers come", lambda: (place / "log").read_text().count("Registered to") >= 2)
        yield address, [each.pid for each in workers]


def test_a_worker_killed_half_way_changes_nothing(
    cluster: tuple[str, list[int]], tmp_path: Path
) -> None:
    address, workers = cluster
    sent = [student(n, "k1", "sleep 0.004", "x", "k4") for n in range(199)]
    sent.append(student(7001, "k1", "crash", "raise oops"))
    seen: list[int] = []

    def watch(done: int, of: int) -> None:
        seen.append(done)
        if done > of // 4 and len(workers) == 2:
            os.kill(workers.pop(), signal.SIGKILL)

    there = standing_in(sent, tmp_path / "there", how=Options(scheduler=address, progress=watch))
    assert len(workers) == 1
    assert seen == list(range(len(sent) + 1))
    here = standing_in(sent, tmp_path / "here", how=Options(jobs=2))
    assert there.grading == here.grading
    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")
    assert [mark.points for mark in there.grading.students[-1].marks[1:3]] == [None, None]
    unusable = Assignment("unusable", ASSIGNMENT.questions)
    with pytest.raises(AuthorError, match="the key cannot be read"):
        standing_in(sent[:3], assignment=unusable, how=Options(scheduler=address))


def test_a_scheduler_that_is_not_there_is_told() -> None:
    with pytest.raises(SymcnnError, match="name it as"):
        standing_in([student(1)], how=Options(scheduler="nowhere at all"))


def test_a_worker_with_another_symcnn_marks_nothing() -> None:
    with pytest.raises(SymcnnError, match=r"not 0\.0\.1: install the same there"):
        mark_items([], Standin, ASSIGNMENT, Limits(), False, "0.0.1")
