"""A project printed as a complete Keras script; the same project, the same text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain, count

from bricks.brick import Data, Label
from bricks.catalog import catalog
from bricks.param import Param
from bricks.project import Project
from bricks.tower import Placed
from bricks.training import OPTIMIZERS, Training
from bricks.walk import Stage, walk
from bricks.words import size
from codegen.literal import WIDTH, call, identifier, literal, prose


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
    label = catalog()[data.label]
    assert isinstance(label, Label)
    steps = _steps(project, stages, data)
    constants = [*_constants(project.training, data), *_steps_constant(steps)]
    parts = [
        [*_head(project, stages, data), "", *constants],
        ["def load_data():", *data.load.splitlines()],
    ]
    lines = [line for part in parts for line in (*part, "", "")]
    body, places = _build_model(project, stages)
    places = {id: (a + len(lines), b + len(lines)) for id, (a, b) in places.items()}
    places[project.tower.data.id] = _load_lines(lines)
    attached = data.attached() if data.attached else ""
    for part in (body, _train(project.training, label, steps)):
        lines += [*part, "", ""]
    lines += [*_main(), "", "", *_attached(data.kind, attached), *_GUARD]
    return Script("\n".join(lines) + "\n", places, attached)


def _load_lines(lines: list[str]) -> tuple[int, int]:
    """The lines of `load_data`, the last function so far."""
    first = lines.index("def load_data():") + 1
    return first, len(lines) - 2


def _head(project: Project, stages: list[Stage], data: Data) -> list[str]:
    own = [line for line in data.imports if not line.startswith("import numpy")]
    others = [line for line in data.imports if line.startswith("import numpy")]
    weights = sum(stage.weights for stage in stages)
    bricks = len(project.tower.bricks)
    uses_layers = any(placed.kind in catalog() for placed in project.tower.bricks)
    return [
        f'"""{prose(project.name) or "A tower"}',
        "",
        f"A tower of {bricks} bricks on {data.kind}, {weights:,} weights.",
        "Printed by Brickyard.",
        "",
        "It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.",
        "Run it with: python train.py",
        '"""',
        "",
        *own,
        "",
        "import keras",
        *others,
        *(["from keras import layers"] if uses_layers else []),
    ]


def _constants(training: Training, data: Data) -> list[str]:
    return [
        f"BATCH_SIZE = {training.batch_size}",
        f"EPOCHS = {training.epochs}",
        f"LEARNING_RATE = {literal(training.learning_rate)}",
        f"SEED = {training.seed}",
        *_strings("CLASSES", data.classes),
    ]


def _steps_constant(steps: int) -> list[str]:
    if steps == 1:
        return []
    return [
        "# Several small batches in one go save time in Python; PyTorch takes one.",
        f'STEPS_PER_EXECUTION = 1 if keras.config.backend() == "torch" else {steps}',
    ]


def _strings(name: str, values: tuple[str, ...]) -> list[str]:
    items = [literal(value) for value in values]
    whole = f"{name} = [{', '.join(items)}]"
    if len(whole) <= WIDTH:
        return [whole]
    return [f"{name} = [", *(f"    {item}," for item in items), "]"]


def _build_model(
    project: Project, stages: list[Stage]
) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """`build_model`, and the lines of each brick in it."""
    shape = literal(stages[0].gives)
    rows = [
        "def build_model():",
        '    """The tower from the ground up; each comment is what a brick gives."""',
        "    return keras.Sequential(",
        "        [",
        f"            keras.Input(shape={shape}),",
    ]
    places, names = {}, _names(project)
    for stage in stages[1:]:
        if stage.placed.id in names:
            layer = _layer(stage, names[stage.placed.id])
            places[stage.placed.id] = (len(rows) + 1, len(rows) + len(layer))
            rows += layer
    model = literal(identifier(project.name, "tower"))
    return [*rows, "        ],", f"        name={model},", "    )"], places


def _names(project: Project) -> dict[str, str | None]:
    """A layer name for each brick that a user named, each used once."""
    names: dict[str, str | None] = {}
    for placed in project.tower.bricks:
        names[placed.id] = _free_name(placed, set(names.values()))
    return names


