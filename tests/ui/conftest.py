"""What a page that a test draws would leave behind."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit makes the page it draws `__main__`, and leaves it there: workers that
    are forked later in this process would run that page."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
