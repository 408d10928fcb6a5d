"""``python -m tests.corpus``: the share that is decided, by class, as a Markdown table.

``--undecided`` writes the pairs without a verdict into undecided.txt. Exit code 1 where a verdict
is false.
"""

from __future__ import annotations

import sys

from tests.corpus.load import UNDECIDED, pairs, verdict
from tests.corpus.shares import share

found = [(pair, verdict(pair)) for pair in pairs()]
print(share(found))
false = [str(pair) for pair, kind in found if kind not in ("undecided", pair.expected)]
if "--undecided" in sys.argv[1:]:
    lines = [f"{pair}\n" for pair, kind in found if kind == "undecided"]
    UNDECIDED.write_text("".join(lines), encoding="utf-8")
for line in false:
    print(f"FALSE VERDICT: {line}", file=sys.stderr)
sys.exit(1 if false else 0)
