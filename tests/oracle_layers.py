"""Layers by plain loops: what PyTorch's layers of the same names compute, slow and obvious.

Every array is a NumPy array, of floats or (dtype object) of exact Fractions; nothing is shared with
symcnn. "Convolution" means cross-correlation. Indices: o output channel, c input channel, i output
position, j kernel tap; s stride, p padding, d dilation, g groups.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Pair = tuple[int, int]


def exact(values: Any) -> Array:
    """The same numbers as Fractions."""
    flat = np.array(values, dtype=object)
    return np.vectorize(Fraction, otypes=[object])(flat) if flat.size else flat


def _zeros(shape: tuple[int, ...], like: Array) -> Array:
    if like.dtype == object:
        return exact(np.zeros(shape, dtype=int).tolist()).reshape(shape)
    return np.zeros(shape)


def conv_size(n: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """How many positions the kernel takes, counted one by one (0: it does not fit)."""
    count, first = 0, -padding
    while first + dilation * (kernel - 1) <= n - 1 + padding:
        count, first = count + 1, first + stride
    return count


def conv1d(
    x: Any, w: Any, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Array:
    """``y[o, i] = sum_c sum_j w[o, c, j] * x[c + C*group(o), s*i + d*j - p]``, 0 outside of x.

    x is [C_in][n], w is [C_out][C_in/groups][kernel]; C = C_in/groups.

    >>> conv1d([[1, 2, 3]], [[[1, 10]]], padding=1).tolist()
    [[10.0, 21.0, 32.0, 3.0]]
    """
    y = conv2d(
        _stretched(x), _stretched(w), (1, stride), (0, padding), (1, dilation), groups=groups
    )
    return y[:, 0, :]


def _stretched(values: Any) -> Array:
    return _array(values)[..., None, :]


def _array(values: Any) -> Array:
    array = np.asarray(values)
    return array if array.dtype == object else array.astype(float)


def conv2d(
    x: Any,
    w: Any,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> Array:
    """The two-dimensional `conv1d`: x is [C_in][h][v], w is [C_out][C_in/groups][k_h][k_v]."""
    image, kernel = _array(x), _array(w)
    channels, height, width = image.shape
    outputs, inputs, k_h, k_w = kernel.shape
    if channels != inputs * groups or outputs % groups:
        raise ValueError("the channels do not fit the groups")
    size = tuple(
        conv_size(n, k, s, p, d)
        for n, k, s, p, d in zip(
            image.shape[1:], (k_h, k_w), stride, padding, dilation, strict=True
        )
    )
    y = _zeros((outputs, *size), image)
    for o, i, v in product(range(outputs), *map(range, size)):
        for c, j, u in product(range(inputs), range(k_h), range(k_w)):
            row = stride[0] * i + dilation[0] * j - padding[0]
            column = stride[1] * v + dilation[1] * u - padding[1]
            if 0 <= row < height and 0 <= column < width:
                source = o // (outputs // groups) * inputs + c
                y[o, i, v] += kernel[o, c, j, u] * image[source, row, column]
    return y


def conv_transpose1d(
    x: Any,
    w: Any,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    output_padding: int = 0,
    groups: int = 1,
) -> Array:
    """Every input is scattered: ``x[c, i]*w[c, o, j]`` lands on ``y[o, s*i + d*j - p]``.

    x is [C_in][n], w is [C_in][C_out/groups][kernel]; y has
    ``s*(n-1) + d*(kernel-1) + 1 - 2*p + output_padding`` positions.

    >>> conv_transpose1d([[1, 2]], [[[1, 10]]], stride=2).tolist()
    [[1.0, 10.0, 2.0, 20.0]]
    """
    y = conv_transpose2d(
        _stretched(x),
        _stretched(w),
        (1, stride),
        (0, padding),
        (1, dilation),
        output_padding=(0, output_padding),
        groups=groups,
    )
    return y[:, 0, :]


def conv_transpose2d(
    x: Any,
    w: Any,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
    dilation: Pair = (1, 1),
    output_padding: Pair = (0, 0),
    groups: int = 1,
) -> Array:
    """The two-dimensional `conv_transpose1d`: w is [C_in][C_out/groups][k_h][k_w]."""
    image, kernel = _array(x), _array(w)
    channels, height, width = image.shape
    inputs, outputs, k_h, k_w = kernel.shape
    if channels != inputs or inputs % groups:
        raise ValueError("the channels do not fit the groups")
    rows, columns = (
        s * (n - 1) + d * (k - 1) + 1 - 2 * p + extra
        for n, k, s, p, d, extra in zip(
            (height, width), (k_h, k_w), stride, padding, dilation, output_padding, strict=True
        )
    )
    y = _zeros((outputs * groups, rows, columns), image)
    for c, i, v in product(range(inputs), range(height), range(width)):
        for o, j, u in product(range(outputs), range(k_h), range(k_w)):
            row = stride[0] * i + dilation[0] * j - padding[0]
            column = stride[1] * v + dilation[1] * u - padding[1]
            if 0 <= row < rows and 0 <= column < columns:
                target = c // (inputs // groups) * outputs + o
                y[target, row, column] += image[c, i, v] * kernel[c, o, j, u]
    return y


def jacobian(layer: Callable[[Array], Array], x: Any) -> Array:
    """d out / d in of a *linear* layer at any x, by feeding it unit vectors.

    Rows are outputs and columns inputs, both in row-major order.
    """
    point = _array(x)
    columns = []
    for k in range(point.size):
        unit = _zeros((point.size,), point)
        unit[k] += 1
        columns.append(layer(unit.reshape(point.shape)).reshape(-1))
    return np.stack(columns, axis=1)


def conv1d_matrix(
    w: Any, n: int, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Array:
    """The matrix of ``x -> conv1d(x, w)`` on [C_in][n], found by probing with unit vectors.

    >>> conv1d_matrix([[[1, 2]]], 3).tolist()
    [[1.0, 2.0, 0.0], [0.0, 1.0, 2.0]]
    """
    kernel = _array(w)
    x = _zeros((kernel.shape[1] * groups, n), kernel)
    return jacobian(lambda v: conv1d(v, kernel, stride, padding, dilation, groups), x)


def conv1d_weight_jacobian(
    x: Any, shape: tuple[int, int, int], stride: int = 1, padding: int = 0, dilation: int = 1
) -> Array:
    """d out / d w of `conv1d` for weights of a shape: the layer is linear in w too."""
    values = _array(x)
    w = _zeros(shape, values)
    return jacobian(lambda v: conv1d(values, v, stride, padding, dilation), w)


def linear(x: Any, w: Any, bias: Any = None) -> Array:
    """``y[o] = sum_i w[o, i]*x[i] + bias[o]``."""
    values, weights = _array(x), _array(w)
    y = _zeros((weights.shape[0],), values)
    for o, i in product(*map(range, weights.shape)):
        y[o] += weights[o, i] * values[i]
    return y if bias is None else y + _array(bias)


def root(value: Any) -> Any:
    """The square root: of a Fraction exactly, and only where it is rational."""
    if not isinstance(value, Fraction):
        return value**0.5
    top, bottom = (round(part**0.5) for part in (value.numerator, value.denominator))
    if Fraction(top**2, bottom**2) != value:
        raise ValueError(f"{value} has no rational square root")
    return Fraction(top, bottom)


def batch_norm(x: Any, gamma: Any = 1, beta: Any = 0, eps: Any = 0) -> Array:
    """Training mode over one channel: ``gamma*(x[i] - mean)/sqrt(var + eps) + beta``.

    mean is ``sum_i x[i]/m`` and var ``sum_i (x[i] - mean)^2/m`` (divided by m, not m - 1).

    >>> batch_norm(exact([1, 3])).tolist()
    [Fraction(-1, 1), Fraction(1, 1)]
    """
    values = _array(x)
    m = values.size
    mean = sum(values.flat) / m
    variance = sum((value - mean) ** 2 for value in values.flat) / m
    deviation = root(variance + eps)
    y = _zeros(values.shape, values)
    for at in np.ndindex(values.shape):
        y[at] = gamma * (values[at] - mean) / deviation + beta
    return y


def pool1d(x: Any, kernel: int, stride: int, padding: int = 0, kind: str = "max") -> Array:
    """Max (padding never wins) or average (padding counts as zeros) of each window of [C][n]."""
    values = _array(x)
    channels, n = values.shape
    y = _zeros((channels, conv_size(n, kernel, stride, padding)), values)
    for c, i in np.ndindex(y.shape):
        places = [stride * i + j - padding for j in range(kernel)]
        window = [values[c, k] for k in places if 0 <= k < n]
        y[c, i] = max(window) if kind == "max" else sum(window) / kernel
    return y
