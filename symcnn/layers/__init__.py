"""The mathematics of CNN layers, one file a layer, in PyTorch's names.

A layer states its rule once as a Formula. It does not know that anything is being checked.
"Convolution" is cross-correlation, as everywhere in deep learning. Other layers than convolutions
are imported from their files when they are first used.
"""

from typing import TYPE_CHECKING

from symcnn.layers.conv1d import Conv1d as Conv1d
from symcnn.layers.conv2d import Conv2d as Conv2d
from symcnn.layers.conv3d import Conv3d as Conv3d
from symcnn.layers.conv_transpose1d import ConvTranspose1d as ConvTranspose1d
from symcnn.layers.conv_transpose2d import ConvTranspose2d as ConvTranspose2d
from symcnn.layers.conv_transpose3d import ConvTranspose3d as ConvTranspose3d
from symcnn.layers.linear_map import LinearMap as LinearMap
from symcnn.layers.padding import Padding as Padding
from symcnn.layers.relation import IndexRelation as IndexRelation

if TYPE_CHECKING:
    from symcnn.layers.activations import ELU as ELU
    from symcnn.layers.activations import LeakyReLU as LeakyReLU
    from symcnn.layers.activations import PReLU as PReLU
    from symcnn.layers.activations import ReLU as ReLU
    from symcnn.layers.activations import Sigmoid as Sigmoid
    from symcnn.layers.activations import SiLU as SiLU
    from symcnn.layers.activations import Tanh as Tanh
    from symcnn.layers.adaptive_max_pooling import AdaptiveMaxPool1d as AdaptiveMaxPool1d
    from symcnn.layers.adaptive_max_pooling import AdaptiveMaxPool2d as AdaptiveMaxPool2d
    from symcnn.layers.adaptive_pooling import AdaptiveAvgPool1d as AdaptiveAvgPool1d
    from symcnn.layers.adaptive_pooling import AdaptiveAvgPool2d as AdaptiveAvgPool2d
    from symcnn.layers.batch_norm import BatchNorm1d as BatchNorm1d
    from symcnn.layers.batch_norm import BatchNorm2d as BatchNorm2d
    from symcnn.layers.condense import LearnedGroupConv as LearnedGroupConv
    from symcnn.layers.deformable import DeformConv2d as DeformConv2d
    from symcnn.layers.dense_block import DenseBlock as DenseBlock
    from symcnn.layers.dropout import Dropout as Dropout
    from symcnn.layers.group_norm import GroupNorm as GroupNorm
    from symcnn.layers.hard_activations import Hardsigmoid as Hardsigmoid
    from symcnn.layers.hard_activations import Hardswish as Hardswish
    from symcnn.layers.inception import Inception as Inception
    from symcnn.layers.instance_norm import InstanceNorm1d as InstanceNorm1d
    from symcnn.layers.instance_norm import InstanceNorm2d as InstanceNorm2d
    from symcnn.layers.interpolation import Interpolate as Interpolate
    from symcnn.layers.inverted_residual import InvertedResidual as InvertedResidual
    from symcnn.layers.layer_norm import LayerNorm as LayerNorm
    from symcnn.layers.linear import Linear as Linear
    from symcnn.layers.masked import CausalConv1d as CausalConv1d
    from symcnn.layers.masked import MaskedConv2d as MaskedConv2d
    from symcnn.layers.pooling import AvgPool1d as AvgPool1d
    from symcnn.layers.pooling import AvgPool2d as AvgPool2d
    from symcnn.layers.pooling import MaxPool1d as MaxPool1d
    from symcnn.layers.pooling import MaxPool2d as MaxPool2d
    from symcnn.layers.residual import ResidualBlock as ResidualBlock
    from symcnn.layers.roi_align import RoIAlign as RoIAlign
    from symcnn.layers.search_space import SearchSpace as SearchSpace
    from symcnn.layers.separable import SeparableConv2d as SeparableConv2d
    from symcnn.layers.softmax import Softmax as Softmax
    from symcnn.layers.squeeze_excitation import SqueezeExcitation as SqueezeExcitation
    from symcnn.layers.unet import UNet as UNet
    from symcnn.layers.unfolding import Unfolding as Unfolding

_HOMES = {
    "activations": "ELU LeakyReLU PReLU ReLU Sigmoid SiLU Tanh",
    "adaptive_max_pooling": "AdaptiveMaxPool1d AdaptiveMaxPool2d",
    "adaptive_pooling": "AdaptiveAvgPool1d AdaptiveAvgPool2d",
    "batch_norm": "BatchNorm1d BatchNorm2d",
    "condense": "LearnedGroupConv",
    "deformable": "DeformConv2d",
    "dense_block": "DenseBlock",
    "dropout": "Dropout",
    "group_norm": "GroupNorm",
    "hard_activations": "Hardsigmoid Hardswish",
    "inception": "Inception",
    "instance_norm": "InstanceNorm1d InstanceNorm2d",
    "interpolation": "Interpolate",
    "inverted_residual": "InvertedResidual",
    "layer_norm": "LayerNorm",
    "linear": "Linear",
    "masked": "CausalConv1d MaskedConv2d",
    "pooling": "AvgPool1d AvgPool2d MaxPool1d MaxPool2d",
    "residual": "ResidualBlock",
    "roi_align": "RoIAlign",
    "search_space": "SearchSpace",
    "separable": "SeparableConv2d",
    "softmax": "Softmax",
    "squeeze_excitation": "SqueezeExcitation",
    "unet": "UNet",
    "unfolding": "Unfolding",
}


def __getattr__(name: str) -> object:
    """The layer with that name, from its file."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names.split():
            return getattr(import_module(f"symcnn.layers.{home}"), name)
    raise AttributeError(f"symcnn.layers has no {name}")
