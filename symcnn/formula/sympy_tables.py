"""Which head of ours is which class of SymPy: plain names, one table for both directions.

No SymPy is imported here; the bridge looks the names up in the module that it is handed.
"""

from __future__ import annotations

# Functions of numbers, unevaluated on the way out.
NUMBER_CALLS: dict[str, str] = {
    "floor": "floor", "ceil": "ceiling", "mod": "Mod", "abs": "Abs", "sign": "sign", "max": "Max",
    "min": "Min", "exp": "exp", "log": "log", "sin": "sin", "cos": "cos", "tan": "tan",
    "tanh": "tanh", "erf": "erf", "factorial": "factorial", "binomial": "binomial",
}  # fmt: skip

MATRIX_CALLS: dict[str, str] = {
    "transpose": "Transpose", "kron": "KroneckerProduct", "hadamard": "HadamardProduct",
    "det": "Determinant", "trace": "Trace",
}  # fmt: skip

CONSTANTS: dict[str, str] = {"pi": "pi", "infinity": "oo"}

RELATIONS: dict[str, str] = {
    "=": "Equality", "!=": "Unequality", "<": "StrictLessThan", "<=": "LessThan",
    ">": "StrictGreaterThan", ">=": "GreaterThan",
}  # fmt: skip

# Written in terms of the others on the way out; they come back in that other form.
ONE_WAY: tuple[str, ...] = ("relu", "sigmoid", "root")

# SymPy has no unevaluated form that means the same.
WITHOUT: tuple[str, ...] = ("gcd",)
