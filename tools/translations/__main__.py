"""`python tools/translations update` or `compile`: keeps the files of translations.

`update` reads the code and brings each language's django.po in step with it, saying how many texts
lack their translation. `compile` writes the django.mo that Django reads. A test holds both.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from translations.catalogs import LANGUAGES, compiled, compiled_path_of, update
from translations.messages import find_messages


def main(words: list[str]) -> int:
    """Do what the one word says; return the exit status."""
    if words == ["update"]:
        messages = find_messages()
        for language in LANGUAGES:
            missing = update(language, messages)
            sys.stdout.write(f"{language}: {len(messages)} texts, {missing} not translated\n")
    elif words == ["compile"]:
        for language in LANGUAGES:
            compiled_path_of(language).write_bytes(compiled(language))
            sys.stdout.write(f"Wrote {compiled_path_of(language)}.\n")
    else:
        sys.stderr.write("Say either update or compile.\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
