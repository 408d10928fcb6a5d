"""All the mistakes that are known by name, in the order in which they are told."""

from __future__ import annotations

from symcnn.diagnosis.algebra import ALGEBRA
from symcnn.diagnosis.averages import AVERAGES
from symcnn.diagnosis.biases import BIASES
from symcnn.diagnosis.channels import CHANNELS
from symcnn.diagnosis.counts import COUNTS
from symcnn.diagnosis.groups import GROUPS
from symcnn.diagnosis.indices import INDICES
from symcnn.diagnosis.initialisation import INITIALISATION
from symcnn.diagnosis.matrices import MATRICES
from symcnn.diagnosis.mistake import Mistake, told
from symcnn.diagnosis.normalisation import NORMALISATION
from symcnn.diagnosis.reach import REACH
from symcnn.diagnosis.signs import SIGNS
from symcnn.diagnosis.sizes import SIZES
from symcnn.diagnosis.units import UNITS
from symcnn.diagnosis.windows import WINDOWS
from symcnn.errors import AuthorError

_EVERY = (
    *BIASES, *GROUPS, *WINDOWS, *SIZES, *COUNTS, *INITIALISATION, *CHANNELS, *REACH, *AVERAGES,
    *NORMALISATION, *MATRICES, *INDICES, *SIGNS, *UNITS, *ALGEBRA,
)  # fmt: skip
MISTAKES: tuple[Mistake, ...] = (
    *(each for each in _EVERY if not each.general),
    *(each for each in _EVERY if each.general),
)
KINDS: tuple[str, ...] = tuple(each.kind for each in MISTAKES)


def sentence(kind: str, lang: str = "en") -> str:
    """What a student is told about a mistake, in English or Persian ("fa").

    Raises AuthorError for a name that there is not, with the nearest that there are.

    >>> sentence("bias-once")
    'The bias was counted once; each of the C_out filters has its own.'
    """
    if kind not in KINDS:
        from difflib import get_close_matches

        near = get_close_matches(kind, KINDS, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "`symcnn.diagnosis.KINDS` is all"
        raise AuthorError(f"there is no mistake {kind!r}; {hint}")
    return told(MISTAKES[KINDS.index(kind)], lang)
