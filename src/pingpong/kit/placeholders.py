"""Words in double braces that are replaced: plain substitution, once, from given values.

What is no name in braces, or has no value, stays as it was typed. Nothing is evaluated.
"""

import re
from collections.abc import Mapping

# Those that the product can fill in itself.
KNOWN = ("page", "component", "date", "time", "person")
_PLACEHOLDER = re.compile(r"\{\{[ \t]{0,3}([A-Za-z][A-Za-z0-9_-]{0,39})[ \t]{0,3}\}\}")


def names_in(*texts: str) -> list[str]:
    """Return the placeholders of some texts in order of appearance, each once."""
    return list(dict.fromkeys(name for text in texts for name in _PLACEHOLDER.findall(text)))


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Put in the values that there are, as they are; what a value holds is not looked at again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)
