"""One axis of a transposed convolution by its gather rule: which inputs an output reads.

A second definition beside the scattering one, which is the transpose of an `Axis`: that the two
agree is a theorem, and `same_entries` decides it for all weights.
"""

from __future__ import annotations

import itertools

from symcnn.layers.axis import AxisNumbers
from symcnn.layers.index_table import IndexTable, Run, tap_type


class GatherAxis(AxisNumbers):
    """Output ``t`` reads input ``(t + padding - dilation*j) / stride`` with tap ``j``, where the
    stride divides and the input exists.

    >>> GatherAxis(outputs=5, inputs=2, taps=3, stride=2).table().columns.tolist()
    [0, 0, 0, 1, 1, 1]
    """

    __slots__ = ()

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
