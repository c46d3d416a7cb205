"""What a notebook says between its cells: a project explained to who runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from bricks.brick import Brick, Data, Loading
from bricks.catalog import catalog
from bricks.project import Project
from bricks.training import callbacks, optimizers
from bricks.training.clash import running
from bricks.walk import label_brick, walk
from bricks.words import N_
from codegen.based import of_bases, of_steps
from codegen.literal import prose

_KERAS = "keras tensorflow matplotlib"
_SHOWN = (
    N_("Ten test examples, and what the tower says of them: true → predicted."),
    N_("Ten test examples: on top what came in, below what the tower gave back."),
)


class Remarks:
    """A project in a few sentences of Markdown, in the language of `tell`."""

    def __init__(self, project: Project, tell: Callable[[str], str]) -> None:
        self.project, self.tell = project, tell
        data = catalog()[project.tower.data.kind]
        assert isinstance(data, Data)
        self.data: Data = data
        self.settings = data.full(project.tower.data.settings)

    @cached_property
    def loading(self) -> Loading:
        """How the script gets its examples."""
        return self.data.loading(self.settings)

    def title(self, picture: str | None) -> str:
        """The tower's name, its size, and its picture where there is one."""
        said = N_("A tower of {bricks} bricks on {data}, with {weights} weights.")
        stages = walk(self.project.tower)
        summary = self._said(
            said,
            bricks=sum(1 for _ in self.project.tower) - 1,
            data=self._ground(),
            weights=f"{sum(stage.weights for stage in stages):,}",
        )
        name = prose(self.project.name) or self.tell(N_("A tower"))
        shown = [f"![{self.tell(N_('The tower'))}](attachment:{picture})"]
        order = N_(
            "Run the cells from top to bottom: Shift+Enter runs one and goes on to "
            "the next. Printed by Brickyard."
        )
        return _joined(f"# {name}", summary, *shown[: bool(picture)], self._said(order))

    def _ground(self) -> str:
        title = prose(str(self.settings.get("title") or ""))
        return title or self.data.kind

    def before(self) -> str:
        """What must be there: packages, a faster machine in Colab, one's own data."""
        needs = (*self.loading.needs, *self._further())
        install = " ".join([_KERAS, *(need.lower() for need in needs)])
        packages = N_(
            "It needs Keras 3 with TensorFlow, JAX or PyTorch. Colab has all of it; "
            "on a computer of your own install it first, in a terminal: `{command}`"
        )
        colab = N_(
            "In Colab choose *Runtime > Change runtime type > T4 GPU* before you "
            "begin: a graphics card trains convolutions many times faster."
        )
        return _joined(
            self._head(N_("Before you begin")),
            self._said(packages, command=f"pip install {install}"),
            self._said(colab),
            *self._own(),
        )

    def _further(self) -> Iterator[str]:
        for kind in running(self.project.training):
            yield from callbacks()[kind].needs

    def _own(self) -> Iterator[str]:
        """Where one's own pictures or table are looked for."""
        if not self.loading.command or self.data.asks:
            return
        if self.loading.command.endswith("FILE"):
            said = N_(
                "It reads your own table: put the CSV file beside this notebook and "
                "write its name at `DATA` below. In Colab drop it on the list of "
                "files on the left."
            )
        else:
            said = N_(
                "It reads your own pictures: put their folder beside this notebook and "
                "write its name at `DATA` below. In Colab pack the folder as a zip "
                "file, drop that on the list of files on the left, and unpack it in a "
                "new cell: `!unzip -q my_pictures.zip`"
            )
        yield self._said(said)

    def examples(self) -> str:
        """What data there are, and how many."""
        train, validation, test = self.data.split(self.settings)
        said = N_(
            "`load_data` gives them in three parts: {train} to train with, "
            "{validation} to see during the training how well it does on others, and "
            "{test} to test with at the end."
        )
        counts = {"train": train, "validation": validation, "test": test}
        return _joined(
            self._head(N_("The examples")),
            self.tell(self.data.about),
            self._said(said, **{name: f"{n:,}" for name, n in counts.items()}),
        )

    def tower(self) -> str:
        """What each kind of brick does that stands in the tower."""
        said = N_(
            "`build_model` stacks it from the ground up; the comment behind each brick "
            "says what it gives. These are its bricks:"
        )
        placed = {brick.kind for brick in self.project.tower}
        kinds = [brick for kind, brick in catalog().items() if kind in placed]
        rows = [self._kind(brick) for brick in kinds if brick is not self.data]
        bases = " ".join(text.told(self.tell) for text in of_bases(self.project))
        head = self._head(N_("The tower"))
        return _joined(head, self._said(said), "\n".join(rows), *filter(None, [bases]))

    def _kind(self, brick: Brick) -> str:
        said = self.tell(brick.said)
        more = f" ({said})" if said != brick.kind else ""
        return f"- **{brick.kind}**{more}: {self.tell(brick.about)}"

    def training(self) -> str:
        """By what the weights are changed, how often."""
        training = self.project.training
        said = N_(
            "`train` changes the weights, batch by batch, so that the loss becomes "
            "smaller. {optimizer} does so with a learning rate of {rate}, for at most "
            "{epochs} epochs: so often every training example is seen."
        )
        told = self._said(
            said,
            optimizer=optimizers()[training.optimizer].keras,
            rate=f"{training.learning_rate:g}",
            epochs=training.epochs,
        )
        steps = of_steps(self.project)
        further = [steps.told(self.tell)] if steps else []
        return _joined(self._head(N_("The training")), told, *further)

    def run(self) -> str:
        """The cell that takes its time."""
        said = N_(
            "This takes its time. The file `model.keras` keeps the epoch that did best "
            "on the validation examples; that one is tested at the end."
        )
        return _joined(self._head(N_("Train it")), self._said(said))

    def curves(self) -> str:
        """How curves are read."""
        said = N_(
            "Where the curve of the training goes on getting better and that of the "
            "validation does not, the tower learns its examples by heart: overfitting."
        )
        return _joined(self._head(N_("How it went")), self._said(said))

    def answers(self) -> str:
        """What the last cell shows."""
        itself = label_brick(self.project.tower.data).itself
        return _joined(self._head(N_("A few answers")), self.tell(_SHOWN[itself]))

    def ask(self, said: str) -> str:
        """How a network is asked that is not trained here."""
        return _joined(self._head(N_("Ask it")), self._said(said))

    def _head(self, title: str) -> str:
        return f"## {self.tell(title)}"

    def _said(self, template: str, **values: Any) -> str:
        return self.tell(template).format(**values)


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)
