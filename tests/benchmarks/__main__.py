"""``make bench``: measures every pair, prints a table, writes build/bench.json."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import sympy

import symcnn
from tests.benchmarks import conv_matrix
from tests.benchmarks.pairs import as_json, as_lines, measure

OUT = Path("build") / "bench.json"

ratios = [measure(pair) for pair in conv_matrix.pairs()]
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
