"""How large a text may be, in every direction, before anything is built from it.

The order in which they are checked: characters, depth, digits of a literal, and the size of every
constant value (`sizes.py`). Each is far above what a person writes and far below what hurts.
"""

from __future__ import annotations

MAX_CHARACTERS = 20_000
MAX_LINES = 2_000
MAX_PARTED = 4  # brackets left open in a derivation, after which every line stands by itself
MAX_DEPTH = 40  # groups inside groups
MAX_TREE = 120  # levels of the formula, so that recursive functions over it stay within the stack
MAX_RUN = 5  # signs before, or factorials and powers after one operand; primes of a derivative
MAX_DIGITS = 1_000  # of one literal
MAX_BITS = 1 << 21  # of any constant value: about 630,000 digits
MAX_EXPONENT_BITS = 20  # exponents up to about a million
MAX_TERMS = 10**6  # of a sum or product with constant ends, nested ones multiplied
MAX_SLASHES = 3  # Persian slashes in one text: 2**3 readings
