"""What is asserted and what was found: frozen values only.

Claims do not know how they are decided, and know nothing of sheets, students or marks.
"""

from symcnn.claims.answer import Answer as Answer
from symcnn.claims.answer import Box as Box
from symcnn.claims.answer import Figure as Figure
from symcnn.claims.answer import Part as Part
from symcnn.claims.answer import Problem as Problem
from symcnn.claims.answer import Say as Say
from symcnn.claims.answer import Show as Show
from symcnn.claims.certificate import Certificate as Certificate
from symcnn.claims.certificate import Obligation as Obligation
from symcnn.claims.claim import Claim as Claim
from symcnn.claims.claim import claim as claim
from symcnn.claims.picture import Cell as Cell
from symcnn.claims.picture import Edge as Edge
from symcnn.claims.picture import Graph as Graph
from symcnn.claims.picture import Grid as Grid
from symcnn.claims.picture import Node as Node
from symcnn.claims.report import Finding as Finding
from symcnn.claims.report import Report as Report
from symcnn.claims.statements import Derivation as Derivation
from symcnn.claims.statements import Equation as Equation
from symcnn.claims.statements import Exhibit as Exhibit
from symcnn.claims.statements import Implies as Implies
from symcnn.claims.statements import Limit as Limit
from symcnn.claims.statements import Link as Link
from symcnn.claims.statements import Relation as Relation
from symcnn.claims.statements import Statement as Statement
from symcnn.claims.verdict import HoldsUnder as HoldsUnder
from symcnn.claims.verdict import Proved as Proved
from symcnn.claims.verdict import Refuted as Refuted
from symcnn.claims.verdict import Undecided as Undecided
from symcnn.claims.verdict import Verdict as Verdict
from symcnn.claims.verdict import Witness as Witness
