# shellcheck shell=bash
# Keeps .venv in step with the lock files. Sourced by bin/up, bin/dev and bin/ci:
#
#   source "$(dirname "${BASH_SOURCE[0]}")/lib/env.sh"
#   ensure_env runtime        # or: dev
#   exec "$VENV/bin/pingpong" up "$@"

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VENV=$ROOT/.venv

fail() {
    printf '%s: %s\n' "bin/${0##*/}" "$1" >&2
    exit 1
}

# Makes .venv hold exactly what requirements/$1.lock names, and the package itself.
# Costs a fraction of a second when nothing changed; ends the script with one sentence on failure.
ensure_env() {
    local kind=$1 python wanted
    python=$(_find_python) || fail "Python 3.11 or newer is needed; found: $(python3 --version 2>&1 || echo none)."
    wanted=$(_fingerprint "$python" "$kind") || fail "The lock files in requirements/ cannot be read."
    _is_current "$kind" "$wanted" && return
    [ -w "$ROOT" ] || fail "The folder $ROOT cannot be written."
    # Two starts at once: the second waits, and finds the work done.
    exec 9<"$ROOT"
    if command -v flock >/dev/null; then flock 9; fi
    _is_current "$kind" "$wanted" || _install "$python" "$kind" "$wanted"
    exec 9<&-
}

_find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3.11 python3 python3.12 python3.13; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# The stamp of an environment: interpreter, place, and every file that says what belongs into it.
_fingerprint() {
    "$1" - "$2" "$ROOT" <<'PYTHON'
import hashlib, pathlib, sys
kind, root = sys.argv[1:]
folder = pathlib.Path(root, "requirements")
files = [folder / f"{kind}.lock", folder / "build.lock", folder / "runtime.in", pathlib.Path(root, "pyproject.toml")]
digest = hashlib.sha256(f"{sys.version}\n{root}\n".encode())
for file in files:
    digest.update(file.read_bytes())
print(digest.hexdigest())
PYTHON
}

# What serves development serves running too, so the stamp of either kind is looked at.
_is_current() {
    [ -x "$VENV/bin/pingpong" ] && [ "$(cat "$VENV/.stamp-$1" 2>/dev/null)" = "$2" ]
}

_install() {
    local python=$1 kind=$2 wanted=$3 log
    log=$(mktemp)
    rm -f "$VENV"/.stamp-*
    echo "Installing the dependencies ($kind) into .venv; this takes a minute or two, once." >&2
    if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || ! _same_version "$python"; then
        _logged "$log" "$python" -m venv --clear "$VENV" ||
            fail "No virtual environment could be made: $(_last_words "$log") (On Debian: apt-get install python3-venv.)"
    fi
    _logged "$log" _pip install --require-hashes -r "$ROOT/requirements/$kind.lock" -r "$ROOT/requirements/build.lock" ||
        fail "The dependencies could not be installed: $(_last_words "$log") The whole story is in $log."
    _logged "$log" _pip install --no-deps --no-build-isolation --editable "$ROOT" ||
        fail "The package could not be installed: $(_last_words "$log") The whole story is in $log."
    echo "$wanted" >"$VENV/.stamp-$kind"
    if [ "$kind" = dev ]; then
        _fingerprint "$python" runtime >"$VENV/.stamp-runtime"
    fi
    rm -f "$log"
}

_pip() {
    "$VENV/bin/python" -m pip --disable-pip-version-check --no-input --quiet "$@"
}

_same_version() {
    [ "$("$1" -c 'import sys; print(sys.version)')" = "$("$VENV/bin/python" -c 'import sys; print(sys.version)')" ]
}

_logged() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 </dev/null
}

# The last line that says what went wrong, without pip's prefix.
_last_words() {
    local line
    line=$(grep -E '^ERROR: |[Ee]rror' "$1" | head -n 1)
    [ -n "$line" ] || line=$(tail -n 1 "$1")
    line=${line#ERROR: }
    printf '%s.' "${line%.}"
}
