"""Small units: a reader holds one in the head."""

import ast
from pathlib import Path
from statistics import median

from .tree import parsed, shown, under

CODE = ("src", "tests", "tools", "benchmarks")
FILE_LINES = 450
MEDIAN_LINES = 80
FUNCTION_LINES = 50


def lines_of(file: Path) -> int:
    return len(file.read_text().splitlines())


def test_no_file_is_longer_than_a_person_reads() -> None:
    files = [*under(*CODE), *under("src", suffix=".html"), *under("bin", suffix=".sh")]
    assert {shown(file): lines_of(file) for file in files if lines_of(file) > FILE_LINES} == {}


def test_half_of_the_files_fit_on_two_screens() -> None:
    sizes = [size for file in under("src") if (size := lines_of(file))]
    assert median(sizes) <= MEDIAN_LINES


def test_no_function_is_longer_than_one_screen() -> None:
    long = {}
    for file in under(*CODE):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    long[f"{shown(file)}:{node.lineno} {node.name}"] = length
    assert long == {}
