"""Which view is shown: that of a click, of Back, or of the address."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def page():
    """What the shell takes a view from."""
    import streamlit as st

    from ui.shell import _chosen

    st.text(_chosen("view", {"build": 1, "train": 2, "try": 3}, "build"))


@pytest.mark.parametrize(
    ("told", "widget", "address", "shown"),
    [
        pytest.param("build", "train", "build", "train", id="a click"),
        pytest.param("train", "try", "build", "try", id="a click soon after"),
        pytest.param("train", "train", "build", "build", id="Back"),
        pytest.param(None, None, "try", "try", id="a link"),
        pytest.param(None, None, "nowhere", "build", id="a bad link"),
        pytest.param("train", None, "train", "train", id="a widget without a value"),
    ],
)
def test_a_view_is_chosen_by_the_last_to_speak(told, widget, address, shown):
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params["view"] = address
    if told:
        app.session_state["view-told"] = told
        app.session_state["view"] = widget
    app.run()
    assert app.text[0].value == shown
