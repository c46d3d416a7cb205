"""axe-core finds no serious fault of accessibility on any view, in light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

SETTLED = """() => document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getTiming().iterations > 9
)"""


def serious(page) -> list[str]:
    """The faults that axe-core calls serious or critical, with the places.

    What still grows or fades has not the colours that it will have: it is waited for.
    """
    page.wait_for_function(SETTLED)
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} {[node['target'] for node in fault['nodes']]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.fixture(params=["light", "dark"])
def seen(request, chromium, server):
    """A visitor with this theme."""
    context = chromium.new_context(color_scheme=request.param, locale="en-US")
    visitor = Visitor(context.new_page(), server.url)
    visitor.open()
    yield visitor
    context.close()


def test_no_view_has_a_serious_fault(seen):
    faults = {"empty": serious(seen.page)}
    seen.start_from("digits-cnn")
    seen.brick("Conv2D").click()
    faults["build"] = serious(seen.page)
    seen.item("Conv2D").click()
    seen.brick("Flatten").click()
    seen.item("Conv2D").click()
    expect(seen.page.locator("[data-problem-of]").first).to_be_visible()
    faults["misfit"] = serious(seen.page)
    for view in ("Train", "Results", "Inside", "Variants", "Take home"):
        seen.view(view)
        seen.page.wait_for_timeout(1500)
        faults[view] = serious(seen.page)
    assert {view: found for view, found in faults.items() if found} == {}
