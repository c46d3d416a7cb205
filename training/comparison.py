"""What is different between two projects, brick by brick, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bricks.bound import Bound
from bricks.catalog import catalog
from bricks.naming import TITLES, Names, told
from bricks.project import Project
from bricks.sealed import SealedTower
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training, optimizers
from bricks.words import N_, Text
from training.alignment import Alignment, align, homes

ADDED, REMOVED, MOVED, SET = "added", "removed", "moved", "set"
DATA, TRAINING = "data", "training"
MOST_NAMED = 3  # bricks in one sentence


@dataclass(frozen=True)
class Change:
    """One thing that is different; `before` and `after` are the ids of a brick in the
    first and in the second tower."""

    what: str
    said: Text
    before: str | None = None
    after: str | None = None
    setting: str | Text = ""
    was: str | Text = ""
    now: str | Text = ""


def difference(first: Project, second: Project) -> list[Change]:
    """All that makes the second another than the first; names of projects do not."""
    return [
        *_data(first.tower.data, second.tower.data),
        *_Towers(first.tower, second.tower).changes(),
        *_training(first.training, second.training),
    ]


def _set(who: str | Text, setting: str | Text, was: Any, now: Any) -> dict[str, Any]:
    """The fields of a change of a setting."""
    values = {"brick": who, "setting": setting, "was": was, "now": now}
    said = Text(N_("{brick}: {setting} {was} → {now}"), values)
    return {"said": said, "setting": setting, "was": was, "now": now}


def _data(before: Placed, after: Placed) -> Iterator[Change]:
    """Other data, or other settings of the same."""
    was, now = (placed.settings.get("dataset") for placed in (before, after))
    if before.kind != after.kind or was != now:
        names = [p.settings.get("title") or p.kind for p in (before, after)]
        values = {"was": names[0], "now": names[1]}
        said = Text(N_("The tower stands on {now} instead of {was}"), values)
        yield Change(DATA, said, GROUND, GROUND, Text(N_("Data")), *names)
        return
    params = catalog()[before.kind].by_name
    bound = {n for n, p in params.items() if isinstance(p, Bound)}
    shown = [dict(p.settings) for p in (before, after)]
    if any(shown[0].get(name) != shown[1].get(name) for name in bound - {"counts"}):
        said = Text(N_("{data}: other classes, pictures or columns are used"))
        name = before.settings.get("title") or before.kind
        yield Change(DATA, Text(said.template, {"data": name}), GROUND, GROUND)
    for change in _settings(before, after, before.kind, bound):
        yield Change(DATA, before=GROUND, after=GROUND, **change)


def _settings(
    before: Placed,
    after: Placed,
    who: str | Text,
    without: set[str] | frozenset[str] = frozenset(),
) -> Iterator[dict[str, Any]]:
    """The settings and parameters of a brick that differ."""
    brick = catalog().get(before.kind)
    params = brick.by_name if brick else {}
    defaults = brick.defaults if brick else {}
    rows = [{**defaults, **p.settings} for p in (before, after)]
    for name in dict.fromkeys([*params, *rows[0], *rows[1]]):
        was, now = (row.get(name) for row in rows)
        param = params.get(name)
        if was != now and name not in without and not isinstance(param, SealedTower):
            yield _set(who, name, told(was, param), told(now, param))
    for name in dict.fromkeys([*before.parameters, *after.parameters]):
        was, now = (p.parameters.get(name) for p in (before, after))
        if was != now:
            yield _set(who, name, told(was), told(now))


class _Towers:
    """Two towers that were aligned."""

    def __init__(self, first: Tower, second: Tower) -> None:
        self.first, self.second = first, second
        self.names = Names(first), Names(second)
        self.aligned: Alignment = align(first, second)
        self.back = {b: a for a, b in self.aligned.partner.items()}
        self.homes = homes(first), homes(second)

    def changes(self) -> Iterator[Change]:
        """What was taken away, then from the ground up what is new or another."""
        for placed in self.first:
            if placed.id != GROUND and placed.id not in self.aligned.partner:
                yield from self._removed(placed)
        for placed in self.second:
            if placed.id == GROUND:
                continue
            if placed.id in self.back:
                yield from self._kept(placed)
            else:
                yield from self._added(placed)

    def _removed(self, placed: Placed) -> Iterator[Change]:
        """A brick that is gone; what went with its container is told by that."""
        names, partner = self.names[0], self.aligned.partner
        if self._of_new(placed.id, self.homes[0], partner):
            return
        who = names[placed.id]
        left = [b for tower in placed.inner for b in tower if b.id in partner]
        if left:
            said = Text(
                N_("{brick} was taken away from around {bricks}"),
                {"brick": who, "bricks": self._several(left, names)},
            )
        else:
            said = Text(
                N_("{brick} was removed; it stood {where}"),
                {"brick": who, "where": names.where(placed.id)},
            )
        yield Change(REMOVED, said, before=placed.id)

    def _added(self, placed: Placed) -> Iterator[Change]:
        names = self.names[1]
        if self._of_new(placed.id, self.homes[1], self.back):
            return
        who = names[placed.id]
        around = [b for tower in placed.inner for b in tower if b.id in self.back]
        if around:
            said = Text(
                N_("{brick} was put around {bricks}"),
                {"brick": who, "bricks": self._several(around, names)},
            )
        else:
            said = Text(
                N_("{brick} was added {where}"),
                {"brick": who, "where": names.where(placed.id)},
            )
        yield Change(ADDED, said, after=placed.id)

    def _of_new(
        self, id: str, home: Mapping[str, tuple[str, int]], known: Mapping[str, str]
    ) -> bool:
        """Whether it stands in a container that has no partner itself."""
        around = home[id][0].split(":")[0]
        return around != GROUND and around not in known

    def _several(self, bricks: list[Placed], names: Names) -> str:
        some = ", ".join(names[placed.id] for placed in bricks[:MOST_NAMED])
        return some + (" …" if len(bricks) > MOST_NAMED else "")

    def _kept(self, after: Placed) -> Iterator[Change]:
        """A brick that is in both: moved, called otherwise, set otherwise."""
        before = self.first.brick(self.back[after.id])
        assert before is not None
        ids: dict[str, Any] = {"before": before.id, "after": after.id}
        who = self.names[0][before.id]
        if after.id in self.aligned.moved and not self._enclosed(ids):
            values = {"brick": who, "where": self.names[1].where(after.id)}
            said = Text(N_("{brick} was moved; it stands {where} now"), values)
            yield Change(MOVED, said, **ids)
        if before.name != after.name:
            yield Change(SET, **ids, **_set(who, *self._called(before, after)))
        if len(before.inner) != len(after.inner):
            counts = str(len(before.inner)), str(len(after.inner))
            yield Change(SET, **ids, **_set(who, Text(N_("branches")), *counts))
        for change in _settings(before, after, who):
            yield Change(SET, **ids, **change)

    def _called(self, before: Placed, after: Placed) -> tuple[Text, Any, Any]:
        return Text(N_("name")), told(before.name), told(after.name)

    def _enclosed(self, ids: Mapping[str, str]) -> bool:
        """Whether a container that came or went around it says that already."""
        return self._of_new(
            ids["before"], self.homes[0], self.aligned.partner
        ) or self._of_new(ids["after"], self.homes[1], self.back)


def _training(before: Training, after: Training) -> Iterator[Change]:
    """Every setting of the training that differs, those of its parts too."""
    alike = before.optimizer == after.optimizer
    rows = [_flat(training, alike) for training in (before, after)]
    for name in dict.fromkeys([*rows[0], *rows[1]]):
        was, now = (row.get(name) for row in rows)
        if was != now:
            was, now = (_switch(value, was, now) for value in (was, now))
            if name == "optimizer":
                was, now = (Text(optimizers()[one].said) for one in (was, now))
            setting = Text(TITLES[name]) if name in TITLES else name
            was, now = (v if isinstance(v, Text) else told(v) for v in (was, now))
            change = _set(Text(N_("Training")), setting, was, now)
            yield Change(TRAINING, **change)


def _switch(value: Any, was: Any, now: Any) -> Any:
    """A part that is not there is off."""
    return False if value is None and True in (was, now) else value


def training_settings(trainings: Sequence[Training]) -> list[dict[str, Any]]:
    """The settings of each by name, those of their parts too; a part that is on is
    True. An optimizer's own setting is named where one of them does not leave it at
    the default."""
    named = {name for training in trainings for name in _flat(training, filled=False)}
    return [
        {name: value for name, value in _flat(training, True).items() if name in named}
        for training in trainings
    ]


def _flat(training: Training, filled: bool) -> dict[str, Any]:
    """The settings by name; those of the optimizer with their defaults `filled` in.

    A part that is switched on has the value True.
    """
    rows: dict[str, Any] = {}
    for name, value in asdict(replace(training, measured={})).items():
        if name == "optimizer_settings" and filled:
            value = optimizers()[training.optimizer].full(value)
        if isinstance(value, Mapping):
            rows |= _parts(name.removesuffix("_settings"), value)
        else:
            rows[name] = value
    return rows


def _parts(around: str, settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield name, True
            yield from ((f"{name}.{key}", one) for key, one in value.items())
        else:
            yield f"{around}.{name}", value
