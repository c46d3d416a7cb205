"""A tower as a graph in Graphviz's language, as Keras' `plot_model` draws models."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import graphviz

from bricks.catalog import catalog
from bricks.merge import LAYERS
from bricks.naming import called
from bricks.project import Project
from bricks.tower import TOP, Placed
from bricks.walk import Stage, walk
from bricks.words import size

_NODE = {"shape": "plaintext", "fontname": "Helvetica,Arial,sans-serif", "margin": "0"}
_CLUSTER = {"style": "rounded", "color": "#8a8f98", "fontcolor": "#4b5158"}


def graph(project: Project) -> str:
    """The tower as DOT source, input on top: a box for each layer with the shapes that
    it gets and gives, a frame around each Block; bricks of a Block stand once."""
    drawing = graphviz.Digraph("tower", node_attr=_NODE)
    drawing.attr(rankdir="TB", bgcolor="white", fontname=_NODE["fontname"])
    data, *stages = (s for s in walk(project.tower) if s.placed.id != TOP)
    drawing.node("b0", _box(data.placed, "InputLayer", None, data.gives))
    _Graph().stack(drawing, stages, ["b0"])
    return drawing.source


class _Graph:
    """Boxes by number, in the order in which they are drawn."""

    def __init__(self) -> None:
        self.count = 0

    def stack(
        self, on: graphviz.Digraph, stages: Sequence[Stage], below: list[str]
    ) -> list[str]:
        """Draw stages on what is below; gives what the next one stands on."""
        for stage in stages:
            if stage.placed.kind == "Block":
                below = self._block(on, stage, below)
            elif len(stage.inner) > 1:
                below = self._branches(on, stage, below)
            else:
                name = _layer(stage.placed)
                below = [self._node(on, stage, name, below, stage.gets)]
        return below

    def _block(self, on: graphviz.Digraph, stage: Stage, below: list[str]) -> list[str]:
        """A frame, which says how often what is inside is stacked."""
        self.count += 1
        with on.subgraph(name=f"cluster{self.count}") as frame:
            frame.attr(label=graphviz.escape(called(stage.placed)), **_CLUSTER)
            return self.stack(frame, stage.inner[0], below)

    def _branches(
        self, on: graphviz.Digraph, stage: Stage, below: list[str]
    ) -> list[str]:
        """Branches side by side, and the layer that brings them together."""
        ends = [end for inner in stage.inner for end in self.stack(on, inner, below)]
        brick = catalog()[stage.placed.kind]
        merge = LAYERS[brick.full(stage.placed.settings).get("merge", "add")]
        return [self._node(on, stage, merge, ends, None)]

    def _node(
        self,
        on: graphviz.Digraph,
        stage: Stage,
        layer: str,
        below: list[str],
        gets: Sequence[int] | None,
    ) -> str:
        self.count += 1
        name = f"b{self.count}"
        on.node(name, _box(stage.placed, layer, gets, stage.gives))
        on.edges((one, name) for one in below)
        return name


def _layer(placed: Placed) -> str:
    """What the box says; a TimeDistributed names the layers that it holds."""
    inside = [_layer(brick) for tower in placed.inner for brick in tower]
    name = called(placed)
    return f"{name}: {', '.join(inside)}" if inside else name


def _box(
    placed: Placed, layer: str, gets: Sequence[int] | None, gives: Sequence[int] | None
) -> str:
    """A table in Graphviz's own kind of HTML; what people typed is escaped."""
    shapes = [("Input", gets)] if gets is not None else []
    cells = "".join(
        f"<TD>{name}: <B>{size(tuple(shape) if shape else None)}</B></TD>"
        for name, shape in [*shapes, ("Output", gives)]
    )
    return (
        '<<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="6">'
        f'<TR><TD COLSPAN="2" BGCOLOR="#14181d"><FONT COLOR="white">'
        f"<B>{escape(layer)}</B></FONT></TD></TR><TR>{cells}</TR></TABLE>>"
    )
