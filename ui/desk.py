"""A person's desk: the project that lies open, its undo, and how it is saved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from threading import RLock
from typing import Any

from bricks.advice import advised, rules
from bricks.edit import chosen
from bricks.errors import ProjectError
from bricks.project import Project, clean_name, fresh, placed_json
from bricks.recipes import recipe
from bricks.tower import Tower
from bricks.training import Training
from bricks.walk import walk
from bricks.words import Text
from training import admission
from training.launch import ensure_trainer
from training.rows import PieceRow, ProjectRow
from training.settings import Settings
from training.store import Store
from training.studies import Studies
from training.tables import StoreError
from ui.board.operations import Operation, apply
from ui.board.reading import Reading, read
from ui.compare import operations as runs
from ui.compare.operations import Compared
from ui.data import operations as own_data
from ui.live import operations as live
from ui.looking import operations as looking
from ui.looking.operations import Looking
from ui.results import operations as judging
from ui.results.operations import Judged
from ui.variants import operations as variants
from ui.variants.operations import Varying
from uploads.shelf import Shelf

MOST_UNDO = 200
MOST_SAVED = 8_000_000  # bytes of a document that we wrote ourselves
MOST_CLIENTS = 20  # mounts of the board whose last operation is remembered
MOST_TRIES = 5  # where other tabs save at the same moment

_PIECES = ("save_piece", "drop_piece")
_READS = ("read", "take_reading", "drop_reading")
log = logging.getLogger(__name__)


@cache
def settings() -> Settings:
    """How this server is set up."""
    return Settings.from_environment()


@cache
def store() -> Store:
    """The record, one for the whole server."""
    return Store(settings().database, settings())


@dataclass(frozen=True)
class Step:
    """What an undo goes back to: a tower, or the project where all was changed."""

    tower: Tower
    whole: Project | None = None

    def taken(self, now: Project) -> Project:
        """The project after this step."""
        return self.whole or replace(now, tower=self.tower)

    def back(self, now: Project) -> Step:
        """The step that leads here again."""
        return Step(now.tower, now if self.whole else None)


@dataclass
class Desk:
    """An open project.

    `version` is the saved one; `acks` is the last operation of each client that was
    applied, `saved` that is also in the record; `elsewhere` says that another tab saved
    something else first, so that nothing more is saved until the user has chosen.
    """

    owner: str
    id: str
    version: int
    project: Project
    acks: dict[str, int]
    saved: dict[str, int]
    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)
    elsewhere: bool = False
    complaint: Text | None = None
    """What the record refused, till the page has told it."""
    reading: Reading | None = None
    """What pasted code says, till it is taken over or put away."""
    going: str | None = None
    """The view that the board asked to go to, till the page is there."""
    wished: str | None = None
    """The key of a run that Train was pressed for, till it is asked for."""
    compared: Compared = field(default_factory=Compared)
    """The runs that are looked at in Compare."""
    varying: Varying = field(default_factory=Varying)
    """What is tried and looked at in Variants."""
    judged: Judged = field(default_factory=Judged)
    """The run that is looked at in Results."""
    looking: Looking | None = None
    """What Inside was asked to look at, by another view."""
    last: Project | None = None
    """The project as the record had it when this desk last read or saved it."""
    # Streamlit may run a session's next script while the last one is still ending.
    lock: RLock = field(default_factory=RLock, repr=False, compare=False)

    def __post_init__(self) -> None:
        """A desk begins with what the record has."""
        self.last = self.last or self.project

    def receive(self, outbox: dict[str, Any]) -> None:
        """Apply the browser's operations that are new, each once and in order."""
        client, ops = outbox.get("client"), outbox.get("ops")
        if isinstance(client, str) and isinstance(ops, list):
            with self.lock:
                self._receive(client, ops)

    def _receive(self, client: str, ops: list[Any]) -> None:
        before = done = self.acks.get(client, 0)
        for op in ops:
            seq = op.get("seq") if isinstance(op, dict) else None
            if isinstance(seq, int) and seq > done:
                self._try(partial(self._operate, op))
                done = seq
        if done > before:
            self.acks.pop(client, None)  # the last to speak stands last
            self.acks[client] = done
            self.acks = dict(list(self.acks.items())[-MOST_CLIENTS:])
        if self.saved != self.acks:
            self._try(self.save)

    def _try(self, do: Callable[[], None]) -> None:
        """Do it; what the record refuses is told, and not tried without end."""
        try:
            do()
        except StoreError as error:
            self.complaint = error.said

    def _operate(self, op: Operation) -> None:
        if op.get("op") == "undo":
            self._step(self.undo, self.redo)
        elif op.get("op") == "redo":
            self._step(self.redo, self.undo)
        elif op.get("op") == "recipe":
            self._take(str(op.get("name")))
        elif op.get("op") in ("silence", "unsilence"):
            self._silence(str(op.get("rule")), op.get("op") == "silence")
        elif op.get("op") == "suggest":
            self._suggest(op)
        elif op.get("op") in _PIECES:
            self._piece(op)
        elif op.get("op") in _READS:
            self._read(op)
        elif op.get("op") == "go":
            self.going = str(op.get("view"))
        elif not self._operate_in_view(op):
            self._build(apply(self.project.tower, op))

    def _operate_in_view(self, op: Operation) -> bool:
        """Do what is asked for in another view than Build; False where it is not."""
        if op.get("op") in runs.OPERATIONS:
            runs.apply(self.compared, op, store(), self.owner)
        elif op.get("op") in variants.OPERATIONS:
            self._vary(op)
        elif op.get("op") in judging.OPERATIONS:
            judging.apply(self.judged, op)
        elif op.get("op") in looking.OPERATIONS:
            self.looking = looking.look_inside(op) or self.looking
            self.going = "inside"
        elif op.get("op") in live.OPERATIONS:
            live.apply(op, store(), settings(), self.owner)
        elif op.get("op") in own_data.OPERATIONS:
            self.build(own_data.apply(self.project.tower, op, self.shelf))
        else:
            return False
        return True

    def _vary(self, op: Operation) -> None:
        """Do what Variants asks for; a variant is taken in one step."""
        hindrance = None
        if op.get("op") == "ask_variants":
            hindrance = admission.hindrance(self.project, settings().home, self.shelf)
            ensure_trainer(settings())
        studies = Studies(store())
        bench = variants.Bench(studies, self.owner, self.id, self.project, hindrance)
        project = variants.apply(self.varying, op, bench)
        if project is not None and project != self.project:
            self._remember(Step(self.project.tower, self.project))
            self.project = project
            self._keep_latest()

    @property
    def shelf(self) -> Shelf:
        """This person's own data sets."""
        return Shelf(settings().home, self.owner)

    def _build(self, tower: Tower) -> None:
        """Have a tower from the board; own data are counted again where it chose
        another share or size for them."""
        if tower.data != self.project.tower.data:
            tower = own_data.refreshed(tower, self.shelf)
        self.build(tower)

    def _step(self, source: list[Step], other: list[Step]) -> None:
        if source:
            step = source.pop()
            other.append(step.back(self.project))
            self.project = step.taken(self.project)
            self._keep_latest()

    def _keep_latest(self) -> None:
        """Own data are found again, in another tower too, as they were last left."""
        data = self.project.tower.data
        if own_data.bound(data):
            told = placed_json(data).get("settings", {})
            self.shelf.keep_latest(own_data.bound(data), told)

    def _take(self, name: str) -> None:
        """Put a ready-made tower in place of this one, with its name and training."""
        try:
            ready = fresh(recipe(name))
        except ProjectError:
            return  # a page older than the server asked for what is gone
        self._remember(Step(self.project.tower, self.project))
        tower = own_data.kept(ready.tower, self.project.tower, self.shelf)
        training = ready.training
        if own_data.bound(tower.data):  # what the data ask for is asked for still
            weights = self.project.training.class_weights
            training = replace(training, class_weights=weights)
        self.project = replace(
            ready, about="", source="", tower=tower, training=training
        )

    def _suggest(self, op: Operation) -> None:
        """Take advice; a change of the training can be undone like one of the tower."""
        project, asked = self.project, (str(op.get("rule")), str(op.get("id")))
        one = advised(project.tower, walk(project.tower), *asked, project.training)
        if one is None or not one.training:
            self._build(apply(project.tower, op))
            return
        self._remember(Step(project.tower, project))
        training = replace(project.training, **one.training)
        self.project = replace(project, training=training)

    def _silence(self, rule: str, quiet: bool) -> None:
        """Switch a rule of the advice off, or on again, for this project."""
        others = tuple(name for name in self.project.silenced if name != rule)
        silenced = (*others, rule) if quiet and rule in rules() else others
        self.project = replace(self.project, silenced=silenced)

    def _piece(self, op: Operation) -> None:
        """Keep bricks for other towers, or a kept one no longer."""
        if op.get("op") == "drop_piece":
            store().drop_piece(self.owner, str(op.get("piece")))
            return
        wanted = op.get("ids")
        name = clean_name(str(op.get("name") or ""))
        ids = wanted if isinstance(wanted, list) else []
        bricks = chosen(self.project.tower, [id for id in ids if isinstance(id, str)])
        if bricks and name:
            tower = replace(self.project.tower, bricks=bricks)
            store().keep_piece(self.owner, name, Project(name, tower).to_json())

    def pieces(self) -> list[PieceRow]:
        """The bricks that this person keeps for other towers."""
        return store().pieces(self.owner)

    def _read(self, op: Operation) -> None:
        """Read pasted code, or take over what was read, or put it away."""
        if op.get("op") == "read":
            self.reading = read(str(op.get("text")))
        elif op.get("op") == "take_reading" and self.reading and self.reading.project:
            self._remember(Step(self.project.tower, self.project))
            self.project = fresh(self.reading.project)
            self.reading = None
        else:
            self.reading = None

    def build(self, tower: Tower) -> None:
        """Have another tower, so that it can be undone."""
        if tower != self.project.tower:
            self._remember(Step(self.project.tower))
            self.project = replace(self.project, tower=tower)
            self._keep_latest()

    def _remember(self, step: Step) -> None:
        self.undo = [*self.undo[-MOST_UNDO + 1 :], step]
        self.redo = []

    def train_with(self, training: Training) -> None:
        """Have other settings of the training, and save them."""
        self.project = replace(self.project, training=training)
        self.save()

    def rename(self, name: str) -> None:
        """Give the project another name; an empty one leaves it."""
        name = clean_name(name)
        if name and name != self.project.name:
            self.project = replace(self.project, name=name)
            self.save()

    def save(self) -> None:
        """Save, unless another tab saved this project since we read it."""
        with self.lock:
            if not self.elsewhere:
                self._save()

    def _save(self) -> None:
        """Save; where another tab saved meanwhile, only one of the two may have changed
        the project: that a run was paused or a star set is nobody's other tower."""
        saved = self._saved()
        for _ in range(MOST_TRIES):
            if saved or not self._joined():
                break
            saved = self._saved()
        self.elsewhere = not saved

    def _saved(self) -> bool:
        """Whether the record took it."""
        version = store().save_project(
            self.owner,
            self.id,
            self.version,
            self.project.name,
            self.project.to_json(),
            self.acks,
        )
        if version is None:
            return False
        self.version, self.saved = version, dict(self.acks)
        self.last = self.project
        return True

    def _joined(self) -> bool:
        """Go on from what another tab saved, unless it and this one both changed the
        project, each in its own way."""
        row = store().project(self.owner, self.id)
        try:
            theirs = opened(row) if row else None
        except ProjectError:
            return False
        if row is None or theirs is None:
            return False
        if self.project == self.last and theirs != self.last:
            self._remember(Step(self.project.tower, self.project))
            self.project = theirs
        elif theirs not in (self.last, self.project):
            return False
        self.version = row.version
        self._hear(row.acks)
        return True

    def _hear(self, theirs: dict[str, int]) -> None:
        """Know what another tab has applied of each client, too."""
        for client, seq in theirs.items():
            self.acks[client] = max(seq, self.acks.get(client, 0))

    def keep_mine(self) -> None:
        """Save what is on this desk over what the other tab saved."""
        row = store().project(self.owner, self.id)
        if row:
            with self.lock:
                self.version, self.elsewhere = row.version, False
                self._save()

    def take_theirs(self) -> None:
        """Go on with what the other tab saved; what lay here stays in undo."""
        row = store().project(self.owner, self.id)
        if row:
            with self.lock:
                self._remember(Step(self.project.tower, self.project))
                self.project = self.last = opened(row)
                self.version, self.elsewhere = row.version, False
                self._hear(row.acks)
                self.saved = dict(self.acks)


def opened(row: ProjectRow) -> Project:
    """The project of a row. Raises `ProjectError` for one that can't be read."""
    project = Project.from_json(row.document, MOST_SAVED)
    return replace(project, name=row.name)
