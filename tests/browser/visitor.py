"""What a visitor does on the page, by the names that people and screen readers see."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

SEAM = 22  # pixels that a brick's front corner hangs below the middle of its seam
PATIENCE = 20_000  # milliseconds: a busy machine is slow, a broken page stays so
expect.set_options(timeout=PATIENCE)


class Visitor:
    """A person with the page open; `complaints` are errors in the browser's console."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self) -> None:
        """Open the page and wait for the board."""
        self.page.goto(self.url)
        expect(self.palette.locator("[data-kind]").first).to_be_visible()

    @property
    def palette(self) -> Locator:
        return self.page.get_by_role("navigation", name="Bricks")

    @property
    def board(self) -> Locator:
        return self.page.get_by_role("tree")

    @property
    def inspector(self) -> Locator:
        return self.page.get_by_role("tabpanel", name="Settings")

    @property
    def health(self) -> Locator:
        return self.page.get_by_role("group", name="Health")

    def item(self, kind: str) -> Locator:
        """A brick of the palette."""
        return self.palette.locator(f"[data-kind='{kind}']")

    def brick(self, kind: str, which: int = 0) -> Locator:
        """A brick of this kind on the board, from the ground up."""
        return self.board.locator(f"[data-kind-of='{kind}']").nth(which)

    def kinds(self) -> list[str]:
        """The board's bricks from the ground up, data and label left out."""
        found = self.board.locator("[data-kind-of]").evaluate_all(
            "all => all.map(one => one.dataset.kindOf)"
        )
        return found[1:-1]

    def sees(self, *kinds: str) -> None:
        """Wait until the board holds these bricks, and the server knows."""
        told = "all => all.map(one => one.dataset.kindOf).slice(1, -1).join(' ')"
        bricks = self.board.locator("[data-kind-of]")
        for _ in range(PATIENCE // 50):
            if bricks.evaluate_all(told) == " ".join(kinds):
                break
            self.page.wait_for_timeout(50)
        assert self.kinds() == list(kinds)
        expect(self.board).not_to_have_attribute("aria-busy", "true")

    def start_from(self, recipe: str) -> None:
        """Begin with a ready tower."""
        self.page.locator(f"[data-recipe='{recipe}']").click()
        expect(self.health).to_contain_text("The tower holds")

    def start_from_shelf(self, recipe: str) -> None:
        """Begin with a ready tower that only the shelf of all has."""
        self.page.locator("[data-act=recipes]").first.click()
        self.page.get_by_role("dialog").locator(f"[data-recipe='{recipe}']").click()
        expect(self.health).to_contain_text("The tower holds")

    def drag(self, source: Locator, target: Locator) -> None:
        """Drag by mouse to the seam on a brick of the board."""
        source.scroll_into_view_if_needed()
        start, end = source.bounding_box(), target.bounding_box()
        assert start is not None
        assert end is not None
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        x = end["x"] + end["width"] / 2
        y = end["y"] - SEAM
        mouse.move(x, y, steps=12)
        mouse.up()

    def drag_to(self, source: Locator, target: Locator) -> None:
        """Drag by mouse to the middle of a thing."""
        source.scroll_into_view_if_needed()
        start, end = source.bounding_box(), target.bounding_box()
        assert start is not None
        assert end is not None
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        middle = end["x"] + end["width"] / 2, end["y"] + end["height"] / 2
        mouse.move(*middle, steps=12)
        mouse.up()

    def view(self, name: str) -> None:
        """Go to another view."""
        self.page.get_by_role("radio", name=name, exact=True).click()
        self.settled()

    def settled(self) -> None:
        """Wait until the server has drawn the page and nothing on it moves."""
        app = self.page.locator("[data-test-script-state]")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")

    def train(self) -> None:
        """Go to Train and press the button."""
        self.view("Train")
        self.page.get_by_test_id("stBaseButton-primary").click()
