"""What a script says of a base of one's own, around the bricks that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bricks.brick import Trained
from bricks.catalog import catalog
from bricks.literal import literal
from bricks.sealed import STILL, read
from bricks.tower import Placed
from bricks.walk import Stage, every
from codegen.bases import padlock, quiet
from codegen.layout import Call, laid
from codegen.literal import identifier, prose

FIND_BASE = '''\
def find_base(name):
    """The file with what a base learned: it lies beside this script."""
    path = Path(os.environ.get("BRICKYARD_BASES", "."), name)
    if not path.is_file():
        raise SystemExit(f"{name} is missing: put it into {path.parent.resolve()}.")
    return path


'''.splitlines()

NO_TITLE = "A tower of one's own"
UP_TO = "up to its features"
"""What every such function says of itself."""


def trained_among(layers: Iterable[Stage]) -> list[Stage]:
    """The stages of the bases of one's own that hold a tower."""
    return [stage for stage in every(layers) if is_trained(stage.placed)]


def is_trained(placed: Placed) -> bool:
    """Whether the brick is a base of one's own."""
    return isinstance(catalog().get(placed.kind), Trained)


def weights_file(placed: Placed) -> str | None:
    """The name of the file with what it learned; None where its weights are random."""
    brick = catalog()[placed.kind]
    assert isinstance(brick, Trained)
    settings = brick.full(placed.settings)
    return brick.file(settings).name if settings["weights"] else None


def called(placed: Placed) -> str:
    """What the function of such a base would be called."""
    return identifier(placed.name or placed.settings.get("title", ""), "trained")


def opening(stage: Stage, name: str) -> Iterator[str]:
    """The lines above the base itself."""
    title = prose(stage.placed.settings.get("title", "")) or NO_TITLE
    frozen = stage.placed.settings.get("frozen", True)
    learned = "with what it learned" if weights_file(stage.placed) else "random weights"
    learns = {True: "frozen", False: "to learn on"}.get(frozen, "partly frozen")
    said = f"{title}, {UP_TO}, {learned}; {learns}."
    yield f"def {name}():"
    if len(said) <= 78:
        yield f'    """{said}"""'
    else:
        yield f'    """{title[:76]}.'
        yield ""
        yield f"    {UP_TO.capitalize()}, {learned}; {learns}."
        yield '    """'


def closing(stage: Stage, name: str | None, shape: str) -> Iterator[str]:
    """The lines below it: its weights, what of them learns, and the model that gets
    examples of the `shape`, called so where only one may be in a tower."""
    file = weights_file(stage.placed)
    if file:
        found = Call("find_base", (literal(file),))
        yield from laid(Call("base.load_weights", (found,)), 4)
    frozen = stage.placed.settings.get("frozen", True)
    # A Sequential does not count its input among its layers.
    inner = read(str(stage.placed.settings.get("tower", "")))
    kinds = {one.kind for placed in inner.bricks for one in placed} if inner else set()
    cut = frozen if isinstance(frozen, bool) else frozen - 1
    yield from padlock(cut, still=STILL in kinds)
    yield from quiet(kinds)
    yield f"    inputs = keras.Input(shape={literal(tuple(stage.gets or ()))})"
    called = (f'name="{name}"',) if name else ()
    model = Call("keras.Model", ("inputs", "base(inputs, training=False)", *called))
    yield from laid(model, 4, "return ")
