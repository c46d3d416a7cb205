"""Results in a real browser: figures, cells, mistakes, labels that are put right."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from bricks.project import Project
from explain.answers import BEST, FILES, LAST, of_classes
from tests.browser.test_access import serious
from tests.browser.visitor import Visitor
from tests.shelved import shelved, tower_on
from tests.training.workshop import digits
from training import runs
from training.settings import Settings
from training.store import Store
from ui.owner import OWNER
from uploads.shelf import Shelf

pytestmark = pytest.mark.keras


SHARED = "results-shared-owner-000"


def ask_for(server, owner: str, project: Project) -> tuple[str, str]:
    """A project of this owner's and its run, trained to its end."""
    store = Store(f"sqlite:///{server.home}/brickyard.db")
    row = store.create_project(owner, project.name, project.to_json())
    run = store.ask_run(owner, row.id, project.to_json(), row.id)
    state = run.state
    for _ in range(1_800):
        state = store.run(owner, run.id).state
        if state == "done":
            break
        time.sleep(0.1)
    store.close()
    assert state == "done"
    return row.id, run.id


@pytest.fixture(scope="module")
def trained(server) -> tuple[str, str]:
    """A run on Digits that several visitors look at, as one person."""
    return ask_for(server, SHARED, digits(epochs=3))


class Judge:
    """A visitor who looks at the results of a run."""

    def __init__(self, visitor: Visitor, server) -> None:
        self.visitor, self.server, self.page = visitor, server, visitor.page

    def open(self, project: str, owner: str = SHARED) -> None:
        """Look at the results of this person's project."""
        cookie = {"name": OWNER, "value": owner, "url": self.server.url}
        self.page.context.add_cookies([cookie])
        self.page.goto(f"{self.server.url}?project={project}&view=results")

    def folder(self, run: str):
        home = self.server.home
        return runs.folder(Settings(home, f"sqlite:///{home}/brickyard.db"), run)

    def part(self, name: str):
        return self.page.get_by_role("region", name=name, exact=True)

    @property
    def shots(self):
        return self.page.locator(".shot")

    @property
    def one(self):
        return self.page.get_by_role("dialog")


@pytest.fixture
def judge(visitor, server):
    return Judge(visitor, server)


def numbers(text: str) -> list[int]:
    return [int(one.replace(",", "")) for one in re.findall(r"[\d,]+", text)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_cell_opens_its_pictures_and_one_of_them_its_probabilities(
    judge, trained, scheme
):
    page = judge.page
    page.emulate_media(color_scheme=scheme)
    judge.open(trained[0])
    mistakes = judge.part("The surest mistakes")
    expect(mistakes.locator(".shot .tile:not(.empty)")).to_have_count(25)
    wrong, of = numbers(page.locator(".key-figure").nth(1).inner_text())
    assert of == 360
    expect(mistakes).to_contain_text(f"1 to 25 of {wrong}")
    mistakes.get_by_role("button", name="The next page").click()
    expect(mistakes).to_contain_text("26 to")
    expect(mistakes.locator(".shot .tile:not(.empty)").first).to_be_visible()
    right = page.locator("[data-cell='0 0']")
    (_, number, *_) = numbers(right.get_attribute("aria-label"))
    right.click()
    told = judge.part("0, told right")
    expect(told).to_contain_text(f"of {number}")
    expect(right).to_have_attribute("aria-selected", "true")
    assert serious(page) == []
    judge.shots.first.click()
    expect(judge.one.locator(".shares li")).to_have_count(10)
    expect(judge.one.locator("[data-true][data-told]")).to_have_count(1)
    title = judge.one.get_by_role("heading").inner_text()
    page.keyboard.press("ArrowRight")
    expect(judge.one.get_by_role("heading")).not_to_have_text(title)
    assert serious(page) == []
    judge.one.get_by_role("button", name="More like this").click()
    expect(page.locator(".tray h3")).to_contain_text("More like example")
    page.get_by_role("button", name="All mistakes").click()
    expect(judge.part("The surest mistakes")).to_be_visible()


def test_the_matrix_and_the_sheet_are_gone_through_by_keys(judge, trained):
    page = judge.page
    judge.open(trained[0])
    expect(judge.shots.first).to_be_visible()
    page.locator("[data-cell='0 0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-cell='1 1']")).to_be_focused()
    expect(page.locator(".matrix-said").first).to_contain_text("1 told right")
    page.keyboard.press("Enter")
    expect(judge.part("1, told right")).to_be_visible()
    expect(page.locator(".matrix [tabindex='0']")).to_have_count(1)
    judge.shots.first.focus()
    page.keyboard.press("ArrowRight")
    expect(judge.shots.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(judge.one).to_be_visible()
    page.keyboard.press("Escape")
    expect(judge.shots.nth(1)).to_be_focused()
    page.get_by_role("button", name="Shares in %").click()
    expect(page.locator("[data-cell='0 0']")).to_have_text(re.compile(r"^\d{2,3}$"))


def test_classes_are_sorted_and_bars_open_their_examples(judge, trained):
    page = judge.page
    judge.open(trained[0])
    rows = page.locator(".class-figures tbody tr")
    expect(rows).to_have_count(10)
    page.locator("[data-sort=recall]").click()
    told = [float(row.split("%")[1]) for row in rows.all_inner_texts()]
    assert told == sorted(told)
    rows.first.locator("[data-of=missed]").click()
    expect(page.locator(".tray h3")).to_contain_text("told as another")
    bar = page.locator(".reliability .bin").last
    count = numbers(bar.get_attribute("aria-label"))[-1]
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tray .range")).to_contain_text(f"of {count:,}")


def test_a_thousand_classes_are_folded(judge):
    page = judge.page
    project, run = ask_for(judge.server, SHARED, digits(epochs=1))
    random = np.random.default_rng(0)
    true = random.integers(0, 1_000, 360)
    shares = random.random((360, 1_000))
    shares[np.arange(360), np.where(np.arange(360) % 3, true, true ^ 1)] = 5
    names = [f"class {n}" for n in range(1_000)]
    shares /= shares.sum(axis=1, keepdims=True)
    found = of_classes(shares, true, names, {"loss": 1.0, "accuracy": 0.5})
    (judge.folder(run) / FILES[BEST]).write_bytes(found.to_bytes())
    judge.open(project)
    pair = page.locator(".confused button").first
    true_, told, count = numbers(pair.inner_text())
    pair.click()
    expect(page.locator(".tray .range")).to_contain_text(f"of {count}")
    assert page.locator(".many [data-cell]").count() <= 81
    zoomed = page.locator(f".many [data-cell='{true_} {told}']")
    expect(zoomed).to_have_attribute("aria-selected", "true")
    rows = page.locator(".class-figures tbody tr")
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="Show all 1,000 classes").click()
    expect(rows).to_have_count(1_000)


