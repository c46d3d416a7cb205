"""What a server that listens as Streamlit does accepts, sends at once."""

from __future__ import annotations

import socket
import weakref

from ui.sockets import send_at_once


def nodelay(one: socket.socket) -> bool:
    return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_what_is_accepted_sends_at_once():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.bind(("127.0.0.1", 0))
        send_at_once()  # before it listens, as when the server starts
        listening.listen()
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert nodelay(accepted)


def test_sockets_that_are_closed_or_no_tcp_are_left_alone():
    closed = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    closed.close()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        send_at_once()
        assert other.fileno() >= 0
    assert closed.fileno() == -1


class Gone:
    """What a proxy stood for."""


def test_a_proxy_of_what_is_gone_is_left_alone():
    proxy = weakref.proxy(Gone())
    send_at_once()
    assert type(proxy) is weakref.ProxyType
