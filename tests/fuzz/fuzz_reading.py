"""Random text into every reader: nothing but ParseError may come out, and nothing may take long.

    python -m tests.fuzz.fuzz_reading [--count N] [--seed S] [--jobs J]

The inputs (``inputs.py``) come in blocks, each derived from the seed and its number: the same count
and seed give the same inputs, whatever the number of jobs. What is read is printed in plain form,
read back, and compared with what a checker reads at once; errors are told in both languages.
Progress goes to stderr. The exit code is 1 when something was found, with the text that shows it.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from typing import NamedTuple

from symcnn.errors import ParseError
from symcnn.formula import Index, Symbol, Unknown
from symcnn.formula.domains import Domain, Given
from symcnn.formula.plain import plain
from symcnn.formula.traverse import walk
from symcnn.reading import Reading, explain, read, read_given, read_lines
from symcnn.reading.words import SPECIAL
from tests.fuzz.inputs import STRATEGIES, Fuzzer, draw
from tests.verifying.at_once import AtOnce

SLOW = 2.0  # seconds of the processor
HANGS = 30  # seconds after which an input is given up
MEMORY = 300  # MiB, for a whole process
BLOCK = 2_000  # inputs, a quarter of them hypothesis'
GIVENS = (None, "cnn; x: indexed real; A: matrix n x n; phi: function", "x_i, HW, e: real")


class Block(NamedTuple):
    """What one block of inputs showed."""

    tries: int
    faults: tuple[str, ...]
    seen: Counter[str]
    slowest: float
    memory: int  # MiB


def fault(text: str, given: str | None, seen: Counter[str]) -> str:
    """What is wrong with how a text is handled, or nothing."""
    at_once = _at_once(given)
    declared = at_once.given
    start = time.process_time()
    try:
        reading = read(text, declared)
    except ParseError as error:
        seen[error.code] += 1
        wrong = badly_told(error) or at_once.disagreement(text, error)
    else:
        seen["read"] += 1
        wrong = read_back(reading, declared) or at_once.disagreement(text, reading)
    if wrong:
        return wrong
    for reader in (read_lines, read_given):
        try:
            reader(text)
        except ParseError as error:
            wrong = wrong or badly_told(error)
    try:
        read_lines(text, declared, unreadable=True)
    except ParseError as error:
        if error.code not in ("too-long", "too-many-lines", "python-escape"):
            return f"a line that is not kept: {error!r}"
    spent = time.process_time() - start
    return f"{spent:.1f} s" if spent > SLOW else wrong


@cache
def _at_once(given: str | None) -> AtOnce:
    return AtOnce(read_given(given))


def badly_told(error: ParseError) -> str:
    """What is wrong with an error, or nothing: three lines in both languages, the caret inside."""
    if not error.code or not error.hint or not 0 <= error.offset <= len(error.text):
        return f"an error without code, hint or place: {error!r}"
    for language in ("en", "fa"):
        lines = explain(error, language).split("\n")
        if error.text.strip() and (len(lines) != 3 or lines[1].index("^") > len(lines[0])):
            return f"an error that is not told in three lines: {lines!r}"
    return ""


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


@contextmanager
def given_up_after(seconds: int) -> Iterator[None]:
    """TimeoutError in whatever still runs then."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def block_of(number: int, count: int) -> Block:
    """Tries the inputs of one block."""
    fuzzer, seen, faults = Fuzzer(number), Counter[str](), list[str]()
    slowest, tries = 0.0, 0

    def tried(text: str) -> None:
        nonlocal slowest, tries
        tries += 1
        given = fuzzer.random.choice(GIVENS)
        start = time.process_time()
        try:
            with given_up_after(HANGS):
                wrong = fault(text, given, seen)
        except Exception as error:  # noqa: BLE001  # what is looked for
            wrong = f"{type(error).__name__}: {error}"
        slowest = max(slowest, time.process_time() - start)
        if wrong:
            faults.append(f"{text!r} given {given!r}\n    {wrong[:300]}")

    drawn = count // 4 // len(STRATEGIES)
    if drawn:
        draw(number, drawn, tried)
    while tries < count:
        tried(fuzzer.text())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Block(tries, tuple(faults), seen, slowest, memory)


def _block(job: tuple[int, int]) -> Block:
    return block_of(*job)


def run(count: int, seed: int, jobs: int = 1) -> int:
    """Tries that many inputs; the number of faults."""
    blocks = [
        (seed * 1_000_000 + number, min(BLOCK, count - number * BLOCK))
        for number in range(-(-count // BLOCK))
    ]
    seen, tries, faults, slowest, memory = Counter[str](), 0, 0, 0.0, 0
    started = time.perf_counter()
    pool = get_context("spawn").Pool(jobs) if jobs > 1 else None
    for done, block in enumerate(pool.imap(_block, blocks) if pool else map(_block, blocks), 1):
        seen += block.seen
        tries += block.tries
        faults += len(block.faults)
        slowest, memory = max(slowest, block.slowest), max(memory, block.memory)
        for each in block.faults:
            print(each, flush=True)
        if done % 10 == 0 or done == len(blocks):
            spent = time.perf_counter() - started
            print(
                f"{tries} of {count} inputs, {faults} faults, {spent:.0f} s",
                file=sys.stderr,
            )
    if pool is not None:
        pool.close()
        pool.join()
    most = ", ".join(f"{code} {times}" for code, times in seen.most_common(8))
    print(f"{tries} inputs, {faults} faults, slowest {slowest:.3f} s, at most {memory} MiB; {most}")
    if memory > MEMORY and jobs > 1:
        print(f"a process took more than {MEMORY} MiB")
        faults += 1
    return faults


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.fuzz_reading")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    chosen = parser.parse_args(arguments)
    return 1 if run(chosen.count, chosen.seed, chosen.jobs) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
