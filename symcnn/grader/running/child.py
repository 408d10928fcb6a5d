"""What a child of the marking server does: marks what it is given, within limits, and tells it.

A line goes out for each submission, or for a piece of one, after a letter: ``m`` marks, ``p`` the
rows of a piece, ``f`` why there are none.
"""

from __future__ import annotations

import json
import marshal
import os
import sys
from typing import IO

from symcnn.grader.assignment import Assignment
from symcnn.grader.running.batches import Failure, Item, Marking, Pieces, attempt, marked_line
from symcnn.grader.running.limits import Limits, allow, confine
from symcnn.grader.running.rows import Rows

_HEAD = 8


class Task:
    """Some items for a child, of which ``done`` are finished; or the next piece of one item.

    ``frame`` is how a batch came, and how it goes on to a child.
    """

    __slots__ = ("alone", "done", "frame", "items", "pieces")

    def __init__(
        self, items: list[Item], *, alone: bool = False, pieces: Pieces | None = None,
        frame: bytes = b"",
    ) -> None:  # fmt: skip
        self.items = items
        self.frame = frame
        self.alone = alone
        self.pieces = pieces
        self.done = 0

    def answers(self) -> int:
        """How many answers the submission has on which the child is at work."""
        return 1 if self.pieces is not None else len(self.items[self.done].responses)


def next_task(file: IO[bytes]) -> Task | None:
    """The next batch that stands in a file or comes from a pipe; None at its end."""
    head = file.read(_HEAD)
    size = int.from_bytes(head, "big")
    data = file.read(size)
    if not data or len(data) < size:
        return None
    return Task([Item(*each) for each in marshal.loads(data)], frame=head + data)


def frame_of(batch: list[Item]) -> bytes:
    """A batch as `next_task` takes it: its length and its data, which is read in one piece."""
    data = marshal.dumps([tuple(item) for item in batch])
    return len(data).to_bytes(_HEAD, "big") + data


def work(
    fd: int,
    source: int,
    task: Task,
    marking: Marking,
    assignment: Assignment,
    detail: bool,
    limits: Limits,
) -> None:
    """What a child does, from its first line to its end: its task, and the batches that come."""
    code = 1
    rows_of = Rows(assignment.questions)
    try:
        sys.dont_write_bytecode = True
        confine(limits)
        more = os.fdopen(source, "rb")
        left: Task | None = task
        while left is not None and _mark(fd, left, marking, rows_of, detail, limits):
            left = next_task(more)
        code = 0
    finally:
        if code:
            from traceback import print_exc

            print_exc()
        os._exit(code)


def _mark(
    fd: int, task: Task, marking: Marking, rows_of: Rows, detail: bool, limits: Limits
) -> bool:
    """Whether the child can go on after this."""
    for item in task.items:
        part = item.submission() if task.pieces is None else task.pieces.submission()
        allow(limits.processor(len(part.responses) if task.pieces is None else 1))
        rows = attempt(marking, part, rows_of, detail=detail)
        if isinstance(rows, Failure):
            send(fd, b"f" + json.dumps(rows).encode("ascii") + b"\n")
            if rows.code == "memory":  # what is left of it may be too little for the next
                return False
        elif task.pieces is None:
            send(fd, b"m" + marked_line(item, rows))
        else:
            send(fd, b"p" + json.dumps(rows).encode("ascii") + b"\n")
    return True


def send(fd: int, data: bytes) -> None:
    """All of it."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
