"""A project printed as a complete Keras script; the same project, the same text."""

from __future__ import annotations

from dataclasses import dataclass, field

from bricks.brick import Data, Label, Loading, Settings
from bricks.catalog import catalog
from bricks.project import Project
from bricks.training import OPTIMIZERS, Training
from bricks.walk import Stage, label_brick, walk
from codegen.layout import WIDTH
from codegen.literal import literal, prose
from codegen.model import build_model

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
    steps = _steps(project, stages, data.split(settings)[0])
    constants = [
        *_constants(project.training, data, settings),
        *_steps_constant(steps),
    ]
    body, places = build_model(project, stages)
    uses_layers = any("layers." in row for row in body)
    parts = [
        [*_head(project, stages, loading, uses_layers), "", *constants],
        ["def load_data():", *loading.body.splitlines()],
    ]
    lines = [line for part in parts for line in (*part, "", "")]
    places = {id: (a + len(lines), b + len(lines)) for id, (a, b) in places.items()}
    places[project.tower.data.id] = _load_lines(lines)
    attached = data.attached() if data.attached else ""
    for part in (body, _train(project.training, label, steps)):
        lines += [*part, "", ""]
    lines += [*_main(label), "", "", *_attached(data.kind, attached), *_GUARD]
    return Script("\n".join(lines) + "\n", places, attached)


def _load_lines(lines: list[str]) -> tuple[int, int]:
    """The lines of `load_data`, the last function so far."""
    first = lines.index("def load_data():") + 1
    return first, len(lines) - 2


def _head(
    project: Project, stages: list[Stage], loading: Loading, uses_layers: bool
) -> list[str]:
    own = [line for line in loading.imports if not line.startswith("import numpy")]
    others = [line for line in loading.imports if line.startswith("import numpy")]
    kind, weights = project.tower.data.kind, sum(stage.weights for stage in stages)
    bricks = sum(1 for _ in project.tower) - 1
    return [
        f'"""{prose(project.name) or "A tower"}',
        "",
        f"A tower of {bricks} bricks on {kind}, {weights:,} weights.",
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


def _constants(training: Training, data: Data, settings: Settings) -> list[str]:
    return [
        f"BATCH_SIZE = {training.batch_size}",
        f"EPOCHS = {training.epochs}",
        f"LEARNING_RATE = {literal(training.learning_rate)}",
        f"SEED = {training.seed}",
        *_strings("CLASSES", data.answers(settings)),
    ]


def _steps_constant(steps: int) -> list[str]:
    if steps == 1:
        return []
    return [
        "# Several small batches in one go save time in Python; PyTorch takes one.",
        f'STEPS_PER_EXECUTION = 1 if keras.config.backend() == "torch" else {steps}',
    ]


def _strings(name: str, values: tuple[str, ...]) -> list[str]:
    if len(values) > MOST_NAMES and values == tuple(map(str, range(len(values)))):
        return [f"{name} = [str(number) for number in range({len(values)})]"]
    items = [literal(value) for value in values]
    whole = f"{name} = [{', '.join(items)}]"
    if len(whole) <= WIDTH:
        return [whole]
    return [f"{name} = [", *(f"    {item}," for item in items), "]"]


def _steps(project: Project, stages: list[Stage], examples: int) -> int:
    """How many batches Keras should run in one go: more for small towers.

    A batch costs about three times its multiply-adds (forward, and twice backward) and
    a fixed part for leaving and entering Python. The budget of 1e9 keeps one go, and so
    the time until Stop is heard, at about a tenth of a second on a slow CPU.
    """
    madds = sum(stage.madds for stage in stages)
    each = max(1, 3 * madds * project.training.batch_size)
    batches = max(1, examples // project.training.batch_size)
    return max(1, min(16, 1_000_000_000 // each, batches))


def _train(training: Training, label: Label, steps: int) -> list[str]:
    optimizer = OPTIMIZERS[training.optimizer]
    metrics = ", ".join(literal(metric) for metric in label.metrics)
    several = ["        steps_per_execution=STEPS_PER_EXECUTION,"]
    pairs, target, against = "(x, y), validation, _ = data", "y", "validation"
    if label.itself:
        pairs, target = "(x, _), (x_val, _), _ = data", "x"
        against = "(x_val, x_val)"
    return [
        "def train(model, data, callbacks=(), initial_epoch=0):",
        '    """Compile the model and fit it; returns Keras\' History."""',
        f"    {pairs}",
        "    model.compile(",
        f"        optimizer=keras.optimizers.{optimizer}(learning_rate=LEARNING_RATE),",
        f"        loss={literal(label.loss)},",
        *([f"        metrics=[{metrics}],"] if metrics else []),
        *(several if steps > 1 else []),
        "    )",
        "    return model.fit(",
        "        x,",
        f"        {target},",
        "        batch_size=BATCH_SIZE,",
        "        epochs=EPOCHS,",
        "        initial_epoch=initial_epoch,",
        f"        validation_data={against},",
        "        callbacks=list(callbacks),",
        "    )",
    ]


def _main(label: Label) -> list[str]:
    """The script's `main`; where the answer is the example itself, by its loss."""
    monitor = "val_accuracy" if label.metrics else "val_loss"
    tested = """\
    loss, accuracy = model.evaluate(*data[2], verbose=0)
    print(f"test accuracy {accuracy:.4f}, test loss {loss:.4f}")"""
    if label.itself:
        tested = """\
    x, _ = data[2]
    print(f"test loss {model.evaluate(x, x, verbose=0):.4f}")"""
    return f'''\
def main():
    """Train, keep the best model in model.keras, and test it."""
    keras.utils.set_random_seed(SEED)
    data = load_data()
    model = build_model()
    model.summary()
    best = keras.callbacks.ModelCheckpoint(
        "model.keras", monitor="{monitor}", save_best_only=True
    )
    train(model, data, callbacks=[best])
    model = keras.models.load_model("model.keras")
{tested}'''.splitlines()


def _attached(kind: str, text: str) -> list[str]:
    """The pictures themselves, where the script carries them."""
    if not text:
        return []
    return [f'{kind.upper()} = """', *text.splitlines(), '"""', "", ""]


_GUARD = ['if __name__ == "__main__":', "    main()"]
