"""The marking server: a fresh process without threads, whose children mark batches.

It is warm: marking is loaded and the keys are ready before the first fork. A child marks a batch
within limits, writes lines, and is given the next one. A child that dies takes nobody along: what
it had not finished is marked again, one submission at a time, and the one that dies (or takes too
long) answer by answer.
What goes to the parent is a letter and a line: ``m`` marks, ``u`` why the assignment is unusable,
``e`` the end.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import selectors
import signal
from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import IO, Any

from symcnn.errors import SymcnnError
from symcnn.grader.assignment import Assignment
from symcnn.grader.running.batches import Failure, Item, Make, Marking, Pieces, attempt
from symcnn.grader.running.child import Task, frame_of, next_task, send, work
from symcnn.grader.running.journal import line_of
from symcnn.grader.running.limits import Limits
from symcnn.grader.running.rows import Rows
from symcnn.grader.submission import Response, Submission

_CHUNK = 1 << 16
_BATCHES = 100  # that one child marks: what it remembers does not grow for ever


def serve(source: int, out: int) -> None:
    """Marks what stands in the open file ``source`` and writes lines to ``out``.

    Standard input is a line to the parent: when it closes, this process and its children end.
    """
    os.dup2(2, 1)  # what anybody prints by mistake is not taken for a line
    with os.fdopen(source, "rb") as file:
        make, assignment, detail, limits, jobs, large = pickle.load(file)
        try:
            marking = make(assignment)
        except SymcnnError as error:
            send(out, b"u" + line_of(str(error)))
            return
        _warm(marking, assignment, detail, large=large)
        gc.freeze()  # what was made up to here stays: no child looks through it
        gc.enable()
        try:
            _Server(file, out, marking, assignment, detail, limits, jobs).run()
            send(out, b"e\n")
        except BrokenPipeError:  # the parent has ended: so do this process and its children
            os.killpg(0, signal.SIGKILL)


def write_work(
    file: IO[bytes],
    make: Make,
    assignment: Assignment,
    batches: Iterator[list[Item]],
    *options: Any,
) -> None:
    """Writes what `serve` reads: once how to mark, then the batches."""
    pickle.dump((make, assignment, *options), file)
    for batch in batches:
        file.write(frame_of(batch))
    file.seek(0)


def _warm(marking: Marking, assignment: Assignment, detail: bool, *, large: bool) -> None:
    """Marks the keys as if they were answers: what that makes, no child has to make again.

    Before a large class, an answer beside each key too: mutations of keys are made for it.
    """
    texts = [(each.id, each.key) for each in assignment.questions if each.key]
    for more in ("", " + 1") if large else ("",):
        sent = Submission("", tuple((name, Response(key + more)) for name, key in texts))
        attempt(marking, sent, Rows(assignment.questions), detail=detail)


class _Child:
    """A child at work; what it has written and is no whole line yet waits in ``rest``.

    ``more`` is where batches go to it, None when there will be none.
    """

    __slots__ = ("batches", "deadline", "late", "more", "pid", "rest", "task")

    def __init__(self, pid: int, task: Task, deadline: float, more: int | None) -> None:
        self.pid = pid
        self.task = task
        self.deadline = deadline
        self.more = more
        self.batches = 1
        self.late = False
        self.rest = b""

    def dismiss(self) -> None:
        """It ends when it has done what it is at."""
        if self.more is not None:
            os.close(self.more)
            self.more = None


class _Server:
    __slots__ = (
        "assignment", "children", "detail", "file", "jobs", "limits", "marking", "out", "selector",
        "waiting",
    )  # fmt: skip

    def __init__(
        self,
        file: IO[bytes],
        out: int,
        marking: Marking,
        assignment: Assignment,
        detail: bool,
        limits: Limits,
        jobs: int,
    ) -> None:
        self.file = file
        self.out = out
        self.marking = marking
        self.assignment = assignment
        self.detail = detail
        self.limits = limits
        self.jobs = jobs
        self.waiting: deque[Task] = deque()  # what has to be done again goes first
        self.children: dict[int, _Child] = {}
        self.selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Until every item has its line."""
        self.selector.register(0, selectors.EVENT_READ)
        while self._fork_some():
            soonest = min(child.deadline for child in self.children.values())
            ready = {key.fd for key, _ in self.selector.select(max(0.0, soonest - monotonic()))}
            if 0 in ready:
                os.killpg(0, signal.SIGKILL)  # this process too
            for fd in ready:
                self._read(fd, self.children[fd])
            now = monotonic()
            for fd, child in self.children.items():
                if child.deadline <= now and fd not in ready and not child.late:
                    child.late = True
                    os.kill(child.pid, signal.SIGKILL)
                    child.deadline = now + 3600.0  # its end is read as any other's
        self.selector.close()

    def _fork_some(self) -> bool:
        """Lets children do what there is to do. Whether any is at work."""
        while len(self.children) < self.jobs:
            task = self.waiting.popleft() if self.waiting else next_task(self.file)
            if task is None:
                break
            self._fork(task)
        return bool(self.children)

    def _fork(self, task: Task) -> None:
        mine, theirs = os.pipe()
        source, sink = os.pipe()
        pid = os.fork()
        if pid == 0:
            mores = [each.more for each in self.children.values() if each.more is not None]
            for other in (mine, sink, self.out, *self.children, *mores):  # or they never close
                os.close(other)
            work(theirs, source, task, self.marking, self.assignment, self.detail, self.limits)
        os.close(theirs)
        os.close(source)
        child = _Child(pid, task, monotonic(), sink)
        if task.alone or task.pieces is not None:
            child.dismiss()
        child.deadline += self.limits.wall(task.answers())
        self.children[mine] = child
        self.selector.register(mine, selectors.EVENT_READ)

    def _feed(self, child: _Child) -> None:
        """The next batch for a child that has done its own, or its leave."""
        task = None
        if child.more is not None and child.batches < _BATCHES and not self.waiting:
            task = next_task(self.file)
        if task is None or child.more is None:
            child.dismiss()
            return
        child.task = task
        child.batches += 1
        try:
            send(child.more, task.frame)
        except BrokenPipeError:  # it died between two batches: its end will be read
            child.dismiss()

    def _read(self, fd: int, child: _Child) -> None:
        data = os.read(fd, _CHUNK)
        if not data:
            self._end(fd, child)
            return
        *lines, child.rest = (child.rest + data).split(b"\n")
        for line in lines:
            self._line(child.task, line + b"\n")
        if child.task.done == len(child.task.items):
            self._feed(child)
        if child.task.done < len(child.task.items):
            child.deadline = monotonic() + self.limits.wall(child.task.answers())

    def _line(self, task: Task, line: bytes) -> None:
        """A child has finished something: a submission, or a piece of one."""
        item = task.items[task.done]
        task.done += 1
        if task.pieces is not None:
            task.pieces.add(_heard(line))
            self._go_on(task.pieces)
        elif line.startswith(b"m"):
            send(self.out, line)
        else:
            self._go_on(Pieces(item, self.assignment))

    def _go_on(self, pieces: Pieces) -> None:
        if pieces.next is None:
            send(self.out, b"m" + pieces.line())
        else:
            self.waiting.appendleft(Task([pieces.item], pieces=pieces))

    def _end(self, fd: int, child: _Child) -> None:
        """A child has ended, of itself or not: what it has left undone is done again."""
        del self.children[fd]
        child.dismiss()
        self.selector.unregister(fd)
        os.close(fd)
        _, status = os.waitpid(child.pid, 0)
        task = child.task
        left = task.items[task.done :]
        if not left:
            return
        cause = _cause(status, late=child.late)
        if task.pieces is not None:
            task.pieces.add(cause)
            self._go_on(task.pieces)
        elif task.alone or cause.code == "time" or len(left) == 1:
            if left[1:]:
                self.waiting.appendleft(Task(left[1:]))
            self._go_on(Pieces(left[0], self.assignment))
        else:
            self.waiting.extendleft(Task([item], alone=True) for item in reversed(left))


def _cause(status: int, *, late: bool) -> Failure:
    code = os.waitstatus_to_exitcode(status)
    if late or code == -signal.SIGXCPU:
        return Failure("time", "it was stopped at its limit of time")
    seen = f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
    return Failure("ended", f"its process ended with {seen}")


def _heard(line: bytes) -> Any:
    """The rows, or the failure, that a child has told of a piece."""
    said = json.loads(line[1:])
    return Failure(*said) if line.startswith(b"f") else said
