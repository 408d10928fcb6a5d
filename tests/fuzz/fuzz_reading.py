"""Random text into every reader: nothing but ParseError may come out, and nothing may take long.

    python -m tests.fuzz.fuzz_reading [COUNT] [SEED]

Inputs are mutations of the table of readings, splices of its lines, random tokens and random bytes,
all derived from the seed: the same count and seed give the same inputs. What is read is printed in
plain form and read back. The exit code is 1 when something was found, with the text that shows it.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from contextlib import suppress

from symcnn.errors import ParseError
from symcnn.formula import Index, Symbol, Unknown
from symcnn.formula.domains import Domain, Given
from symcnn.formula.plain import plain
from symcnn.formula.traverse import walk
from symcnn.reading import Reading, read, read_given, read_lines
from symcnn.reading.words import SPECIAL
from tests.reading.specification import rows

SLOW = 2.0  # seconds
TOKENS = (
    *r"\frac \sum \prod \left( \right) \left| \right| \lfloor \rfloor \hat \mathbf \sqrt".split(),
    *r"\begin{cases} \end{cases} \\ & \begin{bmatrix} \end{bmatrix} \text{if} \max \log".split(),
    *r"\partial ^T \top \odot \otimes \bmod \in \le \substack = < > <= != ~ + - * /".split(),
    *r"^ _ { } ( ) [ ] | , ; ! ' % $ $$ i j k x y W C_{in} C_in HW alpha \alpha \sigma".split(),
    *r"Matrix([[ Bracket( Array(( diff( 0 1 12 0.5 120,422 1e9 ۰/۹ ² √ and or not".split(),
    *r"e pi Sum( Cases( divides let floor( max( f'( x[i] dL/dZ_i [3]".split(),
    " ", "\n",
)  # fmt: skip
GIVENS = (None, "cnn; x: indexed real; A: matrix n x n; phi: function", "x_i, HW, e: real")


class Fuzzer:
    """Makes the inputs of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.texts = [row.text for row in rows() if len(row.text) < 300]

    def text(self) -> str:
        """One input."""
        pick = self.random.random()
        if pick < 0.55:
            return self.mutated(self.random.choice(self.texts))
        if pick < 0.7:
            return self.spliced()
        if pick < 0.9:
            count = self.random.randrange(1, 25)
            return self.random.choice(("", " ")).join(self.random.choices(TOKENS, k=count))
        if pick < 0.95:
            return self.random.randbytes(self.random.randrange(60)).decode("latin-1")
        return "".join(chr(self.random.randrange(0x3000)) for _ in range(self.random.randrange(30)))

    def mutated(self, text: str) -> str:
        """A few letters taken out, put in, doubled or exchanged."""
        for _ in range(self.random.randrange(1, 5)):
            at = self.random.randrange(len(text) + 1)
            kind = self.random.randrange(5)
            if kind == 0:
                text = text[:at] + text[at + 1 :]
            elif kind == 1:
                text = text[:at] + self.random.choice(TOKENS) + text[at:]
            elif kind == 2:
                other = self.random.randrange(len(text) + 1)
                text = text[:at] + text[min(at, other) : max(at, other)] + text[at:]
            elif kind == 3:
                text = text[:at] + chr(self.random.randrange(32, 127)) + text[at + 1 :]
            else:
                text = text[at:] + text[:at]
        return text[:2000]

    def spliced(self) -> str:
        """The beginning of one line and the end of another."""
        first, second = self.random.choice(self.texts), self.random.choice(self.texts)
        cut = self.random.randrange(len(first) + 1)
        return first[:cut] + second[self.random.randrange(len(second) + 1) :]


def fault(text: str, given: str | None, seen: Counter[str]) -> str:
    """What is wrong with how a text is handled, or nothing."""
    declared = read_given(given)
    start = time.perf_counter()
    try:
        reading = read(text, declared)
    except ParseError as error:
        seen[error.code] += 1
        if not error.code or not 0 <= error.offset <= len(error.text):
            return f"an error without code or place: {error!r}"
    else:
        seen["read"] += 1
        wrong = read_back(reading, declared)
        if wrong:
            return wrong
    for reader in (read_lines, read_given):
        with suppress(ParseError):
            reader(text)
    spent = time.perf_counter() - start
    return f"{spent:.1f} s" if spent > SLOW else ""


def read_back(reading: Reading, declared: Given) -> str:
    """Whether the printed form is read back, with its new symbols declared."""
    nodes = tuple(walk(reading.formula))
    symbols = {node.name for node in nodes if isinstance(node, Symbol)}
    applied = {node.name for node in nodes if isinstance(node, (Unknown, Index))}
    if applied & symbols or any(name.endswith("'") or name in SPECIAL for name in symbols):
        return ""  # one name for two things, which declarations cannot tell apart
    functions = {node.name for node in nodes if isinstance(node, Unknown)}
    kinds = {name: "function" if name in functions else "real" for name in reading.new_names}
    new = tuple((name, Domain(kinds[name])) for name in kinds)
    try:
        printed = plain(reading.formula)
        again = read(printed, Given((*declared.domains, *new)))
    except (ParseError, ValueError) as error:
        return f"{reading.formula!r} is not read back: {error}"
    return "" if again.formula == reading.formula else f"{printed!r} is read as another formula"


def run(count: int, seed: int) -> int:
    """Tries that many inputs; the number of faults."""
    fuzzer, seen, faults = Fuzzer(seed), Counter[str](), 0
    slowest = 0.0
    for number in range(count):
        text, given = fuzzer.text(), fuzzer.random.choice(GIVENS)
        start = time.perf_counter()
        try:
            wrong = fault(text, given, seen)
        except Exception as error:  # noqa: BLE001  # what is looked for
            wrong = f"{type(error).__name__}: {error}"
        slowest = max(slowest, time.perf_counter() - start)
        if wrong:
            faults += 1
            print(f"{number}: {text!r} given {given!r}\n    {wrong[:300]}")
    most = ", ".join(f"{code} {times}" for code, times in seen.most_common(8))
    print(f"{count} inputs, {faults} faults, slowest {slowest:.3f} s; {most}")
    return faults


def main(arguments: list[str]) -> int:
    """The command line."""
    count = int(arguments[0]) if arguments else 100_000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    return 1 if run(count, seed) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
