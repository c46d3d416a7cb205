"""The brick board: a Streamlit component, its browser half in `web/`."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

WEB = Path(__file__).parent / "web"


def _version() -> str:
    """A name for the browser's files and words, new when one of them changes."""
    digest = sha256()
    root = Path(__file__).parents[2]
    for path in sorted(
        [
            *WEB.rglob("*.js"),
            *WEB.rglob("*.css"),
            *root.glob("ui/text/**/*.mo"),
            *root.glob("bricks/**/*.py"),
            *root.glob("bricks/recipes/*.json"),
        ]
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


VERSION = _version()


def loader(main: str) -> str:
    """The script that Streamlit takes, which fetches this module and mounts it."""
    text = (WEB / "loader.js").read_text(encoding="utf-8")
    return text.replace("{version}", VERSION).replace("{main}", main)


_component = st.components.v2.component("brickyard", js=loader("main.js"))


def board(data: dict[str, Any], key: str) -> None:
    """Show the board; what the browser sends is `st.session_state[key]["outbox"]`."""
    _component(key=key, data=data, height="content", on_outbox_change=_sent)


def _sent() -> None:
    """Nothing: that it is named lets the browser keep a state of this name."""
