"""Functions, unknown functions and families; with ``base``, the nodes that hold no condition.

What is built here is kept as it was written, like everything in the language.
"""

from __future__ import annotations

from symcnn.formula.base import Add as Add
from symcnn.formula.base import Formula as Formula
from symcnn.formula.base import Mul as Mul
from symcnn.formula.base import Operand as Operand
from symcnn.formula.base import Pow as Pow
from symcnn.formula.base import Rational as Rational
from symcnn.formula.base import Symbol as Symbol
from symcnn.formula.base import _set
from symcnn.formula.base import add as add
from symcnn.formula.base import formula as formula
from symcnn.formula.base import mul as mul
from symcnn.formula.base import negative as negative
from symcnn.formula.base import number as number

# Function -> (least, greatest) number of arguments; None: any number from the least on.
FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "floor": (1, 1), "ceil": (1, 1), "mod": (2, 2), "abs": (1, 1), "sign": (1, 1),
    "max": (1, None), "min": (1, None), "sqrt": (1, 1), "root": (2, 2), "exp": (1, 1),
    "log": (1, 2), "sin": (1, 1), "cos": (1, 1), "tan": (1, 1), "tanh": (1, 1), "sigmoid": (1, 1),
    "erf": (1, 1), "relu": (1, 1), "factorial": (1, 1), "binomial": (2, 2), "gcd": (2, 2),
    "pi": (0, 0), "infinity": (0, 0),
    "transpose": (1, 1), "kron": (2, 2), "hadamard": (2, 2), "det": (1, 1), "trace": (1, 1),
}  # fmt: skip


class Call(Formula):
    """A known function of `FUNCTIONS` applied to arguments. ``pi`` is the call with none."""

    __slots__ = ("args", "name")
    fields = __match_args__ = ("name", "args")
    name: str
    args: tuple[Formula, ...]

    def __init__(self, name: str, args: tuple[Formula, ...]) -> None:
        if name not in FUNCTIONS:
            raise ValueError(f"{name} is not a known function: an unknown one is an Unknown")
        least, greatest = FUNCTIONS[name]
        if len(args) < least or (greatest is not None and len(args) > greatest):
            raise ValueError(f"{name} takes {least} to {greatest} arguments, not {len(args)}")
        _set(self, "name", name)
        _set(self, "args", args)

    def children(self) -> tuple[Formula, ...]:
        return self.args

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Call(self.name, children)


class Unknown(Formula):
    """An unspecified smooth function, or a derivative of it: ``orders[k]`` times in argument k."""

    __slots__ = ("args", "name", "orders")
    fields = __match_args__ = ("name", "args", "orders")
    name: str
    args: tuple[Formula, ...]
    orders: tuple[int, ...]

    def __init__(
        self, name: str, args: tuple[Formula, ...], orders: tuple[int, ...] | None = None
    ) -> None:
        _set(self, "name", name)
        _set(self, "args", args)
        _set(self, "orders", orders or (0,) * len(args))
        if len(self.orders) != len(args) or min(self.orders, default=0) < 0:
            raise ValueError(f"{name} needs one order of differentiation for each argument")

    def children(self) -> tuple[Formula, ...]:
        return self.args

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Unknown(self.name, children, self.orders)


class Index(Formula):
    """A member of a family: ``x[i]``, ``W[o, c, j]``."""

    __slots__ = ("indices", "name")
    fields = __match_args__ = ("name", "indices")
    name: str
    indices: tuple[Formula, ...]

    def __init__(self, name: str, indices: tuple[Formula, ...]) -> None:
        _set(self, "name", name)
        _set(self, "indices", indices)

    def children(self) -> tuple[Formula, ...]:
        return self.indices

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Index(self.name, children)
