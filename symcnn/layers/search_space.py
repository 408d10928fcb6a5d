"""An architecture search space as a graph: nodes are feature maps, edges are operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Table, table
from symcnn.formula.binders import Product
from symcnn.formula.nodes import Formula, Index, Operand, Pow, Symbol, formula, mul
from symcnn.layers.sizes import count, less_one, product, total


@dataclass(frozen=True, slots=True)
class Edge:
    """``choices`` parallel operations that lead from one feature map to another."""

    start: int
    end: int
    choices: Operand = 1
    cost: Operand = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSpace:
    """Nodes ``0 .. nodes - 1`` in topological order and the edges between them.

    Parallel edges are alternatives; a path from the first to the last node is an architecture where
    every node reads one map. The number of choices may be symbolic. Raises AuthorError for an edge
    that does not lead forward: a search space has no cycles.

    >>> space = SearchSpace(nodes=3, edges=(Edge(0, 1, 3), Edge(1, 2, 2), Edge(0, 2)))
    >>> from symcnn.formula.meaning import evaluate
    >>> str(evaluate(space.paths(), {}))
    '7'
    """

    nodes: int
    edges: tuple[Edge, ...]

    def __post_init__(self) -> None:
        if self.nodes < 1:
            raise AuthorError(f"SearchSpace: nodes is {self.nodes}, but there is at least 1")
        for edge in self.edges:
            if not 0 <= edge.start < edge.end < self.nodes:
                raise AuthorError(
                    f"SearchSpace: the edge {edge.start} -> {edge.end} does not lead forward "
                    f"within the nodes 0 .. {self.nodes - 1}"
                )
            count("SearchSpace", f"choices of {edge.start} -> {edge.end}", edge.choices, 0)

    @classmethod
    def chain(cls, choices: Sequence[Operand]) -> SearchSpace:
        """One stage after the other, stage s with ``choices[s]`` alternatives."""
        edges = tuple(Edge(stage, stage + 1, number) for stage, number in enumerate(choices))
        return cls(nodes=len(choices) + 1, edges=edges)

    def adjacency(self) -> Table:
        """The matrix A whose entry (a, b) is the number of operations from a to b."""
        cells = [
            [
                total(
                    formula(edge.choices)
                    for edge in self.edges
                    if (edge.start, edge.end) == (row, column)
                )
                for column in range(self.nodes)
            ]
            for row in range(self.nodes)
        ]
        return table(cells)

    def walks(self, length: int) -> Table:
        """``A^length``, by multiplication: entry (a, b) counts the paths of that many edges.

        It is 0 for ``length = nodes`` and beyond: every step leads forward.
        """
        count("SearchSpace", "length", length, 0)
        cells = self._unit()
        for _ in range(length):
            cells = self._step(cells)
        return table(cells)

    def power(self, length: int) -> Formula:
        """``A^length`` as written: a product of that many matrices, or the matrix itself."""
        count("SearchSpace", "length", length)
        return mul((self.adjacency(),) * length)

    def paths(self) -> Formula:
        """How many paths lead from the first node to the last: one pass in topological order."""
        found: list[Formula] = [formula(1)]
        for node in range(1, self.nodes):
            arriving = (
                product(found[edge.start], formula(edge.choices))
                for edge in self.edges
                if edge.end == node
            )
            found.append(total(arriving))
        return found[-1]

    def cheapest(self, costs: Mapping[tuple[int, int], int] | None = None) -> tuple[int, ...]:
        """The nodes of a path of least total cost, the first one in the order of the edges.

        Costs add up along a path, so one pass finds it; accuracy does not add up. Raises
        AuthorError where a cost is no integer or the last node cannot be reached.
        """
        best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, (0,))}
        for node in range(1, self.nodes):
            for edge in (each for each in self.edges if each.end == node and each.start in best):
                cost = edge.cost if costs is None else costs[edge.start, edge.end]
                if not isinstance(cost, int):
                    raise AuthorError(f"SearchSpace: the cost {cost!r} is no integer")
                spent = best[edge.start][0] + cost
                if node not in best or spent < best[node][0]:
                    best[node] = (spent, (*best[edge.start][1], node))
        if self.nodes - 1 not in best:
            raise AuthorError("SearchSpace: no path leads from the first node to the last")
        return best[self.nodes - 1][1]

    def _unit(self) -> list[list[Formula]]:
        size = range(self.nodes)
        return [[formula(int(row == column)) for column in size] for row in size]

    def _step(self, cells: list[list[Formula]]) -> list[list[Formula]]:
        right = self.adjacency()
        size = range(self.nodes)
        return [
            [
                total(product(row[k], right.entries[k * self.nodes + column]) for k in size)
                for column in size
            ]
            for row in cells
        ]


def architectures(stages: Operand, choices: str = "c") -> Formula:
    """``prod_{s=0}^{S-1} c[s]``: how many architectures a chain of S stages has.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.formula import Symbol
    >>> plain(architectures(Symbol("S")))
    'Prod(c[s], (s, 0, S - 1))'
    """
    size = count("search space", "stages", stages, 0)
    return Product(Index(choices, (Symbol("s"),)), "s", formula(0), less_one(size))


def equal_stages(stages: Operand, choices: Operand) -> Formula:
    """``c^S``: S stages with c alternatives each.

    >>> from symcnn.formula.plain import plain
    >>> plain(equal_stages(Symbol("S"), 6))
    '6^S'
    """
    size = count("search space", "stages", stages, 0)
    return Pow(count("search space", "choices", choices), size)


def elastic_subnets(units: Operand, depths: Sequence[int], choices: Operand) -> Formula:
    """``(sum_d c^d)^U``: U units whose depth d is one of ``depths``, each layer with c choices.

    Once-for-all with 5 units, depths 2 to 4 and 3 kernels times 3 widths: about 2*10^19 networks.
    Source: Cai et al., "Once-for-All" (2020), section 3.2.

    >>> from symcnn.formula.meaning import evaluate
    >>> str(evaluate(elastic_subnets(5, (2, 3, 4), 9), {}))
    '21758655492572485851'
    """
    each = count("search space", "choices", choices)
    inner = total(Pow(each, formula(depth)) for depth in depths)
    return Pow(inner, count("search space", "units", units))
