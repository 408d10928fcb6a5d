"""One axis of a transposed convolution by its gather rule: which inputs an output reads.

A second definition beside the scattering one, which is the transpose of an `Axis`: that the two
agree is a theorem, and `same_entries` decides it for all weights.
"""

from __future__ import annotations

import itertools

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.layers.index_table import IndexTable, Run, tap_type


@frozen
class GatherAxis:
    """Output ``t`` reads input ``(t + padding - dilation*j) / stride`` with tap ``j``, where the
    stride divides and the input exists.

    Numbers as in `Axis`; a negative dilation reads the kernel backwards. Raises AuthorError as
    `Axis` does.

    >>> GatherAxis(outputs=5, inputs=2, taps=3, stride=2).table().columns.tolist()
    [0, 0, 0, 1, 1, 1]
    """

    outputs: int
    inputs: int
    taps: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    def __post_init__(self) -> None:
        if min(self.outputs, self.inputs, self.taps, self.stride) < 1 or self.dilation == 0:
            raise AuthorError(
                "an axis needs outputs, inputs, taps and stride of at least 1 and a dilation that "
                f"is not 0: {self!r}"
            )

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Rows, columns and taps."""
        return self.outputs, self.inputs, self.taps

    def table(self) -> IndexTable:
        """The axis on its own."""
        import numpy as np

        taps = np.arange(self.taps)
        if self.dilation > 0:  # later taps read earlier inputs, and columns ascend in a table
            taps = taps[::-1]
        reach = np.arange(self.outputs)[:, None] + (self.padding - self.dilation * taps)
        columns, rest = np.divmod(reach, self.stride)
        valid = (rest == 0) & (columns >= 0) & (columns < self.inputs)
        return IndexTable(
            (self.outputs, self.inputs),
            self.taps,
            columns[valid].astype(np.int32),
            np.broadcast_to(taps, valid.shape)[valid].astype(tap_type(self.taps)),
            lengths=valid.sum(axis=1, dtype=np.int32),
        )

    def runs(self) -> list[Run]:
        """Every output for itself: neighbours differ where the stride is not 1."""
        table = self.table()
        pointers = table.pointers().tolist()
        return [
            Run(1, table.columns[begin:end], table.taps[begin:end], 0, 0)
            for begin, end in itertools.pairwise(pointers)
        ]
