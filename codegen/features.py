"""The functions of a script that work a base's features out once."""

from __future__ import annotations

from bricks.literal import literal
from codegen.fit import Fit
from codegen.precision import halved

_EXTRACT = '''\
def told(done, of):
    """Say how many examples have gone through the base."""
    print(f"\\rfeatures of {done} of {of}", end="" if done < of else "\\n", flush=True)


def extract_features(base, x, path):
    """What the base gives for the examples x, worked out once: float32, in a file.

    It is written batch by batch and mapped, so that memory does not grow with x; what
    an earlier training left there is taken as it is.
    """
    if path.is_file():
        return np.load(path, mmap_mode="r")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.stem}.{os.getpid()}.new")
    shape = (len(x), *base.output_shape[1:])
    head = {"descr": "<f4", "fortran_order": False, "shape": shape}
    try:
        with beside.open("wb") as file:
            np.lib.format.write_array_header_1_0(file, head)
            for start in range(0, len(x), 32):
                told(start, len(x))
                rows = <rows>
                features = np.asarray(base.predict_on_batch(rows), "<f4")
                file.write(features.tobytes())
        beside.replace(path)  # so that what is there is whole
        told(len(x), len(x))
    finally:
        beside.unlink(missing_ok=True)
    return np.load(path, mmap_mode="r")


'''

_FEEDING = '''\
class Features(Batches):
    """Features batch by batch: they are numbers as they are."""

    def __getitem__(self, number):
        rows = self.order[number * BATCH_SIZE : (number + 1) * BATCH_SIZE]
        return self.x[rows], self.y[rows]


'''


_SPLIT = '''\
def split(model):
    """The model in two: the base, which never changes, and the head that learns.

    Both are made of the model's own layers: what the head learns, the model knows.
    """
'''.splitlines()


def features(fit: Fit) -> list[str]:
    """The functions, with two empty lines after each."""
    fed = bool(fit.loading.feeding)
    rows = "x[start : start + 32]" + (" / np.float32(255)" if fed else "")
    extract = _EXTRACT.replace("<rows>", rows)
    return [
        *_split(fit),
        *extract.splitlines(),
        *(_FEEDING.splitlines() if fed else []),
    ]


def _split(fit: Fit) -> list[str]:
    assert fit.split is not None
    layers, gets, gives = fit.split.layers, fit.split.gets, fit.split.gives
    base = f"[keras.Input(shape={literal(gets)}), *model.layers[:{layers}]]"
    head = f"[keras.Input(shape={literal(gives)}), *model.layers[{layers}:]]"
    return [
        *_SPLIT,
        *halved(
            fit.training.precision,
            [
                f"    base = keras.Sequential({base})",
                f"    head = keras.Sequential({head})",
            ],
        ),
        "    return base, head",
        "",
        "",
    ]
