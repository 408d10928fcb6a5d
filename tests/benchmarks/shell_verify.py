"""One formula from the shell: `symcnn verify`, an empty Python, and a SymPy one-liner.

CPU time of the child process, start to exit. Against the empty Python the ratio is below 1 by
nature: it says how many times as long as nothing a verdict takes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import mkdtemp

from tests.benchmarks.pairs import Pair

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT, RIGHT = "(K+1)^2", "K^2+2*K+1"
SYMPY = (
    "import sympy; print(sympy.simplify(sympy.sympify('(K+1)**2') - sympy.sympify('K**2+2*K+1')))"
)


def clock() -> float:
    """The CPU seconds that child processes have taken."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@lru_cache(maxsize=1)
def _environment() -> dict[str, str]:
    """As after an installation: byte code is there from the second start on."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": mkdtemp(prefix="symcnn-bench-")}


def run(*words: str) -> str:
    """What a fresh Python prints."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=_environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def ours() -> str:
    """The verdict on the equation."""
    return run("-m", "symcnn", "verify", f"{LEFT} = {RIGHT}")


def nothing() -> str:
    """An empty Python."""
    return run("-I", "-c", "pass")


def one_liner() -> str:
    """What a SymPy user types."""
    return run("-c", SYMPY)


def pairs() -> Iterator[Pair]:
    """Both comparisons."""
    yield Pair(
        "symcnn verify, shell", ours, one_liner, "sympify + simplify",
        lambda a, b: a.startswith("proved") and b.strip() == "0",
    )  # fmt: skip
    yield Pair(
        "symcnn verify, shell", ours, nothing, "python -I -c pass",
        lambda a, b: a.startswith("proved") and not b,
    )  # fmt: skip
