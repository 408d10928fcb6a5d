"""The words that the grammars know: functions, constants, connectives, Greek letters.

All of them are ordinary names as soon as the question declares them.
"""

from __future__ import annotations

from symcnn.formula.nodes import FUNCTIONS

# What people write -> the function of the language. `log2` and the like carry a base.
FUNCTION_WORDS: dict[str, str] = {
    **{name: name for name in FUNCTIONS if name not in ("pi", "infinity")},
    "ceiling": "ceil", "sgn": "sign", "ln": "log", "Max": "max", "Min": "min", "Abs": "abs",
    "ReLU": "relu", "Relu": "relu", "Sigmoid": "sigmoid", "sigma": "sigmoid",
    "binom": "binomial", "comb": "binomial", "tr": "trace", "Tr": "trace", "Mod": "mod",
    "log2": "log2", "log10": "log10",
}  # fmt: skip

BASES = {"log2": 2, "log10": 10}
SUMS = frozenset({"Sum", "sum", "Prod", "prod", "Product"})
SPECIAL = SUMS | {
    "Bracket", "Cases", "Piecewise", "Matrix", "Vector", "Tensor", "Array", "diff",
}  # fmt: skip
CONSTANTS = {"pi": "pi", "infinity": "infinity", "oo": "infinity", "inf": "infinity"}
KNOWN = frozenset({*FUNCTION_WORDS, *SPECIAL, *CONSTANTS})
RESERVED = KNOWN | {"e", "eps", "epsilon"}  # these mean something that no declaration says
CONNECTIVES = frozenset({"and", "or", "not", "divides"})
RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "divides", "~"})

GREEK: dict[str, str] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "µ": "mu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega", "ℓ": "ell",
}  # fmt: skip
GREEK_COMMANDS: dict[str, str] = {
    **{name: name for name in GREEK.values()},
    "iota": "iota", "nu": "nu", "upsilon": "upsilon", "Upsilon": "Upsilon",
    "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho",
    "varsigma": "sigma", "varpi": "pi", "varkappa": "kappa", "imath": "i", "jmath": "j",
}  # fmt: skip
