"""The mathematics of CNN layers, one file a layer, in PyTorch's names.

A layer states its rule once as a Formula. It does not know that anything is being checked.
"Convolution" is cross-correlation, as everywhere in deep learning.
"""

from symcnn.layers.conv1d import Conv1d as Conv1d
from symcnn.layers.conv2d import Conv2d as Conv2d
from symcnn.layers.conv3d import Conv3d as Conv3d
from symcnn.layers.conv_transpose1d import ConvTranspose1d as ConvTranspose1d
from symcnn.layers.conv_transpose2d import ConvTranspose2d as ConvTranspose2d
from symcnn.layers.conv_transpose3d import ConvTranspose3d as ConvTranspose3d
from symcnn.layers.linear_map import LinearMap as LinearMap
from symcnn.layers.padding import Padding as Padding
from symcnn.layers.relation import IndexRelation as IndexRelation
