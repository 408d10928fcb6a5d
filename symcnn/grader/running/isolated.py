"""The other end of the marking server: starts it, hands it the work, and takes its lines.

It may be called in any thread, and beside threads of others: the server is started as a fresh
program, and only that program forks.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from tempfile import TemporaryFile

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment
from symcnn.grader.running.batches import Item, Make
from symcnn.grader.running.journal import body_of, digest_of
from symcnn.grader.running.limits import Limits

BATCH = 50
_START = (
    "import gc, sys; gc.disable(); work, out, *sys.path = sys.argv[1:]; "
    "from symcnn.grader.running.server import serve; serve(int(work), int(out))"
)


def marked_isolated(
    make: Make,
    assignment: Assignment,
    items: Sequence[Item],
    *,
    detail: bool,
    jobs: int = 1,
    limits: Limits | None = None,
) -> Generator[bytes, None, None]:
    """A line for each item, in the order in which they are finished.

    Raises AuthorError for an assignment that cannot be used, before anything is marked. A server
    that is killed is started again as long as that gets the work on.
    """
    left = {item.digest: item for item in items}
    while left:
        before = len(left)
        for line in _served(
            make, assignment, list(left.values()), detail, jobs, limits or Limits()
        ):
            left.pop(digest_of(line))
            yield line
        if len(left) == before:
            raise RuntimeError("the marking server ended without marking anything")


def _served(
    make: Make,
    assignment: Assignment,
    items: list[Item],
    detail: bool,
    jobs: int,
    limits: Limits,
) -> Iterator[bytes]:
    """The lines of one server, until its end or its death."""
    from symcnn.grader.running.server import write_work

    size = max(1, min(BATCH, -(-len(items) // jobs)))
    batches = (items[n : n + size] for n in range(0, len(items), size))
    with TemporaryFile() as work:
        large = len(items) > BATCH
        write_work(work, make, assignment, batches, detail, limits, jobs, large)
        os.lseek(work.fileno(), 0, os.SEEK_SET)
        mine, theirs = os.pipe()
        with os.fdopen(mine, "rb") as lines, _started(work.fileno(), theirs) as process:
            try:
                for line in lines:
                    if line.startswith(b"u"):
                        raise AuthorError(str(body_of(line[1:])))
                    if line.startswith(b"e"):
                        return
                    if line.endswith(b"\n"):
                        yield line[1:]
            finally:
                _stop(process)


def _started(work: int, out: int) -> subprocess.Popen[bytes]:
    """A server in a session of its own; ``out`` is its alone from now on."""
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _START, str(work), str(out), *sys.path],
            stdin=subprocess.PIPE,
            pass_fds=(work, out),
            start_new_session=True,
        )
    finally:
        os.close(out)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the server and its children, who are the processes of its session."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
