"""How large and how small a gradient can become: bounds for plain and for residual stacks.

They hold for numbers with ``|.|`` and for matrices with any operator norm, which is at most the
product (sum) of the norms for a product (sum), and is 1 for the identity. A lower bound is one for
``|J u|/|u|``. Nothing below a bound is promised: a bound that tends to 0 lets a gradient vanish.
"""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.sizes import exactly, over


def plain_upper(layers: Operand, norm: Operand, slope: Operand = 1) -> Formula:
    """``(slope*norm)^L``: L layers ``phi(W a)`` with ``|W| <= norm`` and ``|phi'| <= slope``.

    It tends to 0 where slope*norm < 1; a bound on one side only, ``w < 1 - eps``, gives nothing.
    Raises AuthorError for a negative number.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.formula import Symbol
    >>> plain(plain_upper(Symbol("L"), 1 - Symbol("eps")))
    '(1 - eps)^L'
    """
    return _gain(norm, slope) ** formula(layers)


def branch_norm(outer: Operand, inner: Operand, slope: Operand = 1) -> Formula:
    """``outer*slope*inner``: the Jacobian ``V D W`` of a branch, at most; slope bounds ``|phi'|``.

    Raises AuthorError for a negative number.
    """
    return _gain(outer, slope) * _gain(inner, 1)


def residual_upper(blocks: Operand, branch: Operand) -> Formula:
    """``(1 + branch)^L``: L blocks ``x + F(x)`` whose branches have Jacobians of norm <= branch.

    Attained by a branch ``F(x) = branch*x``: shortcuts do not keep gradients from exploding.

    >>> from symcnn.formula.plain import plain
    >>> plain(residual_upper(3, 1))
    '(1 + 1)^3'
    """
    return (1 + _gain(branch, 1)) ** formula(blocks)


def residual_lower(blocks: Operand, branch: Operand) -> Formula:
    """``(1 - branch)^L``, for branch <= 1, likewise; attained by ``F(x) = -branch*x``.

    Raises AuthorError for a number above 1: then there is no lower bound, a block may be 0.

    >>> residual_lower(2, 3)
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: a branch of norm 3 can cancel its shortcut: no lower bound above 1
    """
    norm = exactly(formula(branch))
    if norm is not None and norm > 1:
        raise AuthorError(
            f"a branch of norm {norm} can cancel its shortcut: no lower bound above 1"
        )
    return (1 - _gain(branch, 1)) ** formula(blocks)


def scalar_factor(outer: Operand, inner: Operand, slope: Operand) -> Formula:
    """``1 + outer*slope*inner``: the derivative of a residual block of width 1.

    At least 1 where outer and inner have one sign and slope >= 0; 0 at -2, 1/2 and slope 1.

    >>> from symcnn.formula.plain import plain
    >>> plain(scalar_factor(Symbol("v"), Symbol("w"), 1))
    '1 + v*1*w'
    """
    return 1 + formula(outer) * slope * inner


def row_sum(family: str, row: Operand, columns: Operand) -> Formula:
    """``sum_j |A[row, j]|``; the greatest row sum is the operator norm for the maximum norm.

    >>> from symcnn.formula.plain import plain
    >>> plain(row_sum("A", 0, 3))
    'Sum(abs(A[0, j]), (j, 0, 2))'
    """
    member = Index(family, (formula(row), Symbol("j")))
    return over(Call("abs", (member,)), ("j", formula(columns)))


def _gain(norm: Operand, slope: Operand) -> Formula:
    for value in (norm, slope):
        exact = exactly(formula(value))
        if exact is not None and exact < 0:
            raise AuthorError(f"a norm is {exact}, but it is at least 0")
    return formula(norm) if exactly(formula(slope)) == 1 else slope * formula(norm)
