"""The same verdict, witness and certificate every time: again, in threads, for every hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from symcnn.claims import Verdict
from tests.prover.ask import equation, relation

EQUATIONS = (
    ("(K+1)^2", "K^2 + 2*K + 1", ""),
    ("1/x + 1/y", "(x+y)/(x*y)", ""),
    ("floor((H-1)/2) + 1", "ceil(H/2)", "H: integer"),
    ("sqrt(x^2)", "x", ""),
    ("relu(x) - relu(-x)", "x", ""),
    ("tanh(x)", "2*sigmoid(2*x) - 1", ""),
    ("Sum(x[i+1], (i, 0, n-1))", "Sum(x[i], (i, 1, n))", "n: nonnegative integer"),
    ("Sum(x[i+1], (i, 0, n))", "Sum(x[i], (i, 1, n))", "n: nonnegative integer"),
    ("a*b", "b*a*c", "a, b, c: positive integer"),
    ("transpose(A*B)", "transpose(B)*transpose(A)", "A, B: matrix n x n; n: positive integer"),
    ("sin(x)^2 + cos(x)^2", "1", ""),
)
RELATIONS = (("x^2 + 1 > 0", "x: real"), ("x^2 > 0", "x: real"))
RUNS, THREADS, SEEDS = 100, 16, 5


def canonical(verdict: Verdict) -> str:
    """The whole verdict as text: its parts have no other order than their own."""
    return repr(verdict)


def every_verdict() -> str:
    """One text for all claims."""
    found = [canonical(equation(*row)) for row in EQUATIONS]
    found += [canonical(relation(*row)) for row in RELATIONS]
    return "\n".join(found)


def test_a_hundred_runs_give_the_same() -> None:
    first = every_verdict()
    assert all(every_verdict() == first for _ in range(RUNS - 1))


def test_sixteen_threads_give_the_same() -> None:
    first = every_verdict()
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: every_verdict(), range(THREADS)))
    assert found == [first] * THREADS


def test_every_hash_seed_gives_the_same() -> None:
    root = Path(__file__).resolve().parents[2]
    program = (
        "from tests.prover.test_determinism import every_verdict as v; "
        "from hashlib import sha256; print(sha256(v().encode()).hexdigest())"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in range(SEEDS)
    ]
    assert found == [sha256(every_verdict().encode()).hexdigest()] * SEEDS
