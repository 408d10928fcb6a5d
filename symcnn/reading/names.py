"""What a name means in one text: declared, bound, a family, a function, or new.

``C_in``, ``C_{in}`` and ``C_{\\text{in}}`` are one name, ``C_in``. Accents and fonts are part of a
name, as a suffix: ``\\hat{x}`` is ``x_hat``, ``\\bar{x}`` ``x_bar``, ``\\mathbf{x}`` ``x_bf``,
``\\mathcal{L}`` ``L_cal``. Case counts. Indices are read as written: nothing is shifted.
"""

from __future__ import annotations

from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Symbol
from symcnn.reading.vocabulary import NOTHING_DECLARED, Vocabulary
from symcnn.reading.words import RESERVED

_ALIASES = {"eps": "epsilon", "epsilon": "eps"}


class Names:
    """The names of one text. ``families`` and ``functions`` grow while the text is read.

    A base that turns out to be a family (``x_j`` under a sum over j) after ``x_i`` was taken for a
    plain name is noted in ``again``: the text is then read once more with the family known.
    """

    __slots__ = (
        "again", "bound", "domains", "families", "functions", "given", "lows", "new", "notes",
        "plain", "symbols", "vocabulary",
    )  # fmt: skip

    def __init__(
        self, given: Given | None, families: frozenset[str], functions: frozenset[str]
    ) -> None:
        self.given = given
        self.vocabulary = NOTHING_DECLARED if given is None else given.kept(Vocabulary)
        self.domains = self.vocabulary.domains
        self.families = families
        self.functions = functions
        self.bound: dict[str, int] = {}
        self.lows: dict[str, Formula | None] = {}  # where the sums over bound variables begin
        self.new: dict[str, None] = {}
        self.symbols: dict[str, Symbol] = {}  # names that stand for one number, as met so far
        self.notes: dict[str, None] = {}
        self.plain: dict[str, None] = {}
        self.again = False

    def domain(self, name: str) -> Domain | None:
        """The declared domain; None for new names and for bound variables."""
        return None if name in self.bound else self.domains.get(name)

    def is_declared(self, name: str) -> bool:
        """Whether the question declares the name."""
        return name in self.domains

    def begins(self, head: str) -> bool:
        """Whether a declared name begins with ``head_``."""
        return head in self.vocabulary.begun

    def alias(self, name: str) -> str:
        """``eps`` and ``epsilon`` are one name where only one of them is declared."""
        other = _ALIASES[name]
        if self.known(name) or not self.is_declared(other):
            return name
        self.notes[f"alias:{name}:{other}"] = None
        return other

    def known(self, name: str) -> bool:
        """Declared or bound: such a name beats every other reading of its letters."""
        return name in self.bound or self.is_declared(name)

    def is_family(self, name: str) -> bool:
        """Whether ``name_i`` is a member of a family."""
        if name in self.families:
            return True
        domain = self.domain(name)
        return domain is not None and domain.indices > 0

    def is_function(self, name: str) -> bool:
        """Whether ``name(...)`` applies an unknown function."""
        if name in self.functions:
            return True
        domain = self.domain(name)
        return domain is not None and domain.kind == "function"

    def is_array(self, name: str) -> bool:
        """Whether the bare name stands for a matrix or a vector."""
        domain = self.domain(name)
        return domain is not None and (domain.kind == "matrix" or domain.indices > 0)

    def use(self, name: str) -> None:
        """Remember a free name, new unless it is declared."""
        if name not in self.new and name not in self.bound and name not in self.domains:
            self.new[name] = None

    def lone(self, name: str) -> Symbol | None:
        """The symbol of a name that can mean nothing else, wherever nothing clings to it."""
        found = self.symbols.get(name)
        if found is not None:
            return found
        if (name in RESERVED or "_" in name) and name not in self.vocabulary.symbols:
            if name in RESERVED or self.may_be_member():
                return None
            self.use_subscripted(name, name[: name.index("_")])
            return Symbol(name)
        found = Symbol(name)
        if name not in self.bound:
            self.symbols[name] = found
            if name not in self.domains:
                self.new[name] = None
        return found

    def may_be_member(self) -> bool:
        """Whether a subscript may be an index at all."""
        return bool(self.bound or self.families or self.vocabulary.families)

    def use_subscripted(self, name: str, base: str) -> None:
        """``base_sub`` was taken for one plain name."""
        self.use(name)
        self.plain[base] = None
        if base in self.families:
            self.again = True

    def use_family(self, base: str) -> None:
        """``base`` is a family from here on."""
        self.use(base)
        if base not in self.families and not self.is_family(base):
            self.families |= {base}
            self.again = self.again or base in self.plain

    def use_function(self, name: str) -> None:
        """``name`` is an unknown function from here on."""
        self.use(name)
        if name not in self.functions and not self.is_function(name):
            self.functions |= {name}
            self.again = True

    def bind(self, name: str) -> None:
        """Enter the scope of a bound variable."""
        self.bound[name] = self.bound.get(name, 0) + 1

    def release(self, name: str) -> None:
        """Leave that scope."""
        if self.bound[name] == 1:
            del self.bound[name]
        else:
            self.bound[name] -= 1

    def split(self, run: str) -> tuple[str, ...] | None:
        """A run of letters as a product of two or more declared names, the longest first.

        A name goes on over its subscript, so ``HWC_in`` is H, W, C_in.
        """
        reach: list[tuple[str, ...] | None] = [()]
        longest = self.vocabulary.longest
        for end in range(1, len(run) + 1):
            found: tuple[str, ...] | None = None
            for start in range(max(0, end - longest), end):
                before = reach[start]
                if before is not None and run[start:end] in self.domains:
                    found = (*before, run[start:end])
                    break
            reach.append(found)
        pieces = reach[-1]
        return pieces if pieces is not None and len(pieces) > 1 else None
