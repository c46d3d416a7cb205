"""Own pictures: brought, seen, put right, trained on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.test_access import serious
from tests.browser.visitor import Visitor
from tests.pictures import folder_of


@pytest.fixture
def pets(tmp_path) -> Path:
    """Two classes of tiny pictures."""
    return folder_of(tmp_path / "Pets", {"cats": 12, "dogs": 12})


@pytest.fixture
def yard(visitor: Visitor) -> Yard:
    visitor.view("Data")
    expect(visitor.page.get_by_text("Drop your own pictures here")).to_be_visible()
    return Yard(visitor)


class Yard:
    """The Data view as its visitor uses it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def folder(self, path: Path) -> None:
        """Choose a folder, as the button does."""
        self.page.locator("input[webkitdirectory]").set_input_files(path)

    def file(self, *paths: Path) -> None:
        """Choose files, as the other button does."""
        self.page.locator("input[type=file][accept*=zip]").set_input_files(list(paths))

    def row(self, name: str):
        """The row of a class."""
        return self.page.locator(f"section[data-class='{name}']")

    def has(self, name: str, count: int) -> None:
        """Wait until a class has so many pictures, and the server knows."""
        expect(self.row(name).locator(".number")).to_have_text(str(count))
        expect(self.page.locator(".data-panel[aria-busy]")).to_have_count(0)

    def unfold(self, name: str):
        """Show a class's pictures; the tiles."""
        self.row(name).locator("button.class-name").click()
        return self.row(name).get_by_role("option")

    def rename(self, name: str, new: str) -> None:
        self.row(name).locator("summary").click()
        self.row(name).locator("[data-act=rename]").click()
        self.page.get_by_role("dialog").get_by_role("textbox").fill(new)
        self.page.keyboard.press("Enter")


def in_uploads(server) -> list[Path]:
    """Everything that lies in anybody's incoming folders."""
    return list(server.home.glob("uploads/*/incoming/*"))


def test_a_folder_is_brought_and_put_right(yard, pets):
    yard.folder(pets)
    yard.has("cats", 12)
    yard.rename("cats", "고양이 <b>")
    yard.has("고양이 <b>", 12)
    tiles = yard.unfold("고양이 <b>")
    tiles.nth(0).click()
    tiles.nth(2).click(modifiers=["Shift"])
    expect(yard.page.locator(".picked-bar")).to_contain_text("3 pictures")
    yard.page.locator("[data-act=leave-out]").click()
    yard.has("고양이 <b>", 9)
    yard.page.get_by_role("button", name="Undo").click()
    yard.has("고양이 <b>", 12)
    yard.page.reload()
    yard.has("고양이 <b>", 12)
    yard.page.keyboard.press("Control+z")  # undo ends with the page; names stay
    yard.has("고양이 <b>", 12)


def test_pictures_are_sorted_by_keys_alone(yard, pets):
    yard.folder(pets)
    yard.has("dogs", 12)
    keys = yard.page.keyboard
    yard.row("dogs").locator("button.class-name").focus()
    keys.press("Enter")
    yard.row("dogs").get_by_role("option").first.focus()
    keys.press("ArrowRight")
    keys.press("Delete")
    yard.has("dogs", 11)
    keys.press("Space")
    keys.press("Shift+ArrowRight")
    expect(yard.page.locator(".picked-bar")).to_contain_text("2 pictures")
    yard.page.get_by_label("Move to another class").first.select_option("cats")
    yard.has("cats", 14)
    keys.press("Control+z")
    yard.has("cats", 12)
    yard.row("dogs").get_by_role("option").first.focus()
    keys.press("Enter")
    expect(yard.page.get_by_role("dialog")).to_contain_text("1 of 11")
    keys.press("ArrowRight")
    expect(yard.page.get_by_role("dialog")).to_contain_text("2 of 11")
    keys.press("Escape")
    expect(yard.page.get_by_role("dialog")).to_have_count(0)


def test_a_zip_is_brought_and_more_is_added(yard, pets, tmp_path):
    archive = Path(shutil.make_archive(str(tmp_path / "Zoo"), "zip", pets))
    more = folder_of(tmp_path / "more", {"cats": 15, "dogs": 12})
    yard.file(archive)
    yard.has("cats", 12)
    expect(yard.page.get_by_text("Zoo", exact=True).first).to_be_visible()
    yard.page.get_by_role("radio", name="Add more").click()
    yard.visitor.settled()
    yard.folder(more)
    yard.has("cats", 15)
    yard.has("dogs", 12)


def test_what_can_not_be_taken_is_said_and_the_next_is(yard, pets):
    yard.file(*sorted((pets / "cats").iterdir())[:2])
    zone = yard.page.locator(".drop[data-state=failed]")
    expect(zone).to_contain_text("put the pictures of each class into a folder")
    yard.folder(pets)
    yard.has("cats", 12)


