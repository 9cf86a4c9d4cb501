"""Measures our engine beside what people use today.

    python3 -m driver                       everything, both sides alternating seven times
    python3 -m driver epoch kernels         some parts
    python3 -m driver --quick               fewer repeats, for a first look

The report goes to standard output and to `results/`: `benchmarks` if it is the whole of it, else `partial`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from typing import Any

from . import (
    convolution,
    cycles,
    epochs,
    inference,
    kernels,
    machine,
    phases,
    processes,
    saturation,
    scaling,
    startup,
    targets,
)
from .figures import Part, Table, progress
from .settings import NAMES, Settings
from .workers import BENCHMARKS, Ours, PeerError

PARTS: dict[str, Callable[[Settings], Part]] = {
    "kernels": kernels.measure,
    "phases": phases.measure,
    "epoch": epochs.measure,
    "convolution": convolution.measure,
    "inference": inference.measure,
    "startup": startup.measure,
    "process": processes.measure,
    "scaling": scaling.measure,
    "saturation": saturation.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; by default all")
    parser.add_argument("--quick", action="store_true", help="fewer repeats; the report says so")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; expected any of {', '.join(PARTS)}")
    wanted = [name for name in PARTS if not arguments.parts or name in arguments.parts]

    start = time.monotonic()
    settings = Settings(is_quick=arguments.quick, cores=len(os.sched_getaffinity(0)))
    _check_data()
    neighbours = machine.Neighbours()
    description = machine.describe(settings)
    before = cycles.read_clock()
    parts: list[Part] = []
    data: dict[str, Any] = {}
    for name in wanted:
        progress(f"part {name}")
        try:
            part = PARTS[name](settings)
        except Exception as error:  # One part that fails does not end the run.
            progress(f"part {name} failed: {error}")
            part = Part(name, f"This part failed: {error}.", [], {})
        parts.append(part)
        data[name] = part.data
    last = cycles.measure(settings, before, data)
    parts.append(last)
    data["cycles"] = last.data
    goals, records = targets.table(data)
    minutes = (time.monotonic() - start) / 60
    others = neighbours.share()
    description["taken by other programs"] = "unknown" if others is None else f"{100 * others:.0f} % of all cores"
    description["peers"] = ", ".join(f"{name} {version}" for name, version in settings.versions.items()) or "none"

    is_whole = len(wanted) == len(PARTS) and not settings.is_quick
    is_busy = others is not None and others > 0.03
    report = _report(settings, is_whole, is_busy, description, parts, goals, minutes)
    folder = BENCHMARKS / "results"
    folder.mkdir(exist_ok=True)
    name = "benchmarks" if is_whole else "partial"
    document = {"quick": settings.is_quick, "machine": description, "parts": data, "targets": records}
    document["missing"] = settings.missing
    (folder / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    (folder / f"{name}.md").write_text(report)
    print(report)
    progress(f"written to Benchmarks/results/{name}.md and {name}.json")


def _check_data() -> None:
    """Ends with a sentence if MNIST is not there: every part but one needs it."""
    ours = Ours()
    try:
        ours.ask("many", repeats=1)
    except PeerError as error:
        raise SystemExit(f"bench: {error}") from None
    ours.close()


def _report(
    settings: Settings,
    is_whole: bool,
    is_busy: bool,
    description: dict[str, str],
    parts: list[Part],
    goals: Table,
    minutes: float,
) -> str:
    rounds = f"Both sides alternated {settings.rounds} times in one run of {minutes:.0f} minutes; "
    rounds += "figures are medians, with quartiles; ratios are those of medians. `make bench` repeats it."
    if settings.is_quick:
        rounds = f"**A quick look, {settings.rounds} rounds: not for quoting.** " + rounds
    elif not is_whole:
        rounds = "**Some parts only.** " + rounds
    sections = ["# Numeral beside what people use today", rounds]
    sections.append(Table(["machine", ""], [[key, value] for key, value in description.items()]).markdown())
    if is_busy:
        sections.append("**Other programs ran at the same time: not for quoting.** They hurt two threads most.")
    sections.append("## Goals\n\n" + goals.markdown())
    sections += [part.markdown() for part in parts]
    if settings.missing:
        rows = [[NAMES[name], reason] for name, reason in settings.missing.items()]
        sections.append("## Left out\n\n" + Table(["peer", "why"], rows).markdown())
    return "\n\n".join(sections) + "\n"


if __name__ == "__main__":
    main()
