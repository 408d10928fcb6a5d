"""Sound rewritings of sums, products and arrays; see ``rewritings`` for what a rule promises."""

from __future__ import annotations

from symcnn.formula import (
    Add,
    Array,
    Bracket,
    Call,
    Compare,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    Table,
    add,
    mul,
    negative,
)
from symcnn.formula.binders import Binder
from symcnn.formula.traverse import free_names, fresh, substitute
from tests.soundness.rewritings import Place, Rule
from tests.soundness.shape import is_array, is_total, never_empty

ONE = Rational(1)


def _at(node: Binder, value: Formula) -> Formula:
    return substitute(node.body, {node.variable: value})


def rename_dummy(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Binder):
        return None
    wish = place.rng.choice(("q", "t", "r"))
    taken = frozenset((*free_names(node.body), *dict(place.world.names), *place.bound))
    name = fresh(wish, taken)
    return type(node)(_at(node, Symbol(name)), name, node.low, node.high)


def shift_dummy(node: Formula, place: Place) -> Formula | None:
    """``Sum(f(i), a..b) = Sum(f(i - c), a+c..b+c)``."""
    if not isinstance(node, Binder):
        return None
    c = Rational(place.rng.choice((1, 2)))
    body = _at(node, Symbol(node.variable) - c)
    if node.low is None or node.high is None:
        return type(node)(body, node.variable)
    return type(node)(body, node.variable, node.low + c, node.high + c)


def reverse(node: Formula, place: Place) -> Formula | None:
    """``Sum(f(i), a..b) = Sum(f(a + b - i), a..b)``; over all integers ``i -> -i``."""
    if not isinstance(node, Binder):
        return None
    i = Symbol(node.variable)
    if node.low is None or node.high is None:
        return type(node)(_at(node, negative(i)), node.variable)
    return type(node)(_at(node, node.low + node.high - i), node.variable, node.low, node.high)


def split_off(node: Formula, place: Place) -> Formula | None:
    """The last or the first member apart, of a range that is never empty."""
    if not isinstance(node, Binder) or not never_empty(node, place.world):
        return None
    assert node.low is not None and node.high is not None
    join = Add if isinstance(node, Sum) else Mul
    if place.rng.random() < 0.5:
        rest = type(node)(node.body, node.variable, node.low, node.high - ONE)
        return join((rest, _at(node, node.high)))
    rest = type(node)(node.body, node.variable, node.low + ONE, node.high)
    return join((_at(node, node.low), rest))


def linear(node: Formula, place: Place) -> Formula | None:
    """``Sum(f + g) = Sum(f) + Sum(g)`` over a finite range; ``Prod(f*g)`` alike."""
    if not isinstance(node, Binder) or node.low is None:
        return None
    kind: type[Add] | type[Mul] = Add if isinstance(node, Sum) else Mul
    if not isinstance(node.body, kind) or not is_total(node.body):
        return None
    ends = (node.variable, node.low, node.high)
    return kind(tuple(type(node)(part, *ends) for part in node.body.args))


def constant_out(node: Formula, place: Place) -> Formula | None:
    """``Sum(c*f) = c*Sum(f)`` and, of a constant alone, ``Sum(c, a..b) = (b - a + 1)*c``."""
    if not isinstance(node, Sum) or not is_total(node.body):
        return None
    if node.variable not in free_names(node.body) and never_empty(node, place.world):
        assert node.low is not None and node.high is not None
        return Mul((node.high - node.low + 1, node.body))
    if not isinstance(node.body, Mul) or is_array(node.body, place.world):
        return None
    moved = [part for part in node.body.args if node.variable not in free_names(part)]
    kept = [part for part in node.body.args if node.variable in free_names(part)]
    if not moved or not kept:
        return None
    return Mul((*moved, Sum(mul(kept), node.variable, node.low, node.high)))


def swap_sums(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Sum) or not isinstance(node.body, Sum):
        return None
    inner = node.body
    limits = [part for part in (node.low, node.high) if part is not None]
    inside = [part for part in (inner.low, inner.high) if part is not None]
    if inner.variable == node.variable:
        return None
    if any(node.variable in free_names(part) for part in inside):
        return None
    if any(inner.variable in free_names(part) for part in limits):
        return None
    swapped = Sum(inner.body, node.variable, node.low, node.high)
    return Sum(swapped, inner.variable, inner.low, inner.high)


def bracketed(node: Formula, place: Place) -> Formula | None:
    """A finite range becomes brackets over all integers."""
    if not isinstance(node, Sum) or node.low is None or node.high is None:
        return None
    if not is_total(node.body):
        return None
    i = Symbol(node.variable)
    inside = (Bracket(Compare("<=", node.low, i)), Bracket(Compare("<=", i, node.high)))
    return Sum(Mul((node.body, *inside)), node.variable)


def eliminate(node: Formula, place: Place) -> Formula | None:
    """``Sum(f(j)*[e + j = a], j) = f(a - e)`` times the brackets of the range."""
    if not isinstance(node, Sum) or not isinstance(node.body, Mul):
        return None
    j = Symbol(node.variable)
    for k, part in enumerate(node.body.args):
        if not isinstance(part, Bracket) or not isinstance(part.condition, Compare):
            continue
        condition = part.condition
        left = condition.lhs
        if condition.op != "=" or not isinstance(left, Add) or left.args.count(j) != 1:
            continue
        e = add(term for term in left.args if term != j)
        if node.variable in (*free_names(e), *free_names(condition.rhs)):
            continue
        rest = mul((*node.body.args[:k], *node.body.args[k + 1 :]))
        if not is_total(rest):
            return None
        root = condition.rhs - e
        value = substitute(rest, {node.variable: root})
        if node.low is None or node.high is None:
            return value
        inside = (Bracket(Compare("<=", node.low, root)), Bracket(Compare("<=", root, node.high)))
        return Mul((value, *inside))
    return None


