"""Every claim of a document decided from the shell, beside the import of SymPy.

CPU time of the child process, start to exit; no verdict is kept from one run to the next. The
ratio is below 1 by nature: a document may take at most so many times as long as the import.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from symcnn.resources import answer_files
from tests.benchmarks.pairs import Pair
from tests.benchmarks.shell_verify import run


def _checked(document: str) -> str:
    return run("-m", "symcnn", "check", document, "--json")


def _sympy() -> str:
    return run("-c", "import sympy")


def _as_expected(found: str, nothing: str) -> bool:
    findings = json.loads(found)
    kinds = [(each["verdict"]["kind"], each["expected"]) for each in findings]
    return bool(findings) and not nothing and all(kind == expected for kind, expected in kinds)


def pairs() -> Iterator[Pair]:
    """One pair a document."""
    for document in dict.fromkeys(name.split("/", maxsplit=1)[0] for name in answer_files()):

        def ours(document: str = document) -> str:
            return _checked(document)

        yield Pair(f"symcnn check {document}", ours, _sympy, "import sympy", _as_expected)
