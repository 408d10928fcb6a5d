"""Plain loops for layers that read between pixels, through a mask or on any number of axes.

Nothing here knows symcnn. Arrays hold Fractions, indices are written as in the layers: c channel,
(p, q) output, (u, v) tap.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

import numpy as np

HALF = Fraction(1, 2)


def zeros(*shape: int) -> Any:
    """An array of exact zeros."""
    return np.full(shape, Fraction(0), dtype=object)


def conv(x: Any, w: Any, stride: Any, padding: Any, dilation: Any, groups: int) -> Any:
    """Each output gathers; x is [C][...], w is [F][C/groups][...], one number for each axis."""
    kernel = w.shape[2:]
    geometry = zip(x.shape[1:], kernel, stride, padding, dilation, strict=True)
    y = zeros(w.shape[0], *((n + 2 * p - d * (k - 1) - 1) // s + 1 for n, k, s, p, d in geometry))
    for f, *o in np.ndindex(y.shape):
        for a, *j in np.ndindex(w.shape[1:]):
            steps = zip(o, j, stride, padding, dilation, strict=True)
            at = [s * each + d * tap - p for each, tap, s, p, d in steps]
            if all(0 <= i < n for i, n in zip(at, x.shape[1:], strict=True)):
                c = f // (w.shape[0] // groups) * w.shape[1] + a
                y[(f, *o)] += w[(f, a, *j)] * x[(c, *at)]
    return y


def conv_transpose(
    x: Any, w: Any, stride: Any, padding: Any, dilation: Any, extra: Any, groups: int
) -> Any:
    """Each input scatters; w is [C][F/groups][...], ``extra`` is added to the size at the end."""
    kernel = w.shape[2:]
    geometry = zip(x.shape[1:], kernel, stride, padding, dilation, extra, strict=True)
    size = (s * (n - 1) - 2 * p + d * (k - 1) + e + 1 for n, k, s, p, d, e in geometry)
    y = zeros(w.shape[1] * groups, *size)
    for c, *i in np.ndindex(x.shape):
        for a, *j in np.ndindex(w.shape[1:]):
            steps = zip(i, j, stride, padding, dilation, strict=True)
            at = [s * each + d * tap - p for each, tap, s, p, d in steps]
            if all(0 <= t < n for t, n in zip(at, y.shape[1:], strict=True)):
                f = c // (x.shape[0] // groups) * w.shape[1] + a
                y[(f, *at)] += w[(c, a, *j)] * x[(c, *i)]
    return y


def bilinear(image: Any, y: Any, x: Any) -> Any:
    """The four neighbours of a point, weighted by areas; neighbours outside count as 0."""
    height, width = image.shape
    top, left = floor(y), floor(x)
    found = Fraction(0)
    for row, column in product((top, top + 1), (left, left + 1)):
        if 0 <= row < height and 0 <= column < width:
            found += (1 - abs(y - row)) * (1 - abs(x - column)) * image[row, column]
    return found


def deform_conv(
    x: Any, w: Any, offset: Any, mask: Any, size: Any, stride: int, padding: int, dilation: int,
    groups: int, offset_groups: int,
) -> Any:  # fmt: skip
    """Tap by tap; ``offset`` is [2*G*K*K][H'][W'], ``mask`` [G*K*K][H'][W'] or None."""
    outputs, inputs, k_h, k_w = w.shape
    y = zeros(outputs, *size)
    for o, p, q in np.ndindex(y.shape):
        for c, u, v in np.ndindex(inputs, k_h, k_w):
            channel = o // (outputs // groups) * inputs + c
            group = channel // (x.shape[0] // offset_groups)
            tap = (group * k_h + u) * k_w + v
            row = p * stride - padding + u * dilation + offset[2 * tap, p, q]
            column = q * stride - padding + v * dilation + offset[2 * tap + 1, p, q]
            value = bilinear(x[channel], row, column)
            y[o, p, q] += w[o, c, u, v] * value * (1 if mask is None else mask[tap, p, q])
    return y


def roi_align(
    image: Any, box: Any, bins: Any, scale: Any, ratio: int, aligned: bool, mode: str = "avg"
) -> Any:
    """One channel and one box, as the published code of torchvision goes about it."""
    height, width = image.shape
    offset = HALF if aligned else Fraction(0)
    left, top, right, bottom = (corner * scale - offset for corner in box)
    sides = [bottom - top, right - left]
    if not aligned:
        sides = [max(side, Fraction(1)) for side in sides]
    found = zeros(*bins)
    grid = [ratio or ceil(side / number) for side, number in zip(sides, bins, strict=True)]
    for i, j in np.ndindex(*bins):
        samples = []
        for a, b in np.ndindex(*grid):
            y = top + sides[0] / bins[0] * (i + (a + HALF) / grid[0])
            x = left + sides[1] / bins[1] * (j + (b + HALF) / grid[1])
            if y < -1 or y > height or x < -1 or x > width:
                samples.append(Fraction(0))
                continue
            samples.append(bilinear(image, min(max(y, 0), height - 1), min(max(x, 0), width - 1)))
        found[i, j] = max(samples) if mode == "max" else sum(samples) / max(len(samples), 1)
    return found


def resize(image: Any, size: Any, place: Any) -> Any:
    """Bilinear; ``place(o, n, m)`` is the position on the input's axis, moved to its border."""
    found = zeros(*size)
    for p, q in np.ndindex(*size):
        row, column = (
            min(max(place(o, n, m), Fraction(0)), Fraction(n - 1))
            for o, n, m in zip((p, q), image.shape, size, strict=True)
        )
        found[p, q] = bilinear(image, row, column)
    return found


def masked_conv(x: Any, w: Any, kind: str) -> Any:
    """The size is kept; taps on earlier pixels in raster order count, in type B the pixel too."""
    outputs, inputs, k, _ = w.shape
    _, height, width = x.shape
    y = zeros(outputs, height, width)
    for o, p, q, c, u, v in np.ndindex(outputs, height, width, inputs, k, k):
        row, column = p + u - k // 2, q + v - k // 2
        if not (0 <= row < height and 0 <= column < width):
            continue
        earlier = row < p or (row == p and column < q)
        if earlier or (kind == "B" and (row, column) == (p, q)):
            y[o, p, q] += w[o, c, u, v] * x[c, row, column]
    return y