def gauss(node: Formula, place: Place) -> Formula | None:
    """``Sum(i, 1..n) = n*(n + 1)/2`` where n is at least 0."""
    if not isinstance(node, Sum) or node.body != Symbol(node.variable) or node.low != ONE:
        return None
    if node.high is None or not never_empty(node, place.world):
        return None
    return node.high * (node.high + ONE) / 2


def _matrix(node: Formula, place: Place) -> bool:
    """Certainly a matrix: a name, a product or a sum of such."""
    if isinstance(node, Symbol):
        return is_array(node, place.world)
    if isinstance(node, Table):
        return len(node.size) == 2
    if isinstance(node, Add | Mul):
        return all(_matrix(arg, place) for arg in node.args)
    if isinstance(node, Call) and node.name in ("transpose", "hadamard"):
        return all(_matrix(arg, place) for arg in node.args)
    return False


def matrix_rules(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Call) and node.name in ("transpose", "trace", "det", "hadamard"):
        return _matrix_call(node, place)
    if isinstance(node, Mul) and _matrix(node, place):
        turned = tuple(Call("transpose", (arg,)) for arg in reversed(node.args))
        return Call("transpose", (Mul(turned),))
    if isinstance(node, Symbol) and _matrix(node, place):
        twice = Call("transpose", (Call("transpose", (node,)),))
        by_rule = _by_rule(Index(node.name, (Symbol("i"), Symbol("j"))), place)
        options: list[Formula] = [twice, by_rule]
        if not _square(place):
            pairs = [(i, j) for i in range(2) for j in range(2)]
            entries = (Index(node.name, (Rational(i), Rational(j))) for i, j in pairs)
            options.append(Table((2, 2), tuple(entries)))
        return place.rng.choice(options)
    return None


def _square(place: Place) -> bool:
    """Matrices are n x n here, with a symbol n."""
    return bool(place.world.of("matrix n x n"))


def _by_rule(entry: Formula, place: Place) -> Array:
    size: Formula = Symbol("n") if _square(place) else Rational(2)
    return Array((size, size), ("i", "j"), entry)


def written_product(node: Formula, place: Place) -> Formula | None:
    """``A*B`` and ``transpose(A)`` of names, entry by entry."""
    i, j, k = map(Symbol, "ijk")
    last: Formula = Symbol("n") - 1 if _square(place) else ONE
    match node:
        case Mul((Symbol(a), Symbol(b))) if _matrix(node, place):
            body = Mul((Index(a, (i, k)), Index(b, (k, j))))
            return _by_rule(Sum(body, "k", Rational(0), last), place)
        case Call("transpose", (Symbol(a),)) if _matrix(node, place):
            return _by_rule(Index(a, (j, i)), place)
        case Call("trace", (Symbol(a),)) if is_array(node.args[0], place.world):
            return Sum(Index(a, (k, k)), "k", Rational(0), last)
    return None


def within_support(node: Formula, place: Place) -> Formula | None:
    """A sum over all integers with a factor ``x[i]`` runs over the support of x alone."""
    if not isinstance(node, Sum) or node.low is not None or not isinstance(node.body, Mul):
        return None
    if not is_total(node.body):
        return None
    for part in node.body.args:
        if isinstance(part, Index) and part.indices == (Symbol(node.variable),):
            ends = _SUPPORTS.get(dict(place.world.names).get(part.name, ""))
            if ends is not None:
                return Sum(node.body, node.variable, *ends)
    return None


_SUPPORTS: dict[str, tuple[Formula, Formula]] = {
    "indexed real support 0..n-1": (Rational(0), Symbol("n") - 1),
    "indexed real support 0..3": (Rational(0), Rational(3)),
    "indexed real support -1..1": (Rational(-1), ONE),
}


def _matrix_call(node: Call, place: Place) -> Formula | None:
    x = node.args[0]
    if not all(_matrix(arg, place) for arg in node.args):
        return None
    if node.name == "hadamard":
        return Call("hadamard", (node.args[1], x))
    if node.name == "transpose" and isinstance(x, Mul):
        return Mul(tuple(Call("transpose", (arg,)) for arg in reversed(x.args)))
    if isinstance(x, Add) and node.name in ("transpose", "trace"):
        return Add(tuple(Call(node.name, (arg,)) for arg in x.args))
    if node.name == "trace" and isinstance(x, Mul):
        return Call("trace", (Mul((*x.args[1:], x.args[0])),))
    if node.name == "det" and isinstance(x, Mul):
        return Mul(tuple(Call("det", (arg,)) for arg in x.args))
    if node.name == "det" and isinstance(x, Symbol) and not _square(place):
        a, b, c, d = (Index(x.name, (Rational(i), Rational(j))) for i in (0, 1) for j in (0, 1))
        return a * d - b * c
    if node.name == "trace" and isinstance(x, Symbol) and not _square(place):
        return Add(tuple(Index(x.name, (Rational(i), Rational(i))) for i in (0, 1)))
    return Call(node.name, (Call("transpose", (x,)),)) if node.name in ("det", "trace") else None


def square_matrix(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Pow) and node.exponent == Rational(2) and _matrix(node.base, place):
        return Mul((node.base, node.base))
    return None


SUMS: tuple[Rule, ...] = (
    rename_dummy, shift_dummy, reverse, split_off, linear, constant_out, swap_sums, bracketed,
    eliminate, gauss, within_support,
)  # fmt: skip
MATRICES: tuple[Rule, ...] = (matrix_rules, square_matrix, written_product)
