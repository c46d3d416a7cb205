"""A tower as a table for a paper, in LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bricks.bound import Bound
from bricks.catalog import catalog
from bricks.naming import told
from bricks.project import Project
from bricks.sealed import SealedTower
from bricks.tower import TOP, Placed
from bricks.walk import Stage, walk
from bricks.words import N_, Text
from codegen.literal import identifier

Tell = Callable[[str], str]
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "×": r"$\times$",
    "→": r"$\rightarrow$",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def table(project: Project, tell: Tell = str) -> str:
    """A table (booktabs) with a line for each brick, from the ground up: its settings
    where they are not Keras' own, the shape that it gives and its weights."""
    stages = walk(project.tower)
    total = f"{sum(stage.weights for stage in stages):,}"
    shown = [stage for stage in stages if stage.placed.id != TOP]
    rows = [_row(cells) for stage in shown for cells in _lines(stage, 0, tell, {})]
    heads = [
        tell(N_("Brick")),
        tell(N_("Settings")),
        tell(N_("Output")),
        tell(N_("Weights")),
    ]
    said = tell(N_("{name}: {weights} weights."))
    caption = said.format(name=escaped(project.name), weights=total)
    lines = [
        r"\begin{table}",
        r"  \centering",
        f"  \\caption{{{caption}}}",
        f"  \\label{{tab:{identifier(project.name, 'tower')}}}",
        r"  \begin{tabular}{llrr}",
        r"    \toprule",
        f"    {_row([escaped(head) for head in heads])}",
        r"    \midrule",
        *(f"    {row}" for row in rows),
        r"    \midrule",
        f"    {_row([escaped(tell(N_('Total'))), '', '', total])}",
        r"    \bottomrule",
        r"  \end{tabular}",
        r"\end{table}",
    ]
    return "\n".join([*_needs("\n".join(lines)), *lines]) + "\n"


def _needs(text: str) -> Iterator[str]:
    yield r"% \usepackage{booktabs}"
    if any("\uac00" <= sign <= "\ud7a3" for sign in text):
        yield r"% \usepackage{kotex}"


def _lines(
    stage: Stage, deep: int, tell: Tell, values: Mapping[str, Any]
) -> Iterator[list[str]]:
    """A brick's cells, then those of the bricks inside, further to the right; `values`
    are those of the parameters of the Blocks around."""
    placed = stage.placed.resolved(values)
    name = placed.kind + (f" ({placed.name})" if placed.name else "")
    shape = escaped("×".join(map(str, stage.gives))) if stage.gives else "?"
    weights = f"{stage.weights:,}" if stage.weights else ""
    settings = ", ".join(_settings(placed, tell))
    yield [_indented(deep, escaped(name)), settings, shape, weights]
    branches = len(stage.inner) > 1
    for number, inner in enumerate(stage.inner, start=1):
        if branches and inner:
            said = Text(N_("Branch {number}"), {"number": number}).told(tell)
            yield [_indented(deep + 1, rf"\emph{{{escaped(said)}}}"), "", "", ""]
        known = {**values, **placed.parameters}
        for one in inner:
            yield from _lines(one, deep + 1 + branches, tell, known)


def _indented(deep: int, text: str) -> str:
    return r"\quad " * deep + text


def _settings(placed: Placed, tell: Tell) -> Iterator[str]:
    brick = catalog().get(placed.kind)
    if brick is None or brick.family == "data":
        return
    for name, value in {**placed.settings, **placed.parameters}.items():
        param = brick.by_name.get(name)
        if not isinstance(param, Bound | SealedTower) and value != brick.defaults.get(
            name
        ):
            said = told(value, param)
            text = said.told(tell) if isinstance(said, Text) else said
            yield f"{escaped(name)} {escaped(text)}"


def escaped(text: str) -> str:
    """A text with everything escaped that LaTeX would read.

    >>> escaped("50_% of A&B")
    '50\\\\_\\\\% of A\\\\&B'
    """
    return "".join(_ESCAPED.get(sign, sign) for sign in " ".join(text.split()))


def _row(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"
