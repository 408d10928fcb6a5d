"""What the reader asks about declared names, looked up: made once for each `Given`."""

from __future__ import annotations

from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Symbol
from symcnn.reading.plain_tokens import KINDS, UNLISTED, Kinds


class Vocabulary:
    """The declared names: domains, tokens, symbols, and how they begin."""

    __slots__ = ("begun", "domains", "families", "kinds", "longest", "starts", "symbols")

    def __init__(self, given: Given) -> None:
        self.domains: dict[str, Domain] = dict(given.domains)
        names = self.domains
        self.kinds = Kinds({**dict.fromkeys(names, "a"), **KINDS}, UNLISTED) if names else KINDS
        # Names that stand for one number wherever they are written.
        self.symbols = {
            name: Symbol(name)
            for name, domain in names.items()
            if domain.kind in ("integer", "real") and not domain.indices
        }
        self.families = any(domain.indices for domain in names.values())
        self.longest = max(map(len, names), default=0)
        self.begun = frozenset(  # what stands before an underscore
            name[:at] for name in names for at, sign in enumerate(name) if sign == "_"
        )
        self.starts = frozenset(  # the first two letters of what a run of letters may begin with
            name[:2] for name in (*names, *sorted(self.begun)) if len(name) > 1
        )


NOTHING_DECLARED = Vocabulary(Given())
