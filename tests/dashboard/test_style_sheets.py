"""The style sheets of the parts are served as one: none may restyle another's classes."""

import re
from collections import defaultdict
from pathlib import Path

from pingpong import dashboard

FOLDER = Path(dashboard.__file__).parent / "assets" / "css"
RULE = re.compile(r"(?:^|\})\s*([^{}@]+)\{", re.MULTILINE)
LONE_CLASS = re.compile(r"\.[a-z][a-z0-9-]*")


def test_class_alone_is_styled_in_one_sheet() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in FOLDER.glob("*.css"):
        for selectors in RULE.findall(sheet.read_text()):
            for one in selectors.split(","):
                if LONE_CLASS.fullmatch(one.strip()):
                    found[one.strip()].add(sheet.name)
    assert ".steps" in found
    assert {name: sheets for name, sheets in found.items() if len(sheets) > 1} == {}
