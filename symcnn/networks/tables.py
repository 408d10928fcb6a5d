"""A network as a table: one row a layer, with its shape, parameters and cost."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, Operand
from symcnn.formula.plain import plain
from symcnn.layers.sizes import folded
from symcnn.networks.compose import Branches, Residual, Sequential
from symcnn.networks.costs import CostConvention, convention
from symcnn.networks.module import Module
from symcnn.networks.shapes import Shape, shaped, written


@frozen
class Row:
    """One layer: its place (``"3"``, ``"3.body.0"``), name, output shape, parameters and cost."""

    place: str
    kind: str
    shape: Shape
    parameters: Formula
    cost: Formula


def table(
    net: Module, shape: tuple[Operand, ...], by: str | CostConvention = "macs"
) -> tuple[Row, ...]:
    """One row for each layer that holds no others, in the order of computation.

    A shared layer has a row for each use and its parameters in each. Sums of residual blocks have a
    row of their own. Raises AuthorError where a shape does not fit.

    >>> from symcnn.networks import Conv2d, ReLU
    >>> for row in table(Sequential(Conv2d(3, 8, 3), ReLU()), (3, 32, 32)):
    ...     print(row.place, row.kind, written(row.shape), plain(row.parameters), plain(row.cost))
    0 Conv2d 8 x 30 x 30 8*3*3*3 + 8 30*30*8*3*3*3
    1 ReLU 8 x 30 x 30 0 0
    """
    sizes = shaped(net.kind, shape)
    net.shape_after(sizes)
    return tuple(_rows(net, sizes, "", convention(by)))


def as_text(rows: tuple[Row, ...], by: str | CostConvention = "macs") -> str:
    """The rows in columns, numbers worked out, the total below.

    >>> from symcnn.networks import Linear
    >>> print(as_text(table(Linear(4, 2), (4,))))
    layer   output  parameters  MACs
    Linear  2               10     8
    total                   10     8
    """
    from symcnn.layers.sizes import total

    lines = [("layer", "output", "parameters", convention(by).unit)]
    for row in rows:
        name = f"{row.place} {row.kind}".strip()
        lines.append((name, written(row.shape), _number(row.parameters), _number(row.cost)))
    weights = _number(folded(total(row.parameters for row in rows)))
    lines.append(("total", "", weights, _number(folded(total(row.cost for row in rows)))))
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join(
        f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d:>{widths[3]}}"
        for a, b, c, d in lines
    )


def _number(value: Formula) -> str:
    return plain(folded(value))


def _rows(net: Module, shape: Shape, place: str, by: CostConvention) -> Iterator[Row]:
    match net:
        case Sequential():
            for number, module, before, _ in net.steps(shape):
                yield from _rows(module, before, _under(place, str(number)), by)
        case Branches():
            for number, module in enumerate(net.modules):
                yield from _rows(module, shape, _under(place, str(number)), by)
        case Residual():
            yield from _rows(net.body, shape, _under(place, "body"), by)
            if net.shortcut is not None:
                yield from _rows(net.shortcut, shape, _under(place, "shortcut"), by)
            joint = net.operations(shape)[-1:]
            after = net.shape_after(shape)
            yield Row(
                _under(place, "sum"), "Add", after, Module.own_parameters(net), by.cost(joint)
            )
        case _:
            after, cost = net.shape_after(shape), by.cost(net.operations(shape))
            yield Row(place, net.kind, after, net.own_parameters(), cost)


def _under(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
