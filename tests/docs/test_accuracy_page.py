"""The published accuracy is what the benchmark prints today."""

import contextlib
import io
from pathlib import Path

from benchmarks import reader_accuracy

PAGE = Path(__file__).parents[2] / "docs" / "reader-accuracy.md"


def test_the_page_says_what_the_benchmark_prints():
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        reader_accuracy.main()
    assert printed.getvalue().strip() in PAGE.read_text("utf-8")
