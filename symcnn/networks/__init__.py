"""Layers composed to networks: shapes, parameters, costs and receptive fields, as formulas.

Modules take PyTorch's arguments; sizes are ints or formulas. Nothing is run, no weights exist.
"""

from symcnn.networks.compose import Branches as Branches
from symcnn.networks.compose import Residual as Residual
from symcnn.networks.compose import Sequential as Sequential
from symcnn.networks.costs import CONVENTIONS as CONVENTIONS
from symcnn.networks.costs import CostConvention as CostConvention
from symcnn.networks.costs import Operations as Operations
from symcnn.networks.elementwise import BatchNorm2d as BatchNorm2d
from symcnn.networks.elementwise import Dropout as Dropout
from symcnn.networks.elementwise import Identity as Identity
from symcnn.networks.elementwise import ReLU as ReLU
from symcnn.networks.elementwise import Sigmoid as Sigmoid
from symcnn.networks.module import Module as Module
from symcnn.networks.reach import ReceptiveField as ReceptiveField
from symcnn.networks.tables import Row as Row
from symcnn.networks.tables import table as table
from symcnn.networks.weights import Conv2d as Conv2d
from symcnn.networks.weights import ConvTranspose2d as ConvTranspose2d
from symcnn.networks.weights import Linear as Linear
from symcnn.networks.weights import SqueezeExcitation as SqueezeExcitation
from symcnn.networks.windows import AdaptiveAvgPool2d as AdaptiveAvgPool2d
from symcnn.networks.windows import AvgPool2d as AvgPool2d
from symcnn.networks.windows import Flatten as Flatten
from symcnn.networks.windows import MaxPool2d as MaxPool2d
from symcnn.networks.windows import Upsample as Upsample
