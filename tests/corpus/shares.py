"""The share of the corpus that is decided, by class, as a Markdown table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.corpus.load import CLASSES, Pair, listed, pairs

SHOWN = {
    "rational": "polynomials and quotients: costs, sizes, parameters",
    "blocks": "costs of whole blocks",
    "floor": "floor, ceil, mod: output sizes",
    "radical": "roots: normalisation, initialisation",
    "signs": "sign, absolute value, max, min",
    "relu": "ReLU, its kin, cases",
    "exponential": "exp, log, sigmoid, tanh, softmax",
    "sums": "sums and products with symbolic bounds",
    "gradients": "indexed gradients and convolutions",
    "matrices": "matrices of literal and symbolic size",
    "inequalities": "inequalities, divisibility, if and only if",
}


def share(found: Iterable[tuple[Pair, str]]) -> str:
    """One row for each class: right partners proved, wrong ones refuted, undecided ones."""
    counts = Counter((pair.entry.kind, bool(pair.mistake), kind) for pair, kind in found)
    lines = [
        "| formulas | pairs | right: proved | wrong: refuted | undecided |",
        "|---|---|---|---|---|",
        *(_row(SHOWN[each], (each,), counts) for each in CLASSES),
        _row("**all**", CLASSES, counts),
    ]
    return "\n".join(lines)


def _row(name: str, classes: tuple[str, ...], counts: Counter[tuple[str, bool, str]]) -> str:
    def number(mistaken: bool, kind: str = "") -> int:
        return sum(
            count
            for (each, wrong, found), count in counts.items()
            if each in classes and wrong is mistaken and kind in ("", found)
        )

    proved, refuted = number(False, "proved"), number(True, "refuted")
    undecided = number(False, "undecided") + number(True, "undecided")
    total = number(False) + number(True)
    return (
        f"| {name} | {total} | {proved} of {number(False)} | {refuted} of {number(True)}"
        f" | {undecided} |"
    )


def as_listed() -> str:
    """The table if every pair has the verdict that the corpus says, or is listed as undecided."""
    open_pairs = listed()
    return share(
        (pair, "undecided" if str(pair) in open_pairs else pair.expected) for pair in pairs()
    )
