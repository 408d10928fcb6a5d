"""Common notation, read at once and by the reader: what differs between the two."""

from __future__ import annotations

from symcnn.errors import ParseError
from symcnn.formula.domains import Given
from symcnn.prover.packed import BITS, Outside, Packed, fraction, proper, times
from symcnn.prover.packed_floors import Floors, Integers
from symcnn.reading import Reading, read
from symcnn.verifying import quick
from symcnn.verifying.quick_codes import Notation


class AtOnce:
    """The notation of what is given: its numbers, and nothing else."""

    def __init__(self, given: Given) -> None:
        self.given = given
        numbers = {
            name: domain
            for name, domain in given.domains
            if domain.kind in ("integer", "real") and not domain.indices
        }
        self.sorts = Integers(numbers)
        self.notation = Notation(self.sorts.names, self.sorts.never_0)

    def taken(self, text: str) -> tuple[Packed, Packed | None, Floors] | None:
        """What the text means where it is in common notation."""
        floors = Floors(self.sorts)
        try:
            return *quick.fraction(text, self.notation, floors), floors
        except Outside:
            return None

    def disagreement(self, text: str, reading: Reading | ParseError | None = None) -> str:
        """How the reader understands a text otherwise; nothing where it is not taken at once."""
        found = self.taken(text)
        if found is None:
            return ""
        if reading is None:
            reading = read(text, self.given)
        if isinstance(reading, ParseError):
            return f"taken, though it cannot be read: {reading.message}"
        if reading.new_names or reading.alternatives:
            return f"taken, though it has new names or other readings: {reading}"
        above, below, floors = found
        more = Floors(self.sorts, floors.found)
        top, bottom = fraction(reading.formula, self.sorts.names, more)
        if (above if bottom is None else times(above, bottom)) != (
            top if below is None else times(top, below)
        ):
            return f"taken as another formula than {reading.formula}"
        if _conditions(floors) != _conditions(more) or more.found != floors.found:
            return f"taken with other divisors or floors than {reading.formula}"
        return ""


def _conditions(divisors: Floors) -> set[object]:
    """What must not be 0: names that are factors of divisors, and the divisors without them."""
    names = divisors.sorts.names
    field = (1 << BITS) - 1
    found: set[object] = set()
    for divisor in divisors:
        whole, _ = proper(divisor, None, names)
        common = 0
        for place in range(names.fields):
            if least := min(key >> (BITS * place) & field for key in whole):
                if divisors.sorts.doubtful >> (BITS * place) & field:
                    found.add(place)
                common += least << (BITS * place)
        bare = frozenset(
            ((key - common) & ((1 << BITS * names.fields) - 1), each) for key, each in whole.items()
        )
        if len(bare) > 1:
            found.add(bare)
    return found
