"""A project printed as a complete Keras script; the same project, the same text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bricks.brick import Data, Loading
from bricks.catalog import catalog
from bricks.literal import assigned
from bricks.project import Project
from bricks.training import Training
from bricks.walk import Stage, label_brick, walk
from codegen import asked
from codegen.bases import FIND_WEIGHTS, IMPORTS
from codegen.beside import beside
from codegen.fit import Fit
from codegen.frozen import floor, in_two_steps, split
from codegen.literal import prose
from codegen.main import best, main
from codegen.model import build_model
from codegen.train import train
from codegen.trained import FIND_BASE

MOST_NAMES = 20  # classes that are only numbers are listed up to so many


@dataclass(frozen=True)
class Script:
    """A printed script.

    `text` is the whole file; `lines` the first and last line, from 1, of each brick;
    `attached` the long constant at its end that a reader need not see, or "".
    """

    text: str
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    attached: str = ""


def script(project: Project) -> str:
    """The project as a complete Python script."""
    return printed(project).text


def printed(project: Project, stages: list[Stage] | None = None) -> Script:
    """The script with the place of each brick in it; `stages` saves a second walk."""
    stages = stages or walk(project.tower)
    data = catalog()[project.tower.data.kind]
    assert isinstance(data, Data)
    settings = data.full(project.tower.data.settings)
    loading = data.loading(settings)
    label = label_brick(project.tower.data)
    answers = data.answers(settings)
    apart = split(project, stages)
    steps = _steps(project, _fitted(project, stages), data.split(settings)[0])
    two = in_two_steps(project, stages)
    fit = Fit(project.training, label, loading, steps, bool(answers), apart, two)
    if data.asks:
        return _asked(project, stages, fit)
    constants = [
        *fit.constants(),
        *_classes(answers),
        *loading.constants,
        *fit.further_constants(),
    ]
    body, places = build_model(project, stages)
    head = [*_head(project, stages, fit, body), "", *constants]
    loads = _loading(loading)
    first = len(head) + 3
    before = [*head, "", "", *loads, "", ""]
    places = {id: (a + len(before), b + len(before)) for id, (a, b) in places.items()}
    places[project.tower.data.id] = first, first + len(loads) - 1
    attached = data.attached() if data.attached else ""
    lines = [
        *before,
        *[*body, "", ""],
        *beside(fit),
        *best(fit),
        *[*train(fit), "", ""],
        *[*main(fit), "", ""],
        *_attached(data.kind, attached),
        *_guard(loading),
    ]
    return Script("\n".join(lines) + "\n", places, attached)


def _asked(project: Project, stages: list[Stage], fit: Fit) -> Script:
    """The script of a tower that nothing is trained on."""
    fit, loading = replace(fit, training=Training()), fit.loading
    body, places = build_model(project, stages)
    main = asked.main(body)
    head = _head(project, stages, fit, [*body, *main], (asked.IMPORT,))
    loads = _loading(loading)
    before = [*head, "", *loading.constants, *asked.CONSTANTS, "", "", *loads, "", ""]
    places = {id: (a + len(before), b + len(before)) for id, (a, b) in places.items()}
    first = len(before) - len(loads) - 1
    places[project.tower.data.id] = first, first + len(loads) - 1
    lines = [*before, *body, "", "", *main, *asked.GUARD]
    return Script("\n".join(lines) + "\n", places)


def _loading(loading: Loading) -> list[str]:
    """The functions that get the examples, and the class that feeds them."""
    load = f"def load_data():\n{loading.body}" if loading.body else ""
    parts = [part for part in (load, loading.functions, loading.feeding) if part]
    return "\n\n\n".join(part.strip("\n") for part in parts).splitlines()


def _head(
    project: Project,
    stages: list[Stage],
    fit: Fit,
    body: list[str],
    more: tuple[str, ...] = (),
) -> list[str]:
    kind, weights = project.tower.data.kind, sum(stage.weights for stage in stages)
    bricks = sum(1 for _ in project.tower) - 1
    uses_layers = any(re.search(r"(?<!keras\.)\blayers\.[A-Z]", row) for row in body)
    layers = ["from keras import layers"] if uses_layers else []
    finds = IMPORTS if {FIND_WEIGHTS[0], FIND_BASE[0]} & {*body} else ()
    return [
        f'"""{prose(project.name) or "A tower"}',
        "",
        f"A tower of {bricks} bricks on {kind}, {weights:,} weights.",
        "Printed by Brickyard.",
        "",
        "It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.",
        *([f"It needs {' and '.join(fit.needs)}, too."] if fit.needs else []),
        *_weights(body),
        f"Run it with: python train.py{fit.loading.command}",
        '"""',
        *_imports({"import keras", *layers, *finds, *more, *fit.imports()}),
    ]


def _weights(body: list[str]) -> list[str]:
    """The files of weights that the bases in these lines need."""
    called = re.findall(r'find_weights\(\s*"([^"]+)"', "\n".join(body))
    if not called:
        return []
    names = dict.fromkeys(called)
    return [
        "Keras downloads these weights, unless BRICKYARD_DATASETS/models has them:",
        *(f"  {name}" for name in names),
    ]


def _imports(lines: Iterable[str]) -> list[str]:
    """Imports in ruff's order: Python's own, then others; whole modules first."""
    own: list[str] = []
    others: list[str] = []
    for line in sorted(lines, key=lambda line: (line.startswith("from"), line.lower())):
        package = line.split()[1].partition(".")[0]
        (own if package in sys.stdlib_module_names else others).append(line)
    return [*(["", *own] if own else []), "", *others]


def _classes(names: tuple[str, ...]) -> list[str]:
    """The names of the classes; none where the answer is a value."""
    if len(names) > MOST_NAMES and names == tuple(map(str, range(len(names)))):
        return [f"CLASSES = [str(number) for number in range({len(names)})]"]
    return assigned("CLASSES", list(names)) if names else []


def _fitted(project: Project, stages: list[Stage]) -> list[Stage]:
    """The bricks that run in an epoch, of the first step where there are two."""
    return stages[floor(project, stages) + 1 :]


def _steps(project: Project, stages: list[Stage], examples: int) -> int:
    """How many batches Keras should run in one go: more for small towers.

    A batch costs about three times its multiply-adds (forward, and twice backward; once
    in a frozen base) and a fixed part for leaving and entering Python. The budget of
    1e9 keeps one go, and so the time until Stop is heard, at about a tenth of a second
    on a slow CPU.
    """
    madds = sum(stage.madds + 2 * stage.trained_madds for stage in stages)
    batch = project.training.batch(examples)
    each = max(1, madds * batch)
    batches = max(1, examples // batch)
    return max(1, min(16, 1_000_000_000 // each, batches))


def _attached(kind: str, text: str) -> list[str]:
    """The pictures themselves, where the script carries them."""
    if not text:
        return []
    return [f'{kind.upper()} = """', *text.splitlines(), '"""', "", ""]


def _guard(loading: Loading) -> list[str]:
    arguments = loading.arguments.splitlines()
    return ['if __name__ == "__main__":', *arguments, "    main()"]
