import pytest

from factories.pictures import jpeg, lossless, png, webp
from pingpong.kit.pictures import MAX_BYTES, Picture, PictureInvalidError, inspect


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (png(640, 120), Picture("image/png", "png", 640, 120)),
        (jpeg(640, 120), Picture("image/jpeg", "jpg", 640, 120)),
        (webp(640, 120), Picture("image/webp", "webp", 640, 120)),
        (lossless(640, 120), Picture("image/webp", "webp", 640, 120)),
    ],
    ids=["png", "jpeg", "webp", "lossless"],
)
def test_picture_is_known_by_its_first_bytes(content: bytes, expected: Picture) -> None:
    assert inspect(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(100),
        b"<!doctype html><script>",
        png(640, 120)[:20],
        b"\xff\xd8\xff",
        b"\xff\xd8" + b"\xff\xe0\x00\x00" * 2000,
        b"RIFF\0\0\0\0WEBPVP8X",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureInvalidError, match="has to be a PNG"):
        inspect(content)


@pytest.mark.parametrize(
    "content",
    [
        png(60_000, 60_000),
        png(2_001, 1),
        png(1_900, 1_900),
        png(0, 10),
        png(4_294_967_295, 4_294_967_295),
        jpeg(65_500, 65_500),
        webp(16_000_000, 2),
        lossless(16_000, 16_000),
    ],
)
def test_bomb_is_refused_by_what_its_header_says(content: bytes) -> None:
    with pytest.raises(PictureInvalidError, match="2 million in all"):
        inspect(content)


def test_animation_is_refused() -> None:
    for content in (png(10, 10, more=b"\0\0\0\x08acTL"), webp(10, 10, flags=2)):
        with pytest.raises(PictureInvalidError, match="has to be a PNG"):
            inspect(content)


def test_picture_beyond_the_bound_is_refused_unread() -> None:
    with pytest.raises(PictureInvalidError, match="larger than 512 KiB"):
        inspect(png(10, 10, more=bytes(MAX_BYTES)))
