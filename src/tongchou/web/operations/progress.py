"""A counter on the terminal for work whose end is not known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """Show how many rows have gone by; nothing is shown where the output is not a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=None)
        waiting = 0

        def told(number: int) -> None:
            nonlocal waiting
            waiting += number
            if waiting >= 1000:
                progress.advance(task, waiting)
                waiting = 0

        yield told
