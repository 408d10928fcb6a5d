"""The matrices of convolutions with concrete numbers, from the index relations of their axes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.layers.relation import concrete
from symcnn.layers.sizes import known

if TYPE_CHECKING:
    from symcnn.formula.nodes import Formula
    from symcnn.layers.convolution import Convolution
    from symcnn.layers.linear_map import LinearMap


def members(
    member: Callable[..., Formula], shape: tuple[Formula, ...], owner: str
) -> list[Formula]:
    """The members of a family at every place of a shape, in row-major order.

    Raises AuthorError where a size is symbolic.
    """
    sizes = [concrete(size, "a size of the array", owner) for size in shape]
    return [member(*place) for place in product(*map(range, sizes))]


def linear_map(layer: Convolution) -> LinearMap:
    """The matrix from positions to windows of a layer's relations, rows and columns row by row.

    Raises AuthorError, naming it, where a size is symbolic.
    """
    from symcnn.layers.axis import Axis
    from symcnn.layers.index_table import Channels, Factor
    from symcnn.layers.linear_map import LinearMap
    from symcnn.layers.members import Members

    require_numbers(layer)

    def number(size: Formula, name: str) -> int:
        return concrete(size, name, layer.owner)

    factors: list[Factor] = []
    if layer.has_channels:
        rule = layer.channels()
        counts = (number(each, "channels") for each in (rule.filters, rule.others, rule.groups))
        factors.append(Channels(*counts))
    for axis in layer.axes():
        factors.append(
            Axis(
                outputs=number(axis.outputs, "output_size"),
                inputs=number(axis.inputs, "input_size"),
                taps=number(axis.kernel_size, "kernel_size"),
                stride=number(axis.stride, "stride"),
                padding=number(axis.padding.before, "padding"),
                dilation=number(axis.dilation, "dilation"),
            )
        )
    shape = tuple(number(size, "a size of the weight") for size in layer.weight_shape())
    return LinearMap.separable(factors, weights=Members(layer.weight, shape, layer.first))


def require_numbers(layer: Convolution) -> None:
    """Raises AuthorError that names every number of the layer that is symbolic."""
    names = ["input_size", "kernel_size", "stride", "dilation"]
    sizes = {name: layer.per_axis(name) for name in names}
    ends = [layer.ends(axis) for axis in range(layer.dimensions)]
    sizes["padding"] = tuple(end for each in ends for end in (each.before, each.after))
    if layer.has_channels:
        rule = layer.channels()
        sizes["channels"] = (rule.filters, rule.others)
        sizes["groups"] = (rule.groups,)
    symbolic = [name for name, given in sizes.items() if None in map(known, given)]
    if symbolic:
        raise AuthorError(
            f"{layer.owner}: {', '.join(symbolic)} {'is' if len(symbolic) == 1 else 'are'} "
            "symbolic, but a table of entries needs numbers"
        )
