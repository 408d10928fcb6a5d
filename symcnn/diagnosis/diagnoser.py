"""Why a wrong answer is wrong: looked up by its values, then confirmed by the prover."""

from __future__ import annotations

from fractions import Fraction
from typing import Never

from symcnn.claims.statements import Equation
from symcnn.diagnosis.mistake import Slip
from symcnn.diagnosis.mistakes import MISTAKES, sentence
from symcnn.diagnosis.mutants import Mutant, mutants
from symcnn.diagnosis.places import tidy
from symcnn.diagnosis.table import EMPTY, Table, Token, made, token, value_of
from symcnn.formula.conditions import Condition
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import free_names
from symcnn.prover import ReadyKey, settle
from symcnn.prover.rational_key import RationalKey

MOST = 3  # slips that are named
_ASKED = 6  # proofs that are tried for one answer
_SET = object.__setattr__


class Diagnoser:
    """Names the slips that lead from a key to a wrong answer; immutable, picklable, thread-safe.

    ``given`` holds domains and relations, ``names`` the names that an answer may use besides. The
    mutations of the key are made at the first answer, and kept.

    >>> from symcnn.reading import read, read_given
    >>> given = read_given("cnn")
    >>> why = Diagnoser(read("K^2*C_in*C_out + C_out", given).formula, given)
    >>> [slip.kind for slip in why.slips(read("C_out*K^2*C_in + 1", given).formula)]
    ['bias-once']
    """

    __slots__ = ("_keys", "_mutants", "_table", "given", "names", "reference")
    reference: Formula
    given: Given
    names: Given
    _table: Table
    _mutants: tuple[Mutant, ...]
    _keys: dict[int, RationalKey | ReadyKey | None]

    def __init__(self, reference: Formula, given: Given, names: Given | None = None) -> None:
        _SET(self, "reference", reference)
        _SET(self, "given", given)
        _SET(self, "names", names or given)

    def slips(self, candidate: Formula, within: Fraction | int = 0) -> tuple[Slip, ...]:
        """What the answer probably did, the most specific first, at most three; () where unknown.

        ``within`` is how far a rounded number may lie from what it stands for. Raises AuthorError
        when the assumptions contradict each other.
        """
        return self.explained(candidate, within)[0]

    def explained(
        self, candidate: Formula, within: Fraction | int = 0
    ) -> tuple[tuple[Slip, ...], Formula | None]:
        """`slips`, and the mutation of the key that the answer was proved equal to."""
        kinds, index = self._named(candidate, Fraction(within))
        slips = tuple(Slip(kind, sentence(kind)) for kind in kinds)
        return slips, None if index is None else self._mutants[index].formula

    def _named(self, candidate: Formula, within: Fraction) -> tuple[tuple[str, ...], int | None]:
        table = self.table
        row: dict[tuple[Token, ...], tuple[int, ...]] | None = None
        tokens = []
        for point in table.points:
            value = value_of(candidate, point)
            if within and isinstance(value, Fraction) and not point:
                return self._near(value, within), None
            if row is None:
                row = table.mutants.get(token(value, table.rounded))
                if row is None:
                    return (), None
            else:
                tokens.append(token(value, table.rounded))
        if row is None:
            return (), None
        confirmed = self._confirmed(candidate, row.get(tuple(tokens), ()))
        ranks = [self._mutants[index].rank for index in confirmed]
        return _told(ranks), confirmed[0] if confirmed else None

    def _near(self, value: Fraction, within: Fraction) -> tuple[str, ...]:
        """Numbers that round to the answer, and that the key is not near to."""
        own, others = self.table.numbers
        if own is None or abs(own - value) <= within:
            return ()
        return _told(
            [
                self._mutants[index].rank
                for index, other in others
                if abs(other - value) <= within and abs(other - own) > 2 * within
            ]
        )

    def _confirmed(self, candidate: Formula, found: tuple[int, ...]) -> list[int]:
        """The mutants that the candidate is equal to, one for each mistake."""
        equal: list[int] = []
        ranks: list[int] = []
        for asked, index in enumerate(found):
            mutant = self._mutants[index]
            if mutant.rank in ranks:
                continue
            if asked >= _ASKED or len(ranks) >= MOST:
                break
            if ranks and MISTAKES[mutant.rank].general:
                break
            if self._equal(candidate, index):
                equal.append(index)
                ranks.append(mutant.rank)
        return equal

    def _equal(self, candidate: Formula, index: int) -> bool:
        """Whether the prover shows that the candidate is this mutant."""
        wrong = self._mutants[index].formula
        if candidate == wrong or tidy(candidate, ordered=True) == tidy(wrong, ordered=True):
            return True
        key = self._key(index)
        kind = None if key is None else key.kind(candidate)
        if kind is None:
            kind = settle(Equation(candidate, wrong), self.given).kind
        return kind == "proved"

    def _key(self, index: int) -> RationalKey | ReadyKey | None:
        keys = self._keys
        if index not in keys:
            wrong = self._mutants[index].formula
            keys[index] = RationalKey.of(wrong, self.given, self.table.points[0]) or ReadyKey.of(
                wrong, self.given
            )
        return keys[index]

    @property
    def table(self) -> Table:
        """The mutants of the key by their values, made at the first use."""
        try:
            return self._table
        except AttributeError:
            known = dict.fromkeys(n for n, _ in (*self.given.domains, *self.names.domains))
            wrong: tuple[Mutant, ...] = ()
            if not isinstance(self.reference, Condition):
                wrong = tuple(mutants(self.reference, self.given, tuple(known), MISTAKES))
            _SET(self, "_mutants", wrong)
            _SET(self, "_keys", {})
            _SET(self, "_table", made(self.reference, self.given, wrong) if wrong else EMPTY)
            return self._table

    def indistinguishable(self) -> tuple[tuple[str, ...], ...]:
        """Mistakes that lead from this key to the same formula, so that they are told together.

        General ones, such as a missing factor, are left out.
        """
        groups: dict[tuple[str, ...], None] = {}
        for row in self.table.mutants.values():
            for found in row.values():
                special = [i for i in found if not MISTAKES[self._mutants[i].rank].general]
                while special:
                    first, *rest = special
                    formula = self._mutants[first].formula
                    alike = [first, *(i for i in rest if self._equal(formula, i))]
                    ranks = sorted({self._mutants[i].rank for i in alike})
                    if len(ranks) > 1:
                        groups.setdefault(tuple(MISTAKES[rank].kind for rank in ranks))
                    special = [i for i in rest if i not in alike]
        return tuple(sorted(groups))

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"a diagnoser does not change: {name}")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        return Diagnoser, (self.reference, self.given, self.names)

    def __repr__(self) -> str:
        from symcnn.formula.plain import plain

        return f"Diagnoser({plain(self.reference)!r}: {', '.join(free_names(self.reference))})"


def _told(ranks: list[int]) -> tuple[str, ...]:
    """The kinds, specific before general, at most three; general ones only by themselves."""
    ordered = sorted(set(ranks))
    special = [rank for rank in ordered if not MISTAKES[rank].general]
    return tuple(MISTAKES[rank].kind for rank in (special or ordered)[:MOST])
