"""Pictures of every kind and fault, made here: bytes by what they are."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.pictures import points

pillow_heif.register_heif_opener()
SIZE = (40, 30)
ORIENTATION = 0x0112
SECRET = b"37.5665 N 126.9780 E"


def saved(picture: Image.Image, format: str, **options: Any) -> bytes:
    file = BytesIO()
    # A copy: a picture keeps its last encoder's options, and the next trips over them.
    options["append_images"] = [one.copy() for one in options.get("append_images", ())]
    picture.copy().save(file, format, **options)
    return file.getvalue()


def in_mode(mode: str, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture of this mode; modes with transparency have some."""
    picture = points(0, 1, size)
    if mode in ("LA", "RGBA"):
        picture = picture.convert(mode)
        picture.putalpha(points(1, 2, size).convert("L"))
        return picture
    if mode in ("I;16", "I;16B"):
        wide = np.asarray(picture.convert("L")).astype("uint16") * 257
        return Image.fromarray(wide.astype(">u2" if mode == "I;16B" else "<u2"))
    if mode == "I":
        return Image.fromarray(np.asarray(picture.convert("L")).astype("int32") * 3)
    return picture.convert(mode)


def told(orientation: int = 1) -> Image.Exif:
    """EXIF that says how to turn a picture, and where and by whom it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 59.4)
    return exif


def palette_with_hole() -> Image.Image:
    picture = in_mode("P")
    picture.info["transparency"] = 3
    return picture


def wide_png(colour_type: int, channels: int) -> bytes:
    """A PNG of 16 bits a channel."""
    rows = np.random.default_rng(5).integers(0, 65_536, (*SIZE[::-1], channels))
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in rows)
    head = struct.pack(">LLBBBBB", *SIZE, 16, colour_type, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


def chunk(kind: bytes, inside: bytes) -> bytes:
    checksum = struct.pack(">L", zlib.crc32(kind + inside))
    return struct.pack(">L", len(inside)) + kind + inside + checksum


def png_with_text() -> bytes:
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_text("Zipped", SECRET.decode(), zip=True)
    return saved(in_mode("RGB"), "PNG", pnginfo=info, exif=told(6))


def with_small_picture(jpeg: bytes) -> bytes:
    """The same, with points of a thumbnail in its JFIF header; see JFIF 1.02."""
    small = SECRET + b"\0" * (-len(SECRET) % 3)
    head = jpeg[6:18] + bytes([len(small) // 3, 1]) + small
    return jpeg[:4] + (len(head) + 2).to_bytes(2, "big") + head + jpeg[20:]


def noise(width: int, height: int) -> Image.Image:
    rows = np.random.default_rng(1).integers(0, 255, (height, width, 3), "uint8")
    return Image.fromarray(rows)


def good() -> Iterator[tuple[str, bytes]]:
    """Pictures that are taken: (what it is, its bytes)."""
    rgb, more = in_mode("RGB"), [points(2, n) for n in range(3)]
    for mode in ("L", "RGB", "CMYK"):
        yield f"jpeg {mode}", saved(in_mode(mode), "JPEG", exif=told(1))
    yield "jpeg progressive", saved(rgb, "JPEG", progressive=True)
    optimized = saved(rgb, "JPEG", optimize=True, subsampling=0)
    yield "jpeg optimized, a small picture in it", with_small_picture(optimized)
    yield "jpeg restarts", saved(rgb, "JPEG", restart_marker_blocks=2)
    yield "jpeg comment", saved(rgb, "JPEG", comment=SECRET, icc_profile=SECRET * 9)
    yield "jpeg filled", saved(rgb, "JPEG").replace(b"\xff\xc0", b"\xff\xff\xff\xc0", 1)
    yield "jpeg of a camera", saved(noise(2200, 1400), "JPEG", exif=told(6))
    yield "jpeg rgb inside", saved(rgb, "JPEG", keep_rgb=True)
    yield "mpo", saved(rgb, "MPO", save_all=True, append_images=more, exif=told(8))
    yield "jpeg and zip", saved(rgb, "JPEG") + b"PK\3\4" + SECRET + b"\xff\xd9"
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield f"png {mode}", saved(in_mode(mode), "PNG")
    yield "png palette hole", saved(palette_with_hole(), "PNG", transparency=3)
    yield "png grey hole", saved(in_mode("L"), "PNG", transparency=128)
    yield "png colour hole", saved(rgb, "PNG", transparency=rgb.getpixel((0, 0)))
    yield "png 48 bit", wide_png(2, 3)
    yield "png 64 bit", wide_png(6, 4)
    yield "png grey-alpha 32 bit", wide_png(4, 2)
    yield "png text", png_with_text()
    yield "png and html", saved(rgb, "PNG") + b"<html>" + SECRET
    yield "apng", saved(rgb, "PNG", save_all=True, append_images=more)
    yield (
        "apng with another first",
        saved(rgb, "PNG", save_all=True, append_images=more, default_image=True),
    )
    for mode in ("L", "P", "RGB"):
        yield f"gif {mode}", saved(in_mode(mode), "GIF")
    yield "gif hole", saved(palette_with_hole(), "GIF", transparency=3)
    yield "gif animated", saved(rgb, "GIF", save_all=True, append_images=more)
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        yield f"bmp {mode}", saved(in_mode(mode), "BMP")
    yield "webp", saved(rgb, "WEBP", exif=told(3))
    yield "webp lossless", saved(in_mode("RGBA"), "WEBP", lossless=True)
    yield "webp animated", saved(rgb, "WEBP", save_all=True, append_images=more)
    modes = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I;16B")
    for mode in (*modes, "I", "F"):
        yield f"tiff {mode}", saved(in_mode(mode), "TIFF")
    for way in ("tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"):
        yield f"tiff {way}", saved(rgb, "TIFF", compression=way)
    yield "tiff pages", saved(rgb, "TIFF", save_all=True, append_images=more)
    yield "heic", saved(rgb, "HEIF", exif=told(6))
    yield "avif", saved(rgb, "AVIF")
    for turn in range(1, 9):
        for format in ("JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"):
            yield f"{format.lower()} turned {turn}", saved(rgb, format, exif=told(turn))
    yield "one point", saved(in_mode("RGB", (1, 1)), "PNG")
    yield "long", saved(in_mode("RGB", (1, 900)), "JPEG")


GOOD = dict(good())


def blown_up(width: int, height: int) -> bytes:
    """A PNG of one colour: little to send, much to unpack."""
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + 3 * width)) for _ in range(height))
    chunks = (b"IHDR", head), (b"IDAT", rows + packer.flush()), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


def resized_jpeg(width: int, height: int) -> bytes:
    """A JPEG whose header says another size."""
    content = saved(in_mode("RGB"), "JPEG")
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def bad() -> Iterator[tuple[str, bytes, str]]:
    """What is passed over: (what it is, its bytes, what is said)."""
    rgb = noise(64, 48)
    yield "empty", b"", "It is empty."
    for format in ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "HEIF", "AVIF"):
        content = saved(rgb, format)
        yield f"half a {format.lower()}", content[: len(content) // 2], DAMAGED
    yield "the start of a jpeg", saved(rgb, "JPEG")[:20], DAMAGED
    yield "a jpeg's sign and noise", b"\xff\xd8\xff\xe0" + bytes(range(256)), DAMAGED
    yield "png with a wrong checksum", _damaged_png(), DAMAGED
    yield "png without a size", blown_up(0, 0), DAMAGED
    yield "png with a text bomb", _text_bomb(), DAMAGED
    yield "text", b"hello, this is no picture", "It is no picture."
    web_page = "It is a web page, not a picture: save the picture itself."
    yield "web page", b"\n<!DOCTYPE html><html><body>404</body></html>", web_page
    drawing = "It is a drawing (SVG), not points: save it as PNG."
    yield (
        "svg",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        drawing,
    )
    for kind, content in _others(rgb):
        said = f"It is {kind}, which is not read here: save it as JPEG or PNG."
        yield kind, content, said
    yield "program", b"MZ\x90\0" + bytes(99), "It is no picture but a program."
    video = b"\0\0\0\x20ftypisom" + bytes(99)
    yield "video", video, "It is no picture but a video."
    for kind, sign in _ARCHIVES.items():
        said = f"It is packed ({kind}): unpack it first."
        yield kind, sign + bytes(99), said
    most = "60 million is the most."
    points = f"It has 400 million points; {most}"
    yield "png of 400 million points", blown_up(20_000, 20_000), points
    yield (
        "png of 61 million points",
        blown_up(61_000, 1_000),
        f"It has 61 million points; {most}",
    )
    yield (
        "jpeg of 200 million points",
        resized_jpeg(20_000, 10_000),
        f"It has 200 million points; {most}",
    )


DAMAGED = "It is cut off or damaged."
_ARCHIVES = {
    "zip": b"PK\3\4",
    "RAR": b"Rar!\x1a\x07\x01\0",
    "7-Zip": b"7z\xbc\xaf\x27\x1c",
    "EGG": b"EGGA\0\1",
    "ALZ": b"ALZ\x01",
    "gzip": b"\x1f\x8b\x08",
}


def _others(rgb: Image.Image) -> Iterator[tuple[str, bytes]]:
    yield "PDF", saved(rgb, "PDF")
    yield "EPS", saved(rgb, "EPS")
    yield "Photoshop", b"8BPS\0\1" + bytes(99)
    yield "ICO", saved(rgb, "ICO")
    yield "FITS", b"SIMPLE  =                    T" + bytes(99)
    yield "JPEG 2000", saved(rgb, "JPEG2000")
    yield "PCX", saved(rgb, "PCX")


def _damaged_png() -> bytes:
    content = bytearray(saved(noise(64, 48), "PNG"))
    content[content.index(b"IDAT") + 2_000] ^= 0xFF
    return bytes(content)


def _text_bomb() -> bytes:
    content = saved(in_mode("RGB"), "PNG")
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    return content[:33] + bomb + content[33:]


BAD = {what: (content, said) for what, content, said in bad()}