def test_an_upload_that_is_cut_off_leaves_nothing(yard, server, tmp_path):
    before = set(in_uploads(server))
    large = tmp_path / "large.zip"
    large.write_bytes(bytes(30_000_000))
    held = []

    def hold(route: Route) -> None:
        held.append(route)

    yard.page.route("**/brickyard/uploads/*", hold)
    yard.file(large)
    expect(yard.page.locator(".drop[data-state=busy]")).to_contain_text("Sending")
    while not held:
        yard.page.wait_for_timeout(50)
    assert set(in_uploads(server)) > before
    yard.page.unroute("**/brickyard/uploads/*")
    yard.page.locator("[data-act=cancel]").dblclick()
    expect(yard.page.get_by_text("Drop your own pictures here")).to_be_visible()
    for _ in range(100):
        if set(in_uploads(server)) <= before:
            break
        yard.page.wait_for_timeout(50)
    assert set(in_uploads(server)) <= before
    yard.visitor.complaints.clear()


def test_a_reload_in_the_middle_of_sending_leaves_nothing(yard, server, tmp_path):
    before = set(in_uploads(server))
    large = tmp_path / "large.zip"
    large.write_bytes(bytes(30_000_000))
    cdp = yard.page.context.new_cdp_session(yard.page)
    slow = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": 2_000_000}
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    yard.file(large)
    expect(yard.page.locator(".drop[data-state=busy]")).to_contain_text("2 MB of")
    cdp.send(
        "Network.emulateNetworkConditions",
        {"offline": False, **slow, "uploadThroughput": -1},
    )
    yard.page.once("dialog", lambda dialog: dialog.accept())
    yard.page.reload()
    expect(yard.page.get_by_text("Drop your own pictures here")).to_be_visible()
    for _ in range(100):
        if set(in_uploads(server)) <= before:
            break
        yard.page.wait_for_timeout(50)
    assert set(in_uploads(server)) <= before


def test_another_persons_picture_is_not_found(yard, pets, chromium):
    yard.folder(pets)
    yard.has("cats", 12)
    image = yard.row("cats").locator("img").first
    expect(image).to_have_js_property("complete", True)
    address = image.get_attribute("src")
    assert yard.page.context.request.get(address).status == 200
    stranger = chromium.new_context()
    assert stranger.request.get(address).status == 404
    stranger.close()


@pytest.mark.keras
def test_own_pictures_are_trained_on(yard, pets):
    yard.visitor.view("Build")
    yard.visitor.start_from_shelf("book-cats-dogs")
    yard.page.get_by_role("button", name="Go to Data").click()
    yard.folder(pets)
    yard.has("cats", 12)
    yard.visitor.view("Train")
    epochs = yard.page.get_by_role("spinbutton", name="Epochs")
    epochs.fill("1")
    epochs.press("Enter")
    yard.visitor.settled()
    yard.visitor.train()
    done = yard.page.locator(".sentence", has_text="Done: 1 epoch")
    expect(done).to_be_visible(timeout=120_000)
    yard.visitor.view("Results")
    expect(yard.page.get_by_text("Confusion matrix")).to_be_visible()


def test_the_data_view_has_no_serious_fault_of_access(yard, pets):
    faults = {"chooser": serious(yard.page)}
    yard.folder(pets)
    yard.has("cats", 12)
    yard.unfold("cats").nth(1).click()
    faults["sheet"] = serious(yard.page)
    parts = {
        "Size and split": yard.page.get_by_text("The tower sees them like this"),
        "Augmentation": yard.page.get_by_role("button", name="at the foot"),
        "Add more": yard.page.get_by_text("Add more to Pets"),
    }
    for part, sign in parts.items():
        yard.page.get_by_role("radio", name=part).click()
        expect(sign).to_be_visible()
        yard.page.wait_for_load_state("networkidle")
        faults[part] = serious(yard.page)
    assert {view: found for view, found in faults.items() if found} == {}


def test_own_data_are_renamed_and_deleted(yard, pets, server):
    yard.folder(pets)
    yard.has("cats", 12)
    menu = yard.page.locator("[class*=st-key-menu-] button").first
    menu.click()
    name = yard.page.get_by_role("textbox", name="Name").last
    name.fill("Pets *of* ours")
    name.press("Enter")
    heading = yard.page.get_by_text("Pets *of* ours", exact=True).first
    expect(heading).to_be_visible()
    kept = {path.parent for path in server.home.glob("uploads/*/*/index.json")}
    yard.visitor.settled()
    if not yard.page.get_by_text("I want to delete it for good").is_visible():
        menu.click()
    yard.page.get_by_text("I want to delete it for good").click()
    yard.page.get_by_role("button", name="Delete").click()
    expect(yard.page.get_by_text("Drop your own pictures here")).to_be_visible()
    left = {path.parent for path in server.home.glob("uploads/*/*/index.json")}
    assert len(kept - left) == 1
    expect(yard.page.locator("[data-set]")).to_have_count(0)
