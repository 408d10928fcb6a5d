"""Claims in, verdicts out: exact rungs prove, evaluated witnesses refute, all else is undecided.

The prover knows formulas and claims; it does not know that they are about convolutions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from symcnn.prover.statements import Settled as Settled
from symcnn.prover.statements import decide as decide
from symcnn.prover.statements import settle as settle

if TYPE_CHECKING:
    from symcnn.prover.checking import check_answer as check_answer
    from symcnn.prover.checking import check_claim as check_claim
    from symcnn.prover.confirming import confirm as confirm
    from symcnn.prover.rational_key import RationalKey as RationalKey
    from symcnn.prover.ready_key import ReadyKey as ReadyKey

_LATER = {
    "RationalKey": "rational_key",
    "ReadyKey": "ready_key",
    "check_answer": "checking",
    "check_claim": "checking",
    "confirm": "confirming",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"symcnn.prover has no {name}")
    return getattr(import_module(f"symcnn.prover.{_LATER[name]}"), name)