def test_a_run_of_older_days_is_tested_again_and_so_is_its_last_epoch(judge, trained):
    page, where = judge.page, judge.folder(trained[1])
    judge.open(trained[0])
    expect(judge.shots.first).to_be_visible()
    figures = page.locator(".key-figures").inner_text()
    (where / FILES[BEST]).unlink()
    (where / runs.REPORT).unlink()
    judge.open(trained[0])
    expect(judge.shots.first).to_be_visible()
    expect(page.locator(".working")).to_be_hidden()
    assert page.locator(".key-figures").inner_text() == figures
    assert (where / FILES[BEST]).is_file()
    last = page.locator("[data-which=last]")
    if last.is_enabled():  # else the last epoch is the best one
        last.click()
        expect(last).to_have_attribute("aria-pressed", "true")
        expect(judge.shots.first).to_be_visible()
        expect(page.locator(".working")).to_be_hidden()
        assert (where / FILES[LAST]).is_file()


def test_a_label_is_put_right_and_pictures_that_are_gone_are_told_of(judge, tmp_path):
    page, shelf = judge.page, Shelf(judge.server.home, SHARED)
    cats = shelved(shelf, tmp_path / "own", {"cat": 30, "dog": 30})
    project, run = ask_for(judge.server, SHARED, tower_on(cats, epochs=1))
    judge.open(project)
    expect(judge.part("Confusion matrix")).to_be_visible()
    page.locator("[data-cell]:not([data-none])").first.click()
    judge.shots.first.click()
    field = judge.one.get_by_role("combobox", name="Fix the label")
    field.select_option("dog")
    expect(judge.one).to_contain_text("It is dog now")
    page.keyboard.press("Escape")
    expect(page.get_by_text("The tower was changed since this run")).to_be_visible()
    store = Store(f"sqlite:///{judge.server.home}/brickyard.db")
    kept = Project.from_json(store.project(SHARED, project).document)
    store.close()
    ((_key, name),) = kept.tower.data.settings["changes"]
    assert name == "dog"
    shelf.drop(cats.id)
    (judge.folder(run) / runs.MISTAKES).unlink()
    judge.open(project)
    expect(judge.part("Confusion matrix")).to_be_visible()
    page.locator("[data-cell]:not([data-none])").first.click()
    expect(page.locator(".tray-note")).to_contain_text("not here any more")
    expect(judge.shots.first).to_be_visible()
    (judge.folder(run) / FILES[BEST]).unlink()
    judge.open(project)
    expect(page.get_by_text("Only the figures that were kept")).to_be_visible()
    expect(judge.part("Confusion matrix")).to_be_visible()
    page.locator("[data-cell]:not([data-none])").first.click()
    expect(page.locator(".tray-note")).to_contain_text("only the surest mistakes")
