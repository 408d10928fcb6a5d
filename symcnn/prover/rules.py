"""The rules that certificates name, each with what it says in one line."""

from __future__ import annotations

from types import MappingProxyType

RULES = MappingProxyType(
    {
        "as written": "Both sides are the same formula.",
        "rational normal form": "f - g has the numerator polynomial 0 over common atoms.",
        "integer parts": "Integers leave a floor, floors of floors join; ceil and mod by floor.",
        "absolute values": "Factors leave |u|, known signs decide it; relu, max, min by |u|.",
        "roots": "Squares leave a root, roots of products part; a root to its degree is its base.",
        "exponentials": "exp(a + b) = exp(a)*exp(b); sigmoid and tanh by exp.",
        "logarithms": "Factors of what a logarithm takes become terms.",
        "powers": "Exponents that add up are powers that multiply.",
        "contradiction": "No point satisfies these conditions at once (a linear system).",
        "literal arithmetic": "Sums of literal length and brackets of literals are carried out.",
        "brackets": "Ranges become brackets; equations eliminate bound variables; regions add up.",
        "quotients": "[d divides e]*g[e/d] is the sum of [e = d*i]*g[i] over i, d not 0.",
        "supports": "A member of a family with support is 0 outside of it.",
        "shared definedness": "A product of what the reference needs positive, and of squares.",
        "sizes": "Two arrays have the same number of dimensions and equal sizes.",
        "entries": "Arrays of equal sizes are equal when their entries are, index by index.",
        "generic entry": "One entry at indices that only lie in range stands for all of them.",
        "products": "Constants and powers leave products; ranges are brought to one.",
        "counted factors": "Every factor stands in both products equally often.",
        "constants outside": "Factors that a sum does not vary leave it; power sums are closed.",
        "residues": "Integers under floors by literals are split by their residues.",
        "solved": "An assumption that determines a name is used to replace it.",
        "definedness": "The candidate has a value wherever the reference has one.",
        "admissible point": "At this point of the domain both sides have a value.",
        "links": "A chain holds when each of its links does.",
        "relation by equality": "A relation that is reflexive follows from equality.",
        "leading terms": "A quotient tends to that of its fastest terms, or to 0 or infinity.",
        "putting in": "A function that is continuous at a point tends to its value there.",
        "difference": "The sign of the difference of both sides decides the relation.",
        "enumeration": "Everything that is claimed is evaluated.",
        "cases": "The domain is split by a condition and its negation; each part is proved.",
        "conjunction": "Each part holds.",
        "disjunction": "One of the parts holds.",
        "premise assumed": "The conclusion is proved with the premise among the assumptions.",
        "bases of powers": "0 <= a <= b gives a^n <= b^n for an integer n >= 0.",
        "base and step": "It holds at the first value, and at n + 1 if it does at n.",
        "unsatisfiable negation": "No point of the domain satisfies the negation (z3).",
    }
)
