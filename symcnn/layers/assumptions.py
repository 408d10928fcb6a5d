"""What has to hold for the symbols of a layer, as text that ``given`` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names

if TYPE_CHECKING:
    from symcnn.layers.convolution import Convolution

_POSITIVE = ("input_size", "kernel_size", "stride", "dilation")


def assumptions(layer: Convolution) -> str:
    """Symbols are positive integers, in padding nonnegative; kernels fit; families are real.

    A padding that is no symbol is said to be at least 0.

    >>> from symcnn.layers import Conv1d
    >>> assumptions(Conv1d.symbolic()).split("; ")[:2]
    ['N, K, S, D: positive integer', 'P: nonnegative integer']
    >>> assumptions(Conv1d.symbolic()).split("; ")[2:]
    ['D*(K - 1) + 1 <= N + 2*P', 'w, x: real indexed by 1']
    >>> assumptions(Conv1d(input_size=4, kernel_size=3))
    'w, x: real indexed by 1'
    """
    sizes = [size for name in _POSITIVE for size in layer.per_axis(name)]
    rule = layer.channels()
    sizes += [rule.groups, rule.met(), rule.per()]
    ends = [end for k in range(layer.dimensions) for end in _both(layer, k)]
    other = dict.fromkeys(name for end in ends for name in free_names(end))
    sized = dict.fromkeys(name for size in sizes for name in free_names(size))
    bare = {end.name for end in ends if isinstance(end, Symbol)}
    positive = dict.fromkeys(name for name in sized if name not in bare)
    other = dict.fromkeys(name for name in other if name not in positive)
    found = [f"{', '.join(positive)}: positive integer"] if positive else []
    if other:
        found.append(f"{', '.join(other)}: nonnegative integer")
    for end in dict.fromkeys(ends):
        if free_names(end) and not isinstance(end, Symbol):
            found.append(f"{plain(end)} >= 0")
    for k, axis in enumerate(layer.axes()):
        reach, padded = axis.reach(), axis.padding.widened(axis.inputs)
        if axis.inputs != layer.size("input_size", k):  # a transposed convolution
            if free_names(axis.inputs):
                found.append(f"{plain(axis.inputs)} >= 1")
        elif free_names(reach) or free_names(padded):
            found.append(f"{plain(reach)} <= {plain(padded)}")
    return "; ".join([*found, *_families(layer)])


def _both(layer: Convolution, axis: int) -> tuple[Formula, Formula]:
    ends = layer.ends(axis)
    return ends.before, ends.after


def _families(layer: Convolution) -> list[str]:
    """The families, by how many indices they have."""
    count = layer.dimensions
    if not layer.has_channels:
        return [f"{layer.weight}, {layer.input}: real indexed by {count}"]
    found = [
        f"{layer.weight}: real indexed by {count + 2}",
        f"{layer.input}: real indexed by {count + 1}",
    ]
    return [*found, f"{layer.offset}: real indexed by 1"] if layer.bias else found
