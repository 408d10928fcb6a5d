"""One axis of a convolution with concrete numbers: which tap joins which output and input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.layers.index_table import IndexTable, Run, require_size, tap_type

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.integer[Any]]


@frozen
class AxisNumbers:
    """The numbers of one axis, and which of them are possible.

    ``outputs``, ``inputs`` and ``taps`` count positions. A negative dilation reads the kernel
    backwards. Raises AuthorError for a dilation of 0, a stride below 1, or no positions.

    >>> AxisNumbers(outputs=3, inputs=4, taps=2).sizes
    (3, 4, 2)
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


class Axis(AxisNumbers):
    """Tap ``j`` joins output ``o`` and input ``stride*o + dilation*j - padding``.

    Taps that fall outside are dropped.

    >>> Axis(outputs=3, inputs=3, taps=2, padding=1).table().columns.tolist()
    [0, 0, 1, 1, 2]
    """

    __slots__ = ()

    def _hits(self, o: int) -> tuple[int, int]:
        """The first valid tap of output ``o`` in the order of the input, and how many are valid."""
        step, start = self._ascending()
        left = self.stride * o + start
        low = max(0, -(left // step))
        return low, max(0, min(self.taps - 1, (self.inputs - 1 - left) // step) - low + 1)

    def _ascending(self) -> tuple[int, int]:
        """The distance of taps in the order of the input, and where output 0 finds the first."""
        if self.dilation > 0:
            return self.dilation, -self.padding
        return -self.dilation, self.dilation * (self.taps - 1) - self.padding

    def _inside(self) -> tuple[int, int]:
        """The outputs, from the first to before the last, whose taps are all valid."""
        step, start = self._ascending()
        last = (self.inputs - 1 - start - step * (self.taps - 1)) // self.stride
        begin = min(self.outputs, max(0, -(start // self.stride)))
        return begin, max(begin, min(self.outputs, last + 1))

    def runs(self) -> list[Run]:
        """Outputs that see the same taps, one run after the other."""
        import numpy as np

        step, start = self._ascending()
        window, taps = step * np.arange(self.taps) + start, np.arange(self.taps)
        if self.dilation < 0:
            taps = taps[::-1]
        begin, end = self._inside()
        spans = [(o, 1, *self._hits(o)) for o in range(begin)]
        if end > begin:
            spans.append((begin, end - begin, 0, self.taps))
        spans += [(o, 1, *self._hits(o)) for o in range(end, self.outputs)]
        return [
            Run(
                rows,
                window[low : low + count] + self.stride * o,
                taps[low : low + count],
                self.stride,
                0,
            )
            for o, rows, low, count in spans
        ]

    def table(self) -> IndexTable:
        """The axis on its own, a Toeplitz matrix where the stride is 1."""
        import numpy as np

        require_size(self.outputs * self.taps)

        step, start = self._ascending()
        window = np.arange(start, start + step * self.taps, step, dtype=np.int32)
        columns = (
            np.arange(0, self.outputs * self.stride, self.stride, dtype=np.int32)[:, None] + window
        )
        taps = np.arange(self.taps, dtype=tap_type(self.taps))
        if self.dilation < 0:
            taps = taps[::-1]
        every: IntArray = np.empty(columns.shape, tap_type(self.taps))
        every[...] = taps
        shape = (self.outputs, self.inputs)
        begin, end = self._inside()
        if begin == 0 and end == self.outputs:
            return IndexTable(shape, self.taps, columns.ravel(), every.ravel(), self.taps)
        valid = (columns >= 0) & (columns < self.inputs)
        lengths = valid.sum(axis=1, dtype=np.int32)
        return IndexTable(shape, self.taps, columns[valid], every[valid], lengths=lengths)
