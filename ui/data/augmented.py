"""One picture a dozen times, as the augmentation bricks at the foot change it."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from bricks.catalog import catalog
from bricks.edit import put, set_value
from bricks.param import Choice, Param
from bricks.tower import GROUND, Placed, Tower
from training import asks
from ui.desk import Desk, settings
from ui.markdown import plain
from ui.tiles import enlarged
from ui.words import Translate
from uploads.dataset import DataSet

COUNT = 12
COLUMNS = 6
MOST_FACTOR = 0.9
WAIT = 1.0  # seconds between two looks while they are made
_USUAL = (  # the book's own for cats and dogs
    ("RandomFlip", {"mode": "horizontal"}),
    ("RandomRotation", {"factor": 0.1}),
    ("RandomZoom", {"height_factor": 0.2}),
)


def at_foot(tower: Tower) -> list[Placed]:
    """The augmentation bricks among those that `asks` has at the tower's foot."""
    bricks = asks.foot(tower).bricks
    return [placed for placed in bricks if _family(placed) == "augmentation"]


def _family(placed: Placed) -> str:
    brick = catalog().get(placed.kind)
    return brick.family if brick else ""


def augmented(desk: Desk, dataset: DataSet, _: Translate) -> None:
    """The dozen, made anew when a brick at the foot changes; or how to begin."""
    if not at_foot(desk.project.tower):
        _invitation(desk, _)
        return
    st.caption(
        _(
            "The same picture a dozen times, as these bricks give it on to the tower "
            "while it trains; each epoch sees others."
        )
    )
    _knobs(desk, _)
    key = f"augmented-{desk.id}"
    st.session_state.setdefault(key, 0)
    if st.button(_("Another picture"), icon=":material/shuffle:"):
        st.session_state[key] += 1
    _dozen(desk, st.session_state[key], _)


def _knobs(desk: Desk, _: Translate) -> None:
    """The bricks' first settings, to be tried here; Build has them all."""
    bricks = at_foot(desk.project.tower)
    for column, placed in zip(st.columns(max(3, len(bricks))), bricks, strict=False):
        with column:
            st.markdown(f"**{placed.kind}**")
            for param in catalog()[placed.kind].params:
                _knob(desk, placed, param, _)


def _knob(desk: Desk, placed: Placed, param: Param, _: Translate) -> None:
    """A widget for a choice or one number; other settings are left to Build."""
    brick = catalog()[placed.kind]
    value = brick.full(placed.settings).get(param.name)
    if param.more or param.name == "value_range":
        return
    traits: dict[str, Any] = {"help": _(param.help)}
    traits["key"] = f"{desk.id}-{placed.id}-{param.name}-{value}"
    chosen: Any
    if isinstance(param, Choice) and value in param.choices:
        at = param.choices.index(value)
        chosen = st.selectbox(param.name, param.choices, at, **traits)
    elif isinstance(value, float) and 0 <= value <= MOST_FACTOR:
        chosen = st.slider(param.name, 0.0, MOST_FACTOR, value, 0.05, **traits)
    else:
        return
    if chosen != value:
        desk.build(set_value(desk.project.tower, placed.id, param.name, chosen))
        desk.save()
        st.rerun()


def _invitation(desk: Desk, _: Translate) -> None:
    st.info(
        _(
            "Augmentation makes new pictures of few: turned, mirrored, enlarged a "
            "little, another way each time. Its bricks stand at the tower's foot."
        ),
        icon=":material/auto_awesome_motion:",
    )
    names = ", ".join(kind for kind, _settings in _USUAL)
    label = _("Put {bricks} at the foot").format(bricks=names)
    st.button(label, type="primary", on_click=_put, args=(desk,))


def _put(desk: Desk) -> None:
    bricks = tuple(Placed(kind, dict(told)) for kind, told in _USUAL)
    desk.build(put(desk.project.tower, bricks, GROUND))
    desk.save()


def _dozen(desk: Desk, picture: int, _: Translate) -> None:
    def ask() -> asks.Examples:
        return asks.examples(settings(), desk.owner, desk.project, picture, COUNT)

    waits = ask().state == "waiting"

    @st.fragment(run_every=WAIT if waits else None)
    def live() -> None:
        found = ask()
        if waits and found.state != "waiting":
            st.rerun()
        _show(found, _)

    live()


def _show(found: asks.Examples, _: Translate) -> None:
    if found.state == "failed":
        st.warning(plain(found.said.told(_)) if found.said else _("That went wrong."))
    elif found.pictures is None:
        st.progress(0.0, _("The pictures are being made …"))
    else:
        with st.container(key="augmented"):
            _tiles(found.pictures, _)


def _tiles(pictures: np.ndarray, _: Translate) -> None:
    said = _("The picture, augmented")
    for at in range(0, len(pictures), COLUMNS):
        columns = st.columns(COLUMNS, gap="small")
        for column, tile in zip(columns, pictures[at : at + COLUMNS], strict=False):
            column.image(enlarged(tile), alt=said, width="stretch")
