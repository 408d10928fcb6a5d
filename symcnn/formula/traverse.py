"""Walking formulas: names in them, substitution that captures nothing, transformation bottom up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from symcnn.formula.arrays import Array
from symcnn.formula.binders import Binder
from symcnn.formula.nodes import Formula, Index, Symbol, Unknown


def walk(top: Formula) -> Iterator[Formula]:
    """Every node, parents first, in the order in which they are written."""
    stack = [top]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children()))


def bound_variables(node: Formula) -> tuple[str, ...]:
    """The names that the node itself binds."""
    if isinstance(node, Binder):
        return (node.variable,)
    return node.variables if isinstance(node, Array) else ()


def free_names(top: Formula) -> tuple[str, ...]:
    """Free symbols, families and unknown functions, each once, in order of first occurrence.

    >>> from symcnn.formula.binders import Sum
    >>> free_names(Sum(Index("x", (Symbol("i"),)), "i", Symbol("a"), Symbol("b")))
    ('x', 'a', 'b')
    """
    found: dict[str, None] = {}

    def visit(node: Formula, bound: frozenset[str]) -> None:
        if isinstance(node, Symbol):
            if node.name not in bound:
                found.setdefault(node.name)
        elif isinstance(node, (Index, Unknown)):
            found.setdefault(node.name)
        names = bound_variables(node)
        inner = bound.union(names) if names else bound
        scoped = scoped_child(node)
        for position, child in enumerate(node.children()):
            visit(child, inner if position == scoped else bound)

    visit(top, frozenset())
    return tuple(found)


def scoped_child(node: Formula) -> int | None:
    """Which child of a binder or array is in the scope of its bound variables."""
    if isinstance(node, Binder):
        return 0
    return len(node.shape) if isinstance(node, Array) else None


def fresh(name: str, taken: frozenset[str]) -> str:
    """``name`` or the first of ``name_1``, ``name_2``, ... that is not taken."""
    candidate, count = name, 0
    while candidate in taken:
        count += 1
        candidate = f"{name}_{count}"
    return candidate


def substitute(top: Formula, values: Mapping[str, Formula]) -> Formula:
    """Free symbols replaced by formulas; bound variables are renamed where they would capture.

    >>> from symcnn.formula.binders import Sum
    >>> i, n = Symbol("i"), Symbol("n")
    >>> substitute(Sum(i * n, "i", Symbol("a"), n), {"n": i})
    Sum(Mul((Symbol('i_1'), Symbol('i'))), 'i_1', Symbol('a'), Symbol('i'))
    """
    if not values:
        return top
    incoming = frozenset(name for value in values.values() for name in free_names(value))
    return _substitute(top, dict(values), incoming)


def _substitute(node: Formula, values: dict[str, Formula], incoming: frozenset[str]) -> Formula:
    if isinstance(node, Symbol):
        return values.get(node.name, node)
    children = node.children()
    if not children:
        return node
    names = bound_variables(node)
    if not names:
        return node.rebuild(tuple(_substitute(child, values, incoming) for child in children))
    scoped = scoped_child(node)
    inner = {name: value for name, value in values.items() if name not in names}
    renamed: dict[str, str] = {}
    scope = children[scoped] if scoped is not None else node
    for name in names:
        if name in incoming and inner:
            taken = incoming.union(free_names(scope), inner, names, renamed.values())
            renamed[name] = fresh(name, frozenset(taken))
            inner[name] = Symbol(renamed[name])
    after = tuple(
        _substitute(child, *((inner, incoming) if k == scoped else (values, incoming)))
        for k, child in enumerate(children)
    )
    return rename_bound(node.rebuild(after), renamed)


def rename_bound(node: Formula, names: Mapping[str, str]) -> Formula:
    """The binder under other variable names; its scope must already use them."""
    if not names:
        return node
    if isinstance(node, Binder):
        return type(node)(node.body, names.get(node.variable, node.variable), node.low, node.high)
    if isinstance(node, Array):
        variables = tuple(names.get(name, name) for name in node.variables)
        return Array(node.shape, variables, node.entry)
    return node


def transform(top: Formula, change: Callable[[Formula], Formula]) -> Formula:
    """``change`` applied to every node, children first. It must respect bound variables itself."""
    children = top.children()
    if not children:
        return change(top)
    after = tuple(transform(child, change) for child in children)
    same = all(old is new for old, new in zip(children, after, strict=True))
    return change(top if same else top.rebuild(after))
