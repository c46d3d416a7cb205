"""How an own data set is made ready for the tower: size, colour, label, split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from bricks.catalog import catalog
from bricks.param import Share, Whole, both
from bricks.training import SETTINGS
from ui.desk import Desk
from ui.figures import share
from ui.thumbs import thumb_path
from ui.tiles import held
from ui.words import Translate
from uploads import binding
from uploads.dataset import TABLE, DataSet

SAMPLES = 7  # pictures that show what the tower gets
_WIDTH = 110  # points of one of them on the page


def data_settings(desk: Desk, dataset: DataSet, _: Translate) -> None:
    """Widgets for what people choose; a change is a step that can be undone."""
    full = binding.full(desk.project.tower.data)
    chosen: dict[str, Any] = {}
    if dataset.kind != TABLE:
        chosen |= _look(desk, full, _)
        _samples(desk, dataset, full, _)
    chosen |= _label(desk, full, _)
    chosen |= _split(desk, dataset, full, _)
    if any(full[name] != value for name, value in chosen.items()):
        choose(desk, dataset, **chosen)
    _weights(desk, full, _)


def choose(desk: Desk, dataset: DataSet, **settings: Any) -> None:
    """Other settings of the data brick, saved; the page is drawn anew."""
    tower = desk.project.tower
    desk.build(replace(tower, data=binding.choose(tower.data, dataset, **settings)))
    desk.save()
    st.rerun()


def _key(desk: Desk, name: str, value: Any) -> str:
    """A value that was changed elsewhere, by an undo, makes a new widget."""
    return f"{desk.id}-data-{name}-{value}"


def _help(desk: Desk, name: str, _: Translate) -> str:
    brick = catalog()[desk.project.tower.data.kind]
    return _(brick.by_name[name].help)


def _look(desk: Desk, full: Mapping[str, Any], _: Translate) -> dict[str, Any]:
    """Size, colour and fit of every picture."""
    with st.container(horizontal=True, key="data-look"):
        size = _size(desk, full["image_size"], _)
        channels = _one_of(
            desk,
            "channels",
            full,
            {3: _("Colour"), 1: _("Grey"), 4: _("With transparency")},
            _("Colours"),
            _,
        )
        fits = {"crop": _("Crop"), "pad": _("Pad"), "stretch": _("Stretch")}
        fit = _one_of(desk, "fit", full, fits, _("Other shapes"), _)
    return {"image_size": size, "channels": channels, "fit": fit}


def _size(desk: Desk, value: Any, _: Translate) -> int | tuple[int, int]:
    help = _help(desk, "image_size", _)
    sides = [
        st.number_input(
            title,
            1,
            1_024,
            side,
            key=_key(desk, title, value),
            help=help,
            width=120,
        )
        for title, side in zip((_("Height"), _("Width")), both(value), strict=True)
    ]
    return sides[0] if sides[0] == sides[1] else (sides[0], sides[1])


def _one_of(
    desk: Desk,
    name: str,
    full: Mapping[str, Any],
    titles: Mapping[Any, str],
    title: str,
    _: Translate,
) -> Any:
    """A choice of a few; one that none of them is, such as two channels, is shown."""
    value = full[name]
    named = {value: str(value), **titles}
    return st.segmented_control(
        title,
        list(titles) if value in titles else [value, *titles],
        default=value,
        format_func=named.__getitem__,
        required=True,
        help=_help(desk, name, _),
        key=_key(desk, name, value),
    )


def _samples(
    desk: Desk, dataset: DataSet, full: Mapping[str, Any], _: Translate
) -> None:
    """A few pictures as the tower gets them."""
    height, width = both(full["image_size"])
    st.caption(
        _("The tower sees them like this: {height} × {width} pixels.").format(
            height=height, width=width
        )
    )
    shown = list(_shown(desk, dataset, full))
    if shown:
        with st.container(key="data-samples"):
            side = max(48, min(_WIDTH, _WIDTH * width // height))
            alt = [_("A picture as the tower gets it")] * len(shown)
            st.image([held(one) for one in shown], width=side, alt=alt)


def _shown(
    desk: Desk, dataset: DataSet, full: Mapping[str, Any]
) -> Iterator[np.ndarray]:
    """They are read from the small copies: the page's process decodes nothing large."""
    rows = binding.rows(full, dataset)
    read = binding.module(full).read_picture
    for row in rows[:: max(1, len(rows) // SAMPLES)][:SAMPLES]:
        path = thumb_path(desk.shelf, dataset.id, row.item.digest)
        if path.is_file():
            yield np.asarray(read(path), np.uint8)


def _label(desk: Desk, full: Mapping[str, Any], _: Translate) -> dict[str, Any]:
    """What the tower must answer, of what suits the data."""
    titles = {
        "YesNo": _("Yes or no"),
        "Category": _("Category"),
        "Value": _("Value"),
        "Picture": _("The picture itself"),
    }
    labels = {name: titles.get(name, name) for name in binding.offered(full)}
    if len(labels) < 2:
        return {}
    title = _("What the tower answers")
    return {"label": _one_of(desk, "label", full, labels, title, _)}


def _split(
    desk: Desk, dataset: DataSet, full: Mapping[str, Any], _: Translate
) -> dict[str, Any]:
    """The shares, where the folders do not tell them, and the seed of chance."""
    told = {item.part for item in dataset.items}
    titles = {"validation": _("Validation share"), "test": _("Test share")}
    chosen: dict[str, Any] = {}
    with st.container(horizontal=True, key="data-split", vertical_alignment="bottom"):
        for name in (name for name in titles if name not in told):
            chosen[name] = _share(desk, name, full[name], titles[name], _)
        if chosen:
            chosen["split_seed"] = _seed(desk, full["split_seed"], _)
    if not chosen:
        st.caption(_("The folders tell which pictures train, validate and test."))
    names = (_("training"), _("validation"), _("test"))
    counts = zip(names, full["counts"], strict=True)
    st.caption(" · ".join(f"{name} {count:,}" for name, count in counts))
    return chosen


def _share(desk: Desk, name: str, value: float, title: str, _: Translate) -> float:
    param = catalog()[desk.project.tower.data.kind].by_name[name]
    assert isinstance(param, Share)
    per_cent = range(round(100 * param.least), round(100 * param.most) + 1)
    shares = sorted({value, *(n / 100 for n in per_cent)})
    return st.select_slider(
        title,
        shares,
        value,
        format_func=lambda part: share(part).replace(".0 %", " %"),
        help=_help(desk, name, _),
        key=_key(desk, name, value),
        width=260,
    )


def _seed(desk: Desk, value: int, _: Translate) -> int:
    param = catalog()[desk.project.tower.data.kind].by_name["split_seed"]
    assert isinstance(param, Whole)
    return st.number_input(
        _("Seed"),
        param.least,
        param.most,
        value,
        help=_help(desk, "split_seed", _),
        key=_key(desk, "split_seed", value),
        width=140,
    )


def _weights(desk: Desk, full: Mapping[str, Any], _: Translate) -> None:
    """The switch for classes of very different size; it belongs to the training."""
    training = desk.project.training
    if full["label"] not in ("YesNo", "Category"):
        return
    on = st.toggle(
        _("Class weights"),
        training.class_weights,
        help=_(next(p.help for p in SETTINGS if p.name == "class_weights")),
        key=_key(desk, "class-weights", training.class_weights),
    )
    if on != training.class_weights:
        desk.train_with(replace(training, class_weights=on))
        st.rerun()
