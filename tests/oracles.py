"""The oracles: what is right, computed the slow way and without any code of symcnn.

``evaluate_text`` is a second evaluator of formulas in plain text; the layers are plain loops.
"""

from tests.oracle_arrays import UNDEFINED as UNDEFINED
from tests.oracle_arrays import agree as agree
from tests.oracle_arrays import undefined_somewhere as undefined_somewhere
from tests.oracle_layers import batch_norm as batch_norm
from tests.oracle_layers import conv1d as conv1d
from tests.oracle_layers import conv1d_matrix as conv1d_matrix
from tests.oracle_layers import conv1d_weight_jacobian as conv1d_weight_jacobian
from tests.oracle_layers import conv2d as conv2d
from tests.oracle_layers import conv_size as conv_size
from tests.oracle_layers import conv_transpose1d as conv_transpose1d
from tests.oracle_layers import conv_transpose2d as conv_transpose2d
from tests.oracle_layers import exact as exact
from tests.oracle_layers import jacobian as jacobian
from tests.oracle_layers import linear as linear
from tests.oracle_layers import pool1d as pool1d
from tests.oracle_numbers import Approx as Approx
from tests.oracle_numbers import CannotEvaluate as CannotEvaluate
from tests.oracle_parser import Unreadable as Unreadable
from tests.oracle_text import evaluate_text as evaluate_text
