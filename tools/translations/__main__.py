"""`python tools/translations update`, `take` or `compile`: keeps the files of translations.

`update` reads the code and brings each language's django.po in step with it, saying how many texts
lack their translation. `take PACKAGE LANGUAGE FILE` puts translations from a JSON file into one:
an object by text, each with its translation or the list of its plural forms (a context stands
before its text, with a `|`). `compile` writes the django.mo that Django reads. A test holds all.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from translations.catalogs import PACKAGES, compiled, compiled_path_of, take, update
from translations.messages import find_messages


def main(words: list[str]) -> int:
    """Do what the first word says; return the exit status."""
    if words == ["update"]:
        for package in PACKAGES:
            messages = find_messages(package.folder)
            for language in package.languages:
                missing = update(language, messages, package)
                told = f"{len(messages)} texts, {missing} not translated"
                sys.stdout.write(f"{package.name}, {language}: {told}\n")
    elif words == ["compile"]:
        for package in PACKAGES:
            for language in package.languages:
                compiled_path_of(language, package).write_bytes(compiled(language, package))
        sys.stdout.write("Wrote the compiled forms.\n")
    elif words[:1] == ["take"] and len(words) == 4:  # noqa: PLR2004 -- take and its three words
        package = next(one for one in PACKAGES if one.name == words[1])
        unknown = take(words[2], Path(words[3]), package)
        sys.stdout.write("".join(f"Not a text of ours: {text}\n" for text in unknown))
    else:
        sys.stderr.write("Say update, compile, or take PACKAGE LANGUAGE FILE.\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
