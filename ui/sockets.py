"""The server's own sockets, told to send at once."""

from __future__ import annotations

import gc
import socket
from contextlib import suppress


def send_at_once() -> None:
    """Let what is written go out at once, also where the last of it is not yet known to
    have arrived.

    asyncio sees to that (TCP_NODELAY) for sockets that are told to be TCP; Streamlit's
    own listens without being told, and every answer in two parts took 40 ms more. What
    such a socket accepts is as it is itself.
    """
    for found in gc.get_objects():
        # Not isinstance(): that asks a proxy what it stands for, which may be gone.
        if issubclass(type(found), socket.socket) and _is_tcp(found):
            with suppress(OSError):  # it may be closed meanwhile
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _is_tcp(found: socket.socket) -> bool:
    kinds = (socket.AF_INET, socket.AF_INET6)
    stream = found.family in kinds and found.type == socket.SOCK_STREAM
    return stream and found.fileno() >= 0
