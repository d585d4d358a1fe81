"""Relays in front of Bolt that cut the connection, or vanish, where the test wants it."""

from __future__ import annotations

import socket
import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The message COMMIT (signature 0x12, no fields) in its one chunk."""


class Relay(ABC):
    """Passes everything on, and tells `on_commit` and `on_answer` what they wait for."""

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._server = (parts.hostname or "", parts.port or 0)
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    @abstractmethod
    def on_commit(self) -> bool:
        """A COMMIT is about to be passed on: whether its answer is waited for."""

    @abstractmethod
    def on_answer(self, client: socket.socket, data: bytes) -> bool:
        """Such an answer is here: whether the connection goes on."""

    def close(self) -> None:
        for end in (self._listener, *self._ends):
            _shut(end)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                self._ends += [client, server]
                awaited = threading.Event()
                threading.Thread(target=self._up, args=(client, server, awaited), daemon=True).start()
                threading.Thread(target=self._down, args=(client, server, awaited), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket, awaited: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if COMMIT in data and self.on_commit():
                    awaited.set()
                server.sendall(data)
        server.close()

    def _down(self, client: socket.socket, server: socket.socket, awaited: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if not awaited.is_set():
                    client.sendall(data)
                    continue
                awaited.clear()
                if not self.on_answer(client, data):
                    break
        _shut(client)
        _shut(server)


class CutAtCommit(Relay):
    """Passes the first COMMIT on, waits for the answer, and cuts both sides instead of passing it back."""

    cuts = 0

    def on_commit(self) -> bool:
        is_first = not self.cuts
        self.cuts += is_first
        return is_first

    def on_answer(self, client: socket.socket, data: bytes) -> bool:
        return False


class GoneAfter(Relay):
    """Passes everything on until `commits` messages COMMIT were answered; from then on nobody is there."""

    def __init__(self, uri: str, commits: int) -> None:
        self._left = commits
        super().__init__(uri)

    def on_commit(self) -> bool:
        return True

    def on_answer(self, client: socket.socket, data: bytes) -> bool:
        client.sendall(data)
        self._left -= 1
        if self._left <= 0:
            self.close()
        return self._left > 0


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
