"""Search spaces: paths counted one by one, by powers and in symbols."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol, formula
from symcnn.layers.search_space import (
    Edge,
    SearchSpace,
    architectures,
    elastic_subnets,
    equal_stages,
)
from tests.layers.values import at, proved, refuted, whole


def counted_paths(space: SearchSpace) -> int:
    """Every path written down, parallel edges apart."""
    paths, found = [0], 0
    while paths:
        node = paths.pop()
        found += node == space.nodes - 1
        for edge in space.edges:
            if edge.start == node:
                paths += [edge.end] * whole(formula(edge.choices))
    return found


SPACES = {
    "chain": SearchSpace.chain((3, 2, 4)),
    "diamond": SearchSpace(
        nodes=4, edges=(Edge(0, 1, 2), Edge(0, 2, 3), Edge(1, 3, 2), Edge(2, 3), Edge(0, 3))
    ),
    "dense": SearchSpace(nodes=5, edges=tuple(Edge(a, b) for b in range(1, 5) for a in range(b))),
    "dead end": SearchSpace(nodes=3, edges=(Edge(0, 1), Edge(0, 2))),
    "parallel edges": SearchSpace(nodes=2, edges=(Edge(0, 1, 2), Edge(0, 1, 3))),
}


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
def test_paths_and_powers_of_the_adjacency_matrix(space: SearchSpace) -> None:
    matrix = at(space.adjacency())
    total, power = 0, np.linalg.matrix_power(matrix.astype(int), 0)
    for length in range(1, space.nodes + 1):
        power = power @ matrix.astype(int)
        assert (at(space.walks(length)).astype(int) == power).all()
        assert (at(space.power(length)).astype(int) == power).all()
        total += power[0, -1]
    assert total == whole(space.paths()) == counted_paths(space)
    assert not power.any()


def test_a_chain_has_the_product_of_its_choices() -> None:
    names = [Symbol(name) for name in "abc"]
    given = "a, b, c: positive integer"
    assert proved(SearchSpace.chain(names).paths(), names[0] * names[1] * names[2], given)
    assert refuted(SearchSpace.chain(names).paths(), names[0] + names[1] + names[2], given)
    skipping = SearchSpace(
        nodes=3, edges=(Edge(0, 1, names[0]), Edge(1, 2, names[1]), Edge(0, 2, names[2]))
    )
    assert proved(skipping.paths(), names[0] * names[1] + names[2], given)


def test_counts_of_architectures() -> None:
    value = at(architectures(Symbol("S")), S=Fraction(3), c=np.array([3, 2, 4]))
    assert value == whole(SearchSpace.chain((3, 2, 4)).paths()) == 24
    assert whole(equal_stages(5, 6)) == 6**5
    assert whole(elastic_subnets(5, (2, 3, 4), 9)) == (81 + 729 + 6561) ** 5
    assert at(architectures(0)) == 1


def test_the_cheapest_path() -> None:
    space = SearchSpace(
        nodes=4,
        edges=(
            Edge(0, 1, cost=5), Edge(0, 2, cost=1), Edge(1, 3, cost=1), Edge(2, 3, cost=4),
            Edge(1, 2, cost=1),
        ),
    )  # fmt: skip
    assert space.cheapest() == (0, 2, 3)
    costs = {(0, 1): 1, (0, 2): 9, (1, 3): 9, (2, 3): 1, (1, 2): 1}
    assert space.cheapest(costs) == (0, 1, 2, 3)


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: SearchSpace(nodes=2, edges=(Edge(1, 0),)), "1 -> 0 does not lead forward"),
    (lambda: SearchSpace(nodes=2, edges=(Edge(0, 2),)), "0 -> 2 does not lead forward"),
    (lambda: SearchSpace(nodes=0, edges=()), "nodes is 0"),
    (lambda: SearchSpace(nodes=2, edges=(Edge(0, 1, -1),)), "choices of 0 -> 1 is -1"),
    (lambda: SearchSpace(nodes=2, edges=()).cheapest(), "no path leads"),
    (lambda: SearchSpace.chain((2,)).walks(-1), "length is -1"),
    (
        lambda: SearchSpace(nodes=2, edges=(Edge(0, 1, 1, Symbol("t")),)).cheapest(),
        "is no integer",
    ),
    (lambda: equal_stages(2, 0), "choices is 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
