"""symcnn: every line of a CNN answer sheet machine-checked, every formula judged with evidence.

The names below are the public face. Each is imported from its home when it is first used, so
`import symcnn` loads nothing heavy. Only `verify` is here at once: it bears the name of its module,
which would take its place whenever that is imported later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcnn.verify import verify as verify

if TYPE_CHECKING:
    from symcnn.checking import check as check
    from symcnn.claims import Answer as Answer
    from symcnn.claims import Box as Box
    from symcnn.claims import Claim as Claim
    from symcnn.claims import Derivation as Derivation
    from symcnn.claims import Equation as Equation
    from symcnn.claims import Exhibit as Exhibit
    from symcnn.claims import Figure as Figure
    from symcnn.claims import Finding as Finding
    from symcnn.claims import HoldsUnder as HoldsUnder
    from symcnn.claims import Implies as Implies
    from symcnn.claims import Limit as Limit
    from symcnn.claims import Link as Link
    from symcnn.claims import Part as Part
    from symcnn.claims import Problem as Problem
    from symcnn.claims import Proved as Proved
    from symcnn.claims import Refuted as Refuted
    from symcnn.claims import Relation as Relation
    from symcnn.claims import Report as Report
    from symcnn.claims import Say as Say
    from symcnn.claims import Show as Show
    from symcnn.claims import Undecided as Undecided
    from symcnn.claims import Verdict as Verdict
    from symcnn.claims import Witness as Witness
    from symcnn.claims import claim as claim
    from symcnn.errors import AuthorError as AuthorError
    from symcnn.errors import ParseError as ParseError
    from symcnn.errors import SheetError as SheetError
    from symcnn.errors import SymcnnError as SymcnnError
    from symcnn.errors import ToolMissing as ToolMissing
    from symcnn.grader.run import grade as grade
    from symcnn.layers import Conv1d as Conv1d
    from symcnn.layers import Conv2d as Conv2d
    from symcnn.layers import Conv3d as Conv3d
    from symcnn.layers import ConvTranspose1d as ConvTranspose1d
    from symcnn.layers import ConvTranspose2d as ConvTranspose2d
    from symcnn.layers import ConvTranspose3d as ConvTranspose3d
    from symcnn.prover import confirm as confirm
    from symcnn.reading import read as read
    from symcnn.sheet import render as render
    from symcnn.verifying.chain import Chain as Chain
    from symcnn.verifying.checker import Checker as Checker
    from symcnn.verifying.result import Result as Result
    from symcnn.verifying.steps import verify_steps as verify_steps

__version__ = "0.1.0"

_CLAIMS = (
    "Answer Box Claim Derivation Equation Exhibit Figure Finding HoldsUnder Implies Limit Link "
    "Part Problem Proved Refuted Relation Report Say Show Undecided Verdict Witness claim"
)
_LAYERS = "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d"
_ERRORS = "AuthorError ParseError SheetError SymcnnError ToolMissing"
_HOMES = {
    "Chain": "symcnn.verifying.chain",
    "Checker": "symcnn.verifying.checker",
    "check": "symcnn.checking",
    "confirm": "symcnn.prover",
    "grade": "symcnn.grader.run",
    "read": "symcnn.reading",
    "render": "symcnn.sheet",
    "verify_steps": "symcnn.verifying.steps",
    "Result": "symcnn.verifying.result",
    **dict.fromkeys(_LAYERS.split(), "symcnn.layers"),
    **dict.fromkeys(_CLAIMS.split(), "symcnn.claims"),
    **dict.fromkeys(_ERRORS.split(), "symcnn.errors"),
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'symcnn' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(["verify", "__version__", *_HOMES])
