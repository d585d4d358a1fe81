"""A child process for work on files that nobody vouches for: bounded in memory, killed when it stalls.

Parsers of PDF and HTML are large and can be made to loop or to swallow memory. They run here, in one child
that is kept for the next file; what it does can neither hang nor take down the run that called it.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from tailgraph.errors import InputRefused

MEMORY_BYTES = 512 * 1024 * 1024
_AS_TEXT = "Save its text as a plain text file and give that instead."
_SPAWN = multiprocessing.get_context("spawn")


class Stalled(InputRefused):
    """The file kept its parser busy for longer than any honest file does."""


class TooHungry(InputRefused):
    """The file made its parser ask for more memory than it may have, or crashed it."""


class ParserFailed(InputRefused):
    """The parser met something that it was not made for. The child goes on with the next file."""


class _Child:
    """One worker process and the pipe to it."""

    def __init__(self) -> None:
        self.connection, far_end = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(far_end, MEMORY_BYTES), daemon=True)
        self.process.start()
        far_end.close()

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


_lock = threading.Lock()
_child: _Child | None = None


def collect(work: Callable[..., Iterable[Any]], *arguments: Any, where: str, stall_s: float,
            total_s: float) -> list[Any]:
    """All that `work(*arguments)` yields, computed in the child.

    `work` must be a module-level function, its arguments and yields picklable. An `InputRefused` that it
    raises comes back as itself. Raises Stalled when one item takes more than `stall_s` seconds of CPU time or
    all of them more than `total_s` (ten times that by the clock, for a busy machine), TooHungry when the
    child runs out of memory or dies.
    """
    with _lock:
        child = _running_child()
        finished = False
        try:
            child.connection.send((work, arguments))
            items = list(_items(child, where, _Patience(child.process.pid, stall_s, total_s)))
            finished = True
            return items
        except (EOFError, OSError) as error:
            raise TooHungry("Reading it took too much memory or crashed the parser.", where=where,
                            remedy=_AS_TEXT) from error
        except _Reported as report:
            finished = True
            raise report.error from None
        finally:
            if not finished:
                _discard()


class _Reported(Exception):
    """An error of the work itself, brought back whole; the child is in order."""

    def __init__(self, error: InputRefused) -> None:
        super().__init__()
        self.error = error


class _Patience:
    """How much longer a child may work on one item, and on all of them."""

    def __init__(self, pid: int | None, stall_s: float, total_s: float) -> None:
        import psutil

        self._process = psutil.Process(pid)
        self._stall_s, self._total_s = stall_s, total_s
        self._begun = self._item_begun = self._cpu()
        self._clock = monotonic()

    def start(self) -> None:
        """The child has loaded what it needs and begins."""
        self._begun = self._item_begun = self._cpu()
        self._clock = monotonic()

    def renew(self) -> None:
        self._item_begun = self._cpu()

    def is_over(self) -> bool:
        spent = self._cpu()
        return (spent - self._item_begun > self._stall_s or spent - self._begun > self._total_s
                or monotonic() - self._clock > 10 * self._total_s)

    def _cpu(self) -> float:
        import psutil

        with contextlib.suppress(psutil.Error):
            times = self._process.cpu_times()
            return float(times.user + times.system)
        return 0.0


def _items(child: _Child, where: str, patience: _Patience) -> Iterator[Any]:
    while True:
        while not child.connection.poll(_GLANCE_S):
            if patience.is_over():
                raise Stalled("Reading it takes too long; it may have been made to.", where=where,
                              remedy=_AS_TEXT)
        label, value = child.connection.recv()
        match label:
            case "ready":
                patience.start()
            case "item":
                patience.renew()
                yield value
            case "refused":
                message, remedy = value
                raise _Reported(InputRefused(message, where=where, remedy=remedy))
            case "hungry":
                raise EOFError
            case "failed":
                raise _Reported(ParserFailed(f"Its parser failed: {value}.", where=where, remedy=_AS_TEXT))
            case _:
                return


_GLANCE_S = 0.2


def _running_child() -> _Child:
    global _child
    if _child is None or not _child.process.is_alive():
        _child = _Child()
    return _child


def _discard() -> None:
    global _child
    if _child is not None:
        _child.stop()
        _child = None


atexit.register(_discard)


# --- in the child ------------------------------------------------------------------------------------------


def _serve(connection: Connection, memory: int) -> None:
    _limit_memory(memory)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            work, arguments = connection.recv()
            connection.send(("ready", None))
            connection.send(_run(work, arguments, connection))


def _run(work: Callable[..., Iterable[Any]], arguments: tuple[Any, ...],
         connection: Connection) -> tuple[str, Any]:
    try:
        for item in work(*arguments):
            connection.send(("item", item))
    except InputRefused as error:
        return "refused", (error.message, error.remedy)
    except (MemoryError, RecursionError):
        return "hungry", None
    except Exception as error:  # said to the user, and failed by every test that meets it
        return "failed", f"{type(error).__name__}: {error}"[:200]
    return "done", None


def _limit_memory(size: int) -> None:
    """Where the system has such limits; Windows has none, macOS does not keep them."""
    try:
        import resource
    except ImportError:
        return
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CORE):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (size if limit == resource.RLIMIT_AS else 0,) * 2)
