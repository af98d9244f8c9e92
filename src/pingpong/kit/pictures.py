"""What kind of picture some bytes are and how large, from their first bytes alone.

Nothing is decoded: a picture that unpacks to gigabytes is refused by what its header says.
"""

from dataclasses import dataclass

MAX_BYTES = 512 * 1024
MAX_SIDE = 2000
MAX_PIXELS = 2_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_ALONE = {0x01, *range(0xD0, 0xD8)}


class PictureInvalidError(ValueError):
    """These bytes are no picture that can be taken; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's kind and its size in pixels."""

    content_type: str
    suffix: str
    width: int
    height: int


def inspect(content: bytes) -> Picture:
    """Tell what a PNG, JPEG or WebP is; raises PictureInvalidError for all else."""
    if len(content) > MAX_BYTES:
        raise PictureInvalidError(f"The picture is larger than {MAX_BYTES // 1024} KiB.")
    picture = _kind(content)
    if picture is None:
        raise PictureInvalidError("The picture has to be a PNG, a JPEG or a WebP.")
    width, height = picture.width, picture.height
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise PictureInvalidError(
            f"The picture may be {MAX_SIDE} pixels wide and high, and 2 million in all."
        )
    return picture


def _kind(content: bytes) -> Picture | None:
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def _png(content: bytes) -> Picture | None:
    if len(content) < 33 or content[12:16] != b"IHDR":  # noqa: PLR2004 -- signature and first chunk
        return None
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    # An animation may hold more than its first frame says.
    if b"acTL" in content:
        return None
    return Picture("image/png", "png", width, height)


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 -- begins a marker
        marker = content[at + 1]
        if marker in _ALONE:
            at += 2
        elif marker == 0xFF:  # noqa: PLR2004 -- filling
            at += 1
        elif marker in _FRAMES:
            height = int.from_bytes(content[at + 5 : at + 7])
            width = int.from_bytes(content[at + 7 : at + 9])
            return Picture("image/jpeg", "jpg", width, height)
        else:
            at += 2 + max(int.from_bytes(content[at + 2 : at + 4]), 2)
    return None


def _webp(content: bytes) -> Picture | None:
    kind, data = content[12:16], content[20:30]
    if len(data) < 10:  # noqa: PLR2004 -- the shortest header
        return None
    if kind == b"VP8X":
        if data[0] & 0x02:  # animated
            return None
        width, height = (
            1 + int.from_bytes(data[4:7], "little"),
            1 + int.from_bytes(data[7:10], "little"),
        )
    elif kind == b"VP8L" and data[0] == 0x2F:  # noqa: PLR2004 -- signature
        bits = int.from_bytes(data[1:5], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        width = int.from_bytes(data[6:8], "little") & 0x3FFF
        height = int.from_bytes(data[8:10], "little") & 0x3FFF
    else:
        return None
    return Picture("image/webp", "webp", width, height)
