"""The cells of a notebook for a tower that nothing is trained on."""

from __future__ import annotations

from collections.abc import Iterator

from bricks.words import N_
from codegen.asked import CLASS_INDEX
from codegen.remarks import Remarks

_ASK = f"""\
find_weights("{CLASS_INDEX}")
model = build_model()
PICTURES = ["elephant.jpg"]

for path in PICTURES:
    x = read_picture(path)[None].astype("float32") / np.float32(255)
    answers = model.predict(x, verbose=0)
    print(path)
    for _, name, share in decode_predictions(answers, top=TOP)[0]:
        print(f"{{share:8.2%}}  {{name}}")"""
_HERE = N_(
    "Put a picture beside this notebook and write its name at `PICTURES`; in Colab "
    "drop it on the list of files on the left. The five likeliest classes are told."
)


def asked_cells(
    remarks: Remarks, head: str, blocks: list[str], picture: str | None
) -> Iterator[tuple[str, str]]:
    """What is explained ("markdown") and what is run ("code"), in turn; `head` are the
    script's imports and constants, `blocks` its functions, `main` the last of them."""
    yield "markdown", remarks.title(picture)
    yield "markdown", remarks.before()
    yield "code", head
    yield "markdown", remarks.tower()
    yield from (("code", block) for block in blocks[:-1])
    yield "markdown", remarks.ask(_HERE)
    yield "code", _ASK
