"""What a marking process may take, and how it is held to that. Nothing here knows marking."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from symcnn.formula.frozen import frozen

_OPEN_FILES = 64
_MOST_TOLD = 1 << 20  # bytes


@frozen
class Limits:
    """Bounds for one answer; ``memory`` counts bytes above what the process has at the start.

    The prover stops by itself long before, at budgets that are the same everywhere. ``seconds`` are
    of the processor; a submission has one more for each of its answers. The wall clock may show
    ``slack`` times as much: on a machine that does other work nobody is stopped for that.
    """

    seconds: int = 20
    memory: int = 1 << 30
    slack: float = 4.0

    def processor(self, answers: int) -> int:
        """Seconds of the processor for that many answers.

        >>> Limits().processor(1), Limits().processor(30)
        (20, 49)
        """
        return self.seconds + max(0, answers - 1)

    def wall(self, answers: int) -> float:
        """Seconds of the clock on the wall for as many."""
        return self.slack * self.processor(answers)


def can_fork() -> bool:
    """Whether this system has what the marking server needs."""
    return hasattr(os, "fork") and sys.platform != "emscripten" and bool(sys.executable)


def confine(limits: Limits) -> None:
    """Bounds this process: memory, no core files, no files but what is told on standard error."""
    import resource

    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, os.fstat(2).st_size + _MOST_TOLD)
    _bound(resource.RLIMIT_NOFILE, _OPEN_FILES)
    present = _present_size()
    if present:
        _bound(resource.RLIMIT_AS, present + limits.memory)


def allow(seconds: int) -> None:
    """From now on this process may take that many seconds of the processor."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _bound(which: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(which)
    lower = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(which, (lower, lower))
    except (OSError, ValueError):
        return  # some systems know a limit and refuse to set it; the clock is left


def _present_size() -> int:
    """The address space of this process in bytes, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
