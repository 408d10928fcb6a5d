"""``make bench``: measures every pair, prints a table, writes build/bench.json."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import sympy

import symcnn
from tests.benchmarks import (
    check_answers,
    conv_matrix,
    grading,
    linear_map_build,
    linear_map_latex,
    linear_map_products,
    prover_floor,
    prover_rational,
    prover_signs,
    prover_sums,
    reading_latex,
    residual_jacobian,
    shell_verify,
    sign_law,
)
from tests.benchmarks.pairs import as_json, as_lines, measure

OUT = Path("build") / "bench.json"

MODULES = (
    conv_matrix, linear_map_build, linear_map_products, linear_map_latex, residual_jacobian,
    sign_law, reading_latex, prover_rational, prover_floor, prover_sums, prover_signs,
)  # fmt: skip

ratios = [measure(pair) for module in MODULES for pair in module.pairs()]
ratios += [
    measure(pair, clock=shell_verify.clock)
    for module in (shell_verify, check_answers)
    for pair in module.pairs()
]
ratios += [measure(pair, clock=grading.clock) for pair in grading.pairs()]
ratios += [measure(pair, clock=grading.wall) for pair in grading.pairs_by_the_wall()]
print("\n".join(as_lines(ratios)))
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(
    json.dumps(
        {
            "symcnn": symcnn.__version__,
            "sympy": sympy.__version__,
            "python": platform.python_version(),
            "pairs": as_json(ratios),
        },
        indent=2,
    )
    + "\n",
    encoding="utf-8",
)
print(f"wrote {OUT}")
