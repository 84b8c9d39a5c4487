"""What was measured, as a table in Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from .cost import Cost
from .search_cost import Searched
from .sites import Builder, versions


@dataclass
class Measured:
    """All that is known of one builder at one size. `failed` says why there is no more."""

    builder: Builder
    cold: list[Cost] = field(default_factory=list)
    edit: list[Cost] = field(default_factory=list)
    steps: dict[str, list[Cost]] = field(default_factory=dict)
    pages: int = 0
    files: int = 0
    size: int = 0
    searches: list[Searched] = field(default_factory=list)
    failed: str = ""


Cell = Callable[[Measured], str]


def table(briefings: int, records: int, runs: int, edits: int, columns: list[Measured]) -> str:
    """One size, a column for each builder."""
    rows: list[tuple[str, Cell]] = [
        ("cold build", lambda each: _costs(each.cold, _seconds) or each.failed),
        (
            "its steps",
            lambda each: "; ".join(f"{name} {_costs(costs, _seconds)}" for name, costs in each.steps.items() if len(each.steps) > 1),
        ),
        ("its processor time", lambda each: _costs(each.cold, _processor)),
        ("its peak memory", lambda each: _costs(each.cold, _memory)),
        (
            "one figure changed, published",
            lambda each: "as cold" if not each.builder.rebuilds else _costs(each.edit, _seconds) or each.failed,
        ),
        ("its processor time", lambda each: _costs(each.edit, _processor)),
        ("its peak memory", lambda each: _costs(each.edit, _memory)),
        ("pages", lambda each: f"{each.pages:,}" if each.pages else ""),
        ("files", lambda each: f"{each.files:,}" if each.files else ""),
        ("bytes", lambda each: _megabytes(each.size) if each.size else ""),
        ("a first search fetches", lambda each: _spread([one.fetched for one in each.searches], _kilobytes)),
        ("the visit with it", lambda each: _spread([one.visit for one in each.searches], _kilobytes)),
        (
            "its first result after",
            lambda each: _spread([one.seconds for one in each.searches], _milliseconds) or each.failed,
        ),
        (
            "or, half a second after a click into the field",
            lambda each: _spread([one.after_focus for one in each.searches], _milliseconds) or each.failed,
        ),
    ]
    lines = [
        f"### {briefings:,} briefings, {records:,} records", "", f"Median of {runs}, of {edits} edits, and the least and the most.", "",
        f"| | {' | '.join(each.builder.name for each in columns)} |", f"|---|{'---:|' * len(columns)}",
    ]  # fmt: skip
    lines += [f"| {name} | {' | '.join(cell(each) or '–' for each in columns)} |" for name, cell in rows]
    return "\n".join(lines) + "\n"


def machine(browser: str, cards: str) -> str:
    """Where it was measured, and with what."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = next((line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GB of memory, {platform.system()} {platform.release()}, Python {platform.python_version()}. "
        f"{versions()}; {browser}. Load before the start: {load:.1f}.\n\n"
        "Each command is a process of its own. Peak memory is that of all its processes together (PSS, so that shared pages count once). "
        "Briefbook also makes maps, charts, data files, feeds, citations and earlier versions, which the Hugo site does not have; "
        f"of the cards for other pages it makes {cards}.\n"
    )


def _lines(file: str) -> Iterable[str]:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()


def _seconds(cost: Cost) -> float:
    return cost.seconds


def _processor(cost: Cost) -> float:
    return cost.processor


def _memory(cost: Cost) -> float:
    return cost.memory


def _costs(costs: list[Cost], of: Callable[[Cost], float]) -> str:
    return _spread([of(cost) for cost in costs], _megabytes if of is _memory else _time)


def _spread(values: list[float] | list[int], form: Callable[[float], str]) -> str:
    if not values:
        return ""
    middle, least, most = form(median(values)), form(min(values)), form(max(values))
    return middle if least == most else f"{middle} ({least} – {most})"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:.1f} min"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f} MB"


def _kilobytes(size: float) -> str:
    return f"{size / 1000:,.0f} kB"
