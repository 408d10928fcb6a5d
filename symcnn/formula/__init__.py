"""The one exact language in which everything is decided, printed and graded.

``base``, ``nodes``, ``conditions``, ``binders``, ``arrays`` hold what can be written; ``meaning``
says what it means; the rest works on formulas. Nothing here rewrites itself.
"""

from symcnn.formula.arrays import Array as Array
from symcnn.formula.arrays import Table as Table
from symcnn.formula.arrays import table as table
from symcnn.formula.binders import Product as Product
from symcnn.formula.binders import Sum as Sum
from symcnn.formula.conditions import And as And
from symcnn.formula.conditions import Bracket as Bracket
from symcnn.formula.conditions import Cases as Cases
from symcnn.formula.conditions import Compare as Compare
from symcnn.formula.conditions import Condition as Condition
from symcnn.formula.conditions import Not as Not
from symcnn.formula.conditions import Or as Or
from symcnn.formula.nodes import Add as Add
from symcnn.formula.nodes import Call as Call
from symcnn.formula.nodes import Formula as Formula
from symcnn.formula.nodes import Index as Index
from symcnn.formula.nodes import Mul as Mul
from symcnn.formula.nodes import Pow as Pow
from symcnn.formula.nodes import Rational as Rational
from symcnn.formula.nodes import Symbol as Symbol
from symcnn.formula.nodes import Unknown as Unknown
from symcnn.formula.nodes import add as add
from symcnn.formula.nodes import formula as formula
from symcnn.formula.nodes import mul as mul
from symcnn.formula.nodes import negative as negative
from symcnn.formula.nodes import number as number
