"""Dense blocks: widths, parameters and connections in closed form, paths on the graph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers.dense_block import DenseBlock, transition_channels
from symcnn.layers.search_space import Edge, SearchSpace
from tests.layers.values import proved, refuted, whole


def test_dense_block() -> None:
    block = DenseBlock.symbolic()
    length, k0, k = map(Symbol, ("L", "k0", "k"))
    given = "L, k0, k, H, W, l: positive integer"
    assert proved(block.out_channels(), k0 + length * k, given)
    closed = 9 * k * (length * k0 + k * length * (length - 1) / 2)
    assert proved(block.parameters(), closed, given)
    assert refuted(length * k * k, block.parameters(), given)
    macs = Symbol("H") * Symbol("W") * closed
    assert proved(block.macs(), macs, given)
    assert proved(block.counted_connections(), block.connections(), given)
    miss = length * (length - 1) / 2
    assert refuted(block.counted_connections(), miss, given)


def test_dense_block_with_bottleneck_by_loops() -> None:
    block = DenseBlock(num_layers=3, num_input_features=8, growth_rate=4, input_size=5, bn_size=4)
    weights = sum((8 + layer * 4) * 16 + 9 * 16 * 4 for layer in range(3))
    norms = sum(2 * (8 + layer * 4) + 2 * 16 for layer in range(3))
    assert whole(block.parameters()) == weights
    assert whole(block.parameters(norms=True)) == weights + norms
    assert whole(block.macs()) == 25 * weights
    assert whole(block.connections()) == whole(block.counted_connections()) == 6
    assert whole(transition_channels(block.out_channels())) == 10


def test_paths_through_a_dense_block() -> None:
    """Every layer between is passed or skipped: counted on the graph itself."""

    for layers in (1, 2, 5):
        edges = tuple(Edge(a, b) for b in range(1, layers + 1) for a in range(b))
        graph = SearchSpace(nodes=layers + 1, edges=edges)
        block = DenseBlock(num_layers=layers, num_input_features=4, growth_rate=2, input_size=1)
        assert whole(graph.paths()) == whole(block.paths()) == 2 ** (layers - 1)


BAD: list[tuple[Callable[[], object], str]] = [
    (
        lambda: DenseBlock(num_layers=0, num_input_features=1, growth_rate=1, input_size=1),
        "num_layers is 0",
    ),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
