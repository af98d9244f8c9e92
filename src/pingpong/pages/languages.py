"""The languages that a page can speak, and which of them a reader prefers."""

from collections.abc import Sequence

from pingpong.kit.quality import LONGEST_HEADER, weight_of

# By code, in the order of the menu: what a language calls itself.
LANGUAGES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "sv": "Svenska",
    "tr": "Türkçe",
    "zh-hans": "简体中文",
}
_RIGHT_TO_LEFT = frozenset({"ar"})
# Written otherwise than its siblings: who reads it is not helped by them.
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def direction_of(code: str) -> str:
    """Return ``ltr`` or ``rtl``."""
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def tag_of(code: str) -> str:
    """Return the code as HTML spells it: ``zh-Hans``."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


def preferred(accept_language: str, offered: Sequence[str]) -> str:
    """Return which of the offered languages a header likes best; the first where it names none."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:LONGEST_HEADER].lower().split(",")):
        tag, _, parameters = part.partition(";")
        code = _matching(tag.strip(), offered)
        weight = weight_of(parameters)
        if code and weight > 0:
            found.append((-weight, place, code))
    return min(found)[2] if found else offered[0]


def _matching(tag: str, offered: Sequence[str]) -> str:
    if tag.startswith(_TRADITIONAL):
        return ""
    language = tag.partition("-")[0]
    return next((one for one in offered if one == tag or one.partition("-")[0] == language), "")
