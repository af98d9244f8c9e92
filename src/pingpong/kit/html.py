"""Messages in HTML: the only sanitiser, and plain text made of it."""

import html
import re

import nh3

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "i", "li", "ol", "p", "pre",
    "s", "span", "strikethrough", "strong", "u", "ul",
}  # fmt: skip
_BLOCK_END = re.compile(r"<(?:br|/p|/div|/li|/h1|/pre|/blockquote)\s*/?>")
_TAG = re.compile(r"<[^>]+>")
_ABSOLUTE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
MAX_DEPTH = 50
# Ten times what 20,000 characters of ordinary HTML become.
MAX_CLEAN = 100_000

# A parser opens formatting elements again in each paragraph, and takes two for different ones by
# their attributes: a few hundred become megabytes. Bare ones it limits to three. This bounds the
# cost; what is allowed is nh3's business.
_DECORATED = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^>]*>", re.IGNORECASE
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Taking unknown elements away can leave nestings that a parser reads otherwise the next time;
# one more round has settled everything seen so far.
_MOST_ROUNDS = 4
_LINE_BREAKS_OF_PRE = re.compile(r"<pre>\n+")  # a parser drops one of them each time

_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_VOID = {"br"}


def _keep_absolute_links(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not _ABSOLUTE_LINK.fullmatch(value.strip()):
        return None
    return value


class MessageTooLargeError(Exception):
    """What became of the HTML is larger than any message should be."""


def sanitise(message: str) -> str:
    """Keep the few tags that a message may have; drop scripts, styles, ids and relative links.

    What comes out stays as it is when it is read and cleaned again. Raises MessageTooLargeError.
    """
    clean = _cleaned(_DECORATED.sub(r"<\1>", message))
    if len(clean) > MAX_CLEAN:
        raise MessageTooLargeError
    for _ in range(_MOST_ROUNDS):
        again = _cleaned(clean)
        if again == clean:
            return clean
        clean = again
    return _cleaned(_TAG.sub("", clean))


def _cleaned(message: str) -> str:
    clean = nh3.clean(
        message,
        tags=_TAGS,
        attributes={"a": {"href"}, "*": set()},
        attribute_filter=_keep_absolute_links,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )
    return _LINE_BREAKS_OF_PRE.sub("<pre>", _CONTROL.sub("", clean))


def depth_of(clean: str) -> int:
    """Tell how deep the elements of sanitised HTML are nested."""
    depth = deepest = 0
    for closing, tag in _OPEN_OR_CLOSE.findall(clean):
        if tag in _VOID:
            continue
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def is_single_div(clean: str) -> bool:
    """Tell whether sanitised HTML is exactly one ``<div>`` element."""
    if not (clean.startswith("<div>") and clean.endswith("</div>")):
        return False
    depth = 0
    for match in _OPEN_OR_CLOSE.finditer(clean):
        closing, tag = match.groups()
        if tag in _VOID:
            continue
        depth += -1 if closing else 1
        if depth == 0:
            return match.end() == len(clean)
    return False


def as_message(message: str) -> str:
    """Sanitise a message and wrap it in one ``<div>`` (contract A13); empty stays empty."""
    clean = sanitise(message).strip()
    if not message.strip() or is_single_div(clean):
        return clean
    return f"<div>{clean}</div>"


def for_page(message: str) -> str:
    """Turn a stored message into HTML that browsers know (contract A14)."""
    return message.replace("<strikethrough>", "<s>").replace("</strikethrough>", "</s>")


def as_text(message: str) -> str:
    """Turn a stored message into plain text, one line a block."""
    with_breaks = _BLOCK_END.sub("\n", message)
    text = html.unescape(_TAG.sub("", with_breaks))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
