"""LaTeX commands by what they are: operators, spacing, functions, accents, environments."""

from __future__ import annotations

from symcnn.reading.words import GREEK_COMMANDS

# Command -> kind of the token that it stands for.
OPERATOR_COMMANDS: dict[str, str] = {
    "cdot": "*", "times": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "approx": "~",
    "mid": "divides", "land": "and", "wedge": "and", "lor": "or", "vee": "or", "lnot": "not",
    "neg": "not", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "lvert": "|(",
    "rvert": "|)", "vert": "|", "lbrace": r"\{", "rbrace": r"\}", "lbrack": "[", "rbrack": "]",
    "infty": "∞", "odot": "⊙", "otimes": "⊗", "bmod": "mod", "in": "∈", "partial": "∂",
    "ldots": "…", "cdots": "…", "dots": "…", "vdots": "…", "ddots": "…", "dotsc": "…",
    "dotsb": "…", "dotsm": "…", "dotsi": "…", "dotso": "…",
    "sum": "∑", "prod": "∏", "colon": ":", "coloneqq": "=", "coloneq": "=", "prime": "prime",
    "Vert": "‖", "lVert": "‖", "rVert": "‖", "lparen": "(", "rparen": ")", "slash": "/",
}  # fmt: skip
IDLE_COMMANDS = frozenset(
    "quad qquad displaystyle textstyle scriptstyle limits nolimits nonumber notag big Big bigg"
    " Bigg thinspace enspace hfill newline mathstrut allowbreak relax left right bigl bigr Bigl"
    " Bigr biggl biggr Biggl Biggr normalfont rm bf it cr hline noindent centering".split()
)
LEFT = frozenset({"left", "bigl", "Bigl", "biggl", "Biggl"})
RIGHT = frozenset({"right", "bigr", "Bigr", "biggr", "Biggr"})

FUNCTION_COMMANDS: dict[str, str] = {
    "max": "max", "min": "min", "exp": "exp", "log": "log", "ln": "log", "lg": "log", "sin": "sin",
    "cos": "cos", "tan": "tan", "tanh": "tanh", "det": "det", "gcd": "gcd",
}  # fmt: skip
ACCENTS: dict[str, str] = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde",
    "widetilde": "tilde", "vec": "vec", "overrightarrow": "vec", "dot": "dot", "ddot": "ddot",
    "check": "check", "underline": "line", "mathbf": "bf", "bm": "bf", "boldsymbol": "bf",
    "pmb": "bf", "mathcal": "cal", "mathscr": "scr", "mathbb": "bb", "mathfrak": "frak",
}  # fmt: skip
COMMANDS = ("frac", "dfrac", "tfrac", "sqrt", "binom")  # with operands
FONTS = frozenset({"bf", "cal", "scr", "bb", "frak"})
UNIT_COMMANDS: dict[str, str] = {**GREEK_COMMANDS, "ell": "ell", "hbar": "hbar"}

DISPLAYS = frozenset(
    "equation align gather multline split aligned gathered alignat alignedat flalign eqnarray"
    " displaymath math".split()
)
MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array"})
CASES = frozenset({"cases", "dcases", "rcases"})
TRANSPOSES = frozenset({"top", "intercal", "mathsf", "T"})

IF_WORDS = frozenset({"if", "when", "for", "where", "and", "اگر", "برای", "وقتی"})
ELSE_WORDS = frozenset(
    {"otherwise", "else", "else.", "otherwise.", "if not", "در غیر این صورت", "در غیر این‌صورت",
     "در غیر اینصورت", "وگرنه"}
)  # fmt: skip
# Subscripts that stay part of the name even where one of their letters is a bound variable.
SUBSCRIPT_WORDS = frozenset(
    "in out min max mid pad new old hid tot total eff conv fc bn dw pw se exp sq ex full train test"
    " val avg dim src dst cur prev next init img pix".split()
)