def _free_name(placed: Placed, taken: set[str | None]) -> str | None:
    """The layer's name, with a number where another layer has it."""
    if not placed.name:
        return None
    wanted = identifier(placed.name, "brick")
    if _AUTOMATIC.fullmatch(wanted):
        wanted = f"my_{wanted}"
    numbered = (f"{wanted}_{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)


def _snake(kind: str) -> str:
    """The name that Keras gives to layers of this kind by itself.

    >>> _snake("MaxPooling2D"), _snake("Conv2D"), _snake("GlobalAveragePooling2D")
    ('max_pooling2d', 'conv2d', 'global_average_pooling2d')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", kind).lower()


# Names that Keras counts up by itself: a user's own must not meet them.
_AUTOMATIC = re.compile(
    f"(input_layer|{'|'.join(_snake(kind) for kind in catalog())})(_[0-9]+)?"
)


def _layer(stage: Stage, name: str | None) -> list[str]:
    """One brick as the lines of a list item, with what it gives as a comment."""
    placed = stage.placed
    brick = catalog().get(placed.kind)
    indent = 12
    if brick is None:
        return [f"{' ' * indent}# an unknown brick: {prose(placed.kind)}"]
    arguments = [
        _argument(param, placed.settings[param.name])
        for param in brick.params
        if param.name in placed.settings
    ]
    shown = [_positional(p, placed.settings) for p in brick.params if p.positional]
    named = [a for a in arguments if "=" in a]
    if name:
        named.append(f"name={literal(name)}")
    lines = call(f"layers.{placed.kind}", [*shown, *named], indent)
    lines[-1] += ","
    comment = f"  # {_said(stage)}"
    if len(lines[-1]) + len(comment) <= WIDTH:
        lines[-1] += comment
    return lines


def _argument(param: Param, value: object) -> str:
    return "" if param.positional else f"{param.name}={literal(value)}"


def _positional(param: Param, settings: object) -> str:
    assert isinstance(settings, dict)
    default = 1 if param.required else param.default
    return literal(settings.get(param.name, default))


def _said(stage: Stage) -> str:
    if stage.problem:
        return "does not fit yet"
    return size(stage.gives).replace("×", " x ") if stage.gives else "not reached yet"


def _steps(project: Project, stages: list[Stage], data: Data) -> int:
    """How many batches Keras should run in one go: more for small towers.

    A batch costs about three times its multiply-adds (forward, and twice backward) and
    a fixed part for leaving and entering Python. The budget of 1e9 keeps one go, and so
    the time until Stop is heard, at about a tenth of a second on a slow CPU.
    """
    madds = sum(stage.madds for stage in stages)
    each = max(1, 3 * madds * project.training.batch_size)
    batches = max(1, data.split[0] // project.training.batch_size)
    return max(1, min(16, 1_000_000_000 // each, batches))


def _train(training: Training, label: Label, steps: int) -> list[str]:
    optimizer = OPTIMIZERS[training.optimizer]
    metrics = ", ".join(literal(metric) for metric in label.metrics)
    several = ["        steps_per_execution=STEPS_PER_EXECUTION,"]
    return [
        "def train(model, data, callbacks=(), initial_epoch=0):",
        '    """Compile the model and fit it; returns Keras\' History."""',
        "    (x, y), validation, _ = data",
        "    model.compile(",
        f"        optimizer=keras.optimizers.{optimizer}(learning_rate=LEARNING_RATE),",
        f"        loss={literal(label.loss)},",
        f"        metrics=[{metrics}],",
        *(several if steps > 1 else []),
        "    )",
        "    return model.fit(",
        "        x,",
        "        y,",
        "        batch_size=BATCH_SIZE,",
        "        epochs=EPOCHS,",
        "        initial_epoch=initial_epoch,",
        "        validation_data=validation,",
        "        callbacks=list(callbacks),",
        "    )",
    ]


def _main() -> list[str]:
    return '''\
def main():
    """Train, keep the best model in model.keras, and test it."""
    keras.utils.set_random_seed(SEED)
    data = load_data()
    model = build_model()
    model.summary()
    best = keras.callbacks.ModelCheckpoint(
        "model.keras", monitor="val_accuracy", save_best_only=True
    )
    train(model, data, callbacks=[best])
    model = keras.models.load_model("model.keras")
    loss, accuracy = model.evaluate(*data[2], verbose=0)
    print(f"test accuracy {accuracy:.4f}, test loss {loss:.4f}")'''.splitlines()


def _attached(kind: str, text: str) -> list[str]:
    """The pictures themselves, where the script carries them."""
    if not text:
        return []
    return [f'{kind.upper()} = """', *text.splitlines(), '"""', "", ""]


_GUARD = ['if __name__ == "__main__":', "    main()"]
