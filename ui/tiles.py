"""Small pictures on the page."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

TILE = 96  # pixels


def enlarged(picture: np.ndarray) -> str:
    """The address of a picture (height, width, channels), its points as squares."""
    times = max(1, TILE // picture.shape[0])
    return held(picture.repeat(times, axis=0).repeat(times, axis=1), exact=times > 1)


def held(picture: np.ndarray, *, exact: bool = False) -> str:
    """A picture (height, width, channels) of bytes as an address that holds it whole.

    The server forgets a picture's file as soon as the next one takes its place, and
    a browser that asks for it a moment late gets none: so there is no file to ask for.
    """
    file = io.BytesIO()
    image = Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture)
    kind = "PNG" if exact or image.mode == "RGBA" else "JPEG"  # which has no alpha
    image.save(file, kind, quality=90)
    text = base64.b64encode(file.getvalue()).decode("ascii")
    return f"data:image/{kind.lower()};base64,{text}"
