"""im2col: the windows of a convolution as columns, so that it becomes a product of matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Symbol, formula, mul
from symcnn.layers.conv import Gather
from symcnn.layers.relation import concrete
from symcnn.layers.tables import require_numbers

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.integer[Any]]


def im2col(layer: Gather) -> Array:
    """``x[c, stride*o + dilation*j - padding]``, 0 on padding: what every tap meets.

    Shape ``(in_channels, *kernel_size, *output_size)``: torch.nn.functional.unfold before it joins
    the axes of taps into rows and those of windows into columns. The output of the layer is the
    weight times this array, summed over channels of the group and taps.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.layers import Conv1d
    >>> plain(im2col(Conv1d(input_size=4, kernel_size=3)))
    'Array((3, 2), (j, o), x[o + j]*Bracket(0 <= o + j and o + j < 4))'
    """
    taps, windows = layer.names("j"), layer.names("o")
    axes = tuple(zip(layer.axes(), map(Symbol, windows), map(Symbol, taps), strict=True))
    channel = layer.channel_name("c")
    places = (axis.place(o, j) for axis, o, j in axes)
    value = layer.signal(*map(Symbol, channel), *places)
    shape = (
        *layer.input_shape()[: len(channel)],
        *layer.per_axis("kernel_size"),
        *(axis.outputs for axis in layer.axes()),
    )
    real = (axis.inside(o, j) for axis, o, j in axes)
    return Array(tuple(map(formula, shape)), (*channel, *taps, *windows), mul((value, *real)))


def im2col_index(layer: Gather) -> IntArray:
    """Where each entry of `im2col` stands in the flat input, -1 for padding, as a NumPy array.

    Rows are channels and taps, columns are windows, both in row-major order. Raises AuthorError
    where a number is symbolic.

    >>> from symcnn.layers import Conv1d
    >>> im2col_index(Conv1d(input_size=4, kernel_size=3, padding=1, stride=2)).tolist()
    [[-1, 1], [0, 2], [1, 3]]
    """
    import numpy as np

    require_numbers(layer)
    channels = layer.channels().others if layer.has_channels else formula(1)
    count = concrete(channels, "in_channels", layer.owner)
    flat = np.arange(count, dtype=np.int64).reshape(count, 1, 1)
    for axis in layer.axes():
        table = axis.table().T  # taps, windows
        rows, columns = flat.shape[1:]
        size = axis.number("inputs")
        joined = flat[:, :, None, :, None] * size + table[None, None, :, None, :]
        padded = (flat[:, :, None, :, None] < 0) | (table[None, None, :, None, :] < 0)
        flat = np.where(padded, -1, joined).reshape(
            count, rows * len(table), columns * table.shape[1]
        )
    return flat.reshape(-1, flat.shape[2])
