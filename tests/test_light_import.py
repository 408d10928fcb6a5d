"""What start-up loads: nothing heavy, neither for the package nor for `symcnn verify`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"sympy", "numpy", "jinja2", "z3", "rich", "yaml"}


def loaded(*arguments: str) -> set[str]:
    """The packages that a fresh Python imports for these arguments."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


def test_the_package_loads_nothing_heavy() -> None:
    names = loaded("-c", "import symcnn")
    assert "symcnn" in names
    assert not names & {*HEAVY, "flint", "dataclasses", "argparse"}


@pytest.mark.parametrize("module", ["symcnn.formula", "symcnn.reading", "symcnn.claims"])
def test_the_storeys_below_load_nothing_heavy(module: str) -> None:
    assert not loaded("-c", f"import {module}, {module.replace('claims', 'layers')}") & HEAVY


@pytest.mark.parametrize(
    "words",
    [
        ["(K + 1)^2 = K^2 + 2*K + 1"],
        ["floor((N + 2*P - F)/S) + 1", "--against", "floor((N + 2*P - F + S)/S)", "--json"],
    ],
    ids=["polynomial", "floor"],
)
def test_verify_loads_nothing_heavy(words: list[str]) -> None:
    code = f"import symcnn.cli; assert symcnn.cli.main({['verify', *words]!r}) in (0, 3)"
    names = loaded("-c", code)
    assert "symcnn" in names
    assert not names & HEAVY


def test_a_plain_verdict_in_the_shell_loads_little() -> None:
    names = loaded("-m", "symcnn", "verify", "(K+1)^2 = K^2+2*K+1")
    assert "symcnn" in names
    assert not names & {*HEAVY, "flint", "dataclasses", "inspect", "argparse", "json", "pathlib"}


def test_the_measure_sees_a_heavy_package() -> None:
    assert "yaml" in loaded("-c", "import yaml")
