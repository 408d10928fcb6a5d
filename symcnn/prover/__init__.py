"""Claims in, verdicts out: exact rungs prove, evaluated witnesses refute, all else is undecided.

The prover knows formulas and claims; it does not know that they are about convolutions.
"""

from symcnn.prover.checking import check_answer as check_answer
from symcnn.prover.checking import check_claim as check_claim
from symcnn.prover.confirm import confirm as confirm
from symcnn.prover.ready_key import ReadyKey as ReadyKey
from symcnn.prover.statements import Settled as Settled
from symcnn.prover.statements import decide as decide
from symcnn.prover.statements import settle as settle
