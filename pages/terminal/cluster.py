"""The workers of an existing Dask cluster, for tasks that may be run again and again.

Every input of a task travels with it or is made by another task, so that what a lost worker held is made
again by the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol

from consultation.errors import Problem

PATIENCE = 10  # seconds for a scheduler to answer, and for a worker to be there
RETRIES = 3


class Run(Protocol):
    """Runs a task on each part with what they share; hands each part back with its result, once done."""

    def __call__(
        self, task: Callable[[Any, Any], Any], parts: Sequence[Any], shared: Any
    ) -> Iterator[tuple[Any, Any]]: ...


@contextmanager
def workers_at(address: str) -> Iterator[Run]:
    """The workers of the scheduler at `address`; raises `Problem` when it or all of them are not there."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise Problem(
            "Counting on a cluster needs packages that are not here: pip install -r requirements-cluster.txt."
        ) from None
    loud = _quiet()
    try:
        try:
            client = distributed.Client(address, timeout=PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            raise Problem(
                "No Dask scheduler answers at {address} within {seconds} seconds ({reason}): check the "
                "address, like tcp://host:8786, and that it runs.",
                address=address,
                seconds=PATIENCE,
                reason=type(error).__name__,
            ) from None
        with client:
            yield _Workers(client, address)
    finally:
        for name, level in loud.items():
            logging.getLogger(name).setLevel(level)


class _Workers:
    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address

    def __call__(
        self, task: Callable[[Any, Any], Any], parts: Sequence[Any], shared: Any
    ) -> Iterator[tuple[Any, Any]]:
        distributed: Any = import_module("distributed")
        handed = self._client.submit(_handed, shared, pure=False, retries=RETRIES)
        waiting = {
            self._client.submit(task, part, handed, pure=False, retries=RETRIES): part for part in parts
        }
        while waiting:
            try:
                done = distributed.wait(list(waiting), timeout=PATIENCE, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                self._there()
                continue
            for future in done:
                try:
                    result = future.result()
                except distributed.KilledWorker:
                    raise Problem(
                        "Workers were lost again and again while they counted {part}: they may lack memory. "
                        "Make smaller parts, or give each worker more.",
                        part=waiting[future],
                    ) from None
                except Exception as error:
                    raise Problem(
                        "A worker, or the scheduler at {address}, failed: {reason}. Start both in Alleanza's "
                        "folder, with its requirements.",
                        address=self._address,
                        reason=f"{type(error).__name__}: {error}",
                    ) from None
                yield waiting.pop(future), result

    def _there(self) -> None:
        """Raises `Problem` when nobody is left who could count."""
        try:
            workers = self._client.scheduler_info()["workers"] if self._client.status == "running" else {}
            if not workers:
                self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError):
            raise Problem(
                "The scheduler at {address} has no workers, or is gone: start some, and count again.",
                address=self._address,
            ) from None


def _handed(shared: Any) -> Any:
    return shared


def _quiet() -> dict[str, int]:
    """Silences Dask, which logs at length that connections end; gives the levels that there were before."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return levels
