"""Marking on many machines: parts of a class go to the workers of a dask.distributed cluster.

A worker marks its part through a marking server of its own, so limits hold there as they do here,
and an answer that kills its process does not kill the worker. When a worker is lost, its part goes
to another one.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from symcnn.errors import SymcnnError, ToolMissing
from symcnn.grader.assignment import Assignment
from symcnn.grader.running.batches import Item, Make
from symcnn.grader.running.isolated import BATCH, marked_isolated
from symcnn.grader.running.journal import sources
from symcnn.grader.running.limits import Limits

INSTALL = "pip install 'symcnn[dask]'"
_PARTS_A_WORKER = 4
_MOST = 20 * BATCH  # submissions in a part: what is lost with a worker
_PATIENCE = "10s"  # until a scheduler answers


def mark_items(
    items: Sequence[Item],
    make: Make,
    assignment: Assignment,
    limits: Limits,
    detail: bool,
    version: str,
) -> list[bytes]:
    """The lines of some submissions: what a worker does. It depends on its arguments alone.

    Raises SymcnnError where the worker has another symcnn than ``version``: marks might differ.
    """
    own = sources()
    if own != version:
        raise SymcnnError(f"a worker has symcnn {own}, not {version}: install the same there")
    return list(marked_isolated(make, assignment, items, detail=detail, limits=limits))


def marked_on_cluster(
    address: str,
    make: Make,
    assignment: Assignment,
    items: Sequence[Item],
    limits: Limits,
    detail: bool,
) -> Generator[bytes, None, None]:
    """A line for each item, part by part as they are finished.

    Raises ToolMissing where dask.distributed is not installed, SymcnnError where no scheduler
    answers or no worker is left, AuthorError for an unusable assignment.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError as error:
        raise ToolMissing(f"--scheduler needs dask.distributed: {INSTALL}") from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = "name it as `dask scheduler` prints it, such as tcp://10.0.0.1:8786"
        raise SymcnnError(f"no scheduler answers at {address}: {error}; {hint}") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise SymcnnError(f"the scheduler at {address} has no worker: start one")
        futures = client.map(
            mark_items,
            list(parts(items, threads)),
            make=make,
            assignment=assignment,
            limits=limits,
            detail=detail,
            version=sources(),
            pure=False,
        )
        try:
            for future in as_completed(futures, loop=client.loop):
                yield from future.result()
        except KilledWorker as error:
            raise SymcnnError(f"{address} lost its workers again and again: {error}") from error


def parts(items: Sequence[Item], workers: int) -> Generator[list[Item], None, None]:
    """The items in pieces for so many workers: several for each, none of them small.

    >>> items = [Item(str(n), str(n), ()) for n in range(1000)]
    >>> [len(each) for each in parts(items, 2)], len(list(parts(items, 100)))
    ([125, 125, 125, 125, 125, 125, 125, 125], 20)
    """
    size = -(-len(items) // (_PARTS_A_WORKER * workers))
    size = min(_MOST, max(BATCH, size))
    for begin in range(0, len(items), size):
        yield list(items[begin : begin + size])
