"""``BN(conv(alpha x)) = sign(alpha) BN(conv(x))`` without epsilon, through any convolution.

Ours proves two statements for all sizes: a convolution in two dimensions takes alpha out, and
normalisation of any m numbers takes out the sign. SymPy simplifies the law for one output of a 2x2
kernel on a 4x4 image.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy

from symcnn.claims import Equation, Proved, Verdict
from symcnn.formula import Call, Formula, Index, Sum, Symbol, formula
from symcnn.prover import decide
from symcnn.reading import read_given
from tests.benchmarks.pairs import Pair

ALPHA, M, K, C = map(Symbol, ("alpha", "m", "K", "C"))
GIVEN = read_given(
    "alpha: real; alpha != 0; m, K, C: positive integer; n, p, q: nonnegative integer; n < m; "
    "x, w, z: indexed real"
)
IMAGE, KERNEL = 4, 2


def convolution(scale: Callable[[Formula], Formula]) -> Formula:
    """Output (p, q): all channels and taps; the input is scaled."""
    c, u, v = map(Symbol, "cuv")
    signal = scale(Index("x", (c, Symbol("p") + u, Symbol("q") + v)))
    body: Formula = Index("w", (c, u, v)) * signal
    for name, size in (("v", K), ("u", K), ("c", C)):
        body = Sum(body, name, formula(0), size - 1)
    return body


def normalised(scale: Callable[[Formula], Formula]) -> Formula:
    """Number n of m, scaled, less the mean and over the standard deviation of all."""

    def z(name: str) -> Formula:
        return scale(Index("z", (Symbol(name),)))

    mean = Sum(z("t"), "t", formula(0), M - 1) / M
    variance = Sum((z("s") - mean) ** 2, "s", formula(0), M - 1) / M
    return (z("n") - mean) / Call("sqrt", (variance,))


def _same(value: Formula) -> Formula:
    return value


def _scaled(value: Formula) -> Formula:
    return ALPHA * value


def proved() -> tuple[Verdict, Verdict]:
    """The two statements."""
    linear = Equation(convolution(_scaled), ALPHA * convolution(_same))
    law = Equation(normalised(_scaled), Call("sign", (ALPHA,)) * normalised(_same))
    return decide(linear, GIVEN), decide(law, GIVEN)


def by_sympy() -> Any:
    """What is left of the difference of both sides."""
    alpha = sympy.Symbol("alpha", real=True, nonzero=True)
    x = sympy.Matrix(IMAGE, IMAGE, sympy.symbols(f"x:{IMAGE**2}", real=True))
    w = sympy.Matrix(KERNEL, KERNEL, sympy.symbols(f"w:{KERNEL**2}", real=True))
    outputs = range(IMAGE - KERNEL + 1)

    def first(image: sympy.Matrix) -> Any:
        z = [
            sum(w[u, v] * image[p + u, q + v] for u in range(KERNEL) for v in range(KERNEL))
            for p in outputs
            for q in outputs
        ]
        mean = sum(z) / len(z)
        return (z[0] - mean) / sympy.sqrt(sum((each - mean) ** 2 for each in z) / len(z))

    return sympy.simplify(first(alpha * x) - sympy.sign(alpha) * first(x))


def pairs() -> Iterator[Pair]:
    """SymPy takes half a minute or more, so it is asked once."""
    yield Pair(
        "sign law, any size; SymPy 4x4, once",
        proved,
        by_sympy,
        "sympy.simplify",
        lambda ours, left: left == 0 and all(isinstance(each, Proved) for each in ours),
        rounds=1,
    )
