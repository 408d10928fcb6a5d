"""``python -m tests.corpus``: the share that is decided, by class, as a Markdown table.

``--undecided`` writes the pairs without a verdict into undecided.txt. Exit code 1 where a verdict
is false.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.corpus.load import CLASSES, UNDECIDED, pairs, verdict

found = [(pair, verdict(pair)) for pair in pairs()]
counts = Counter((pair.entry.kind, bool(pair.mistake), kind) for pair, kind in found)


def row(name: str, classes: tuple[str, ...]) -> str:
    """One line of the table."""
    cells = []
    for mistaken, good in ((False, "proved"), (True, "refuted")):
        decided = sum(counts[each, mistaken, good] for each in classes)
        cells.append(f"{decided} / {sum(counts[each, mistaken, 'undecided'] for each in classes)}")
    total = sum(n for (each, _, _), n in counts.items() if each in classes)
    return f"| {name} | {total} | {' | '.join(cells)} |"


print("| class | pairs | right: proved / undecided | wrong: refuted / undecided |")
print("|---|---|---|---|")
for each in CLASSES:
    print(row(each, (each,)))
print(row("**all**", CLASSES))
false = [str(pair) for pair, kind in found if kind not in ("undecided", pair.expected)]
if "--undecided" in sys.argv[1:]:
    lines = [f"{pair}\n" for pair, kind in found if kind == "undecided"]
    UNDECIDED.write_text("".join(lines), encoding="utf-8")
for line in false:
    print(f"FALSE VERDICT: {line}", file=sys.stderr)
sys.exit(1 if false else 0)
