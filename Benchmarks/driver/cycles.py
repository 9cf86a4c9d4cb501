"""Core cycles per sample, from the clock that was measured in this run."""

from __future__ import annotations

from typing import Any

from .figures import Part, Table, digits
from .settings import Settings
from .workers import Ours

#: The floats of a vector as counted here, whatever the processor's registers hold.
LANES = 16


def vectors_a_cycle(measured: float) -> float:
    """The multiply-adds of 16 floats a cycle that a core was built for, from those measured.

    Two on Zen 5, one on Zen 4 and where registers hold eight floats, less without fused ones.
    """
    return max(0.25, round(2 * measured) / 2)


def read_clock() -> dict[str, float]:
    """The clock from a chain of integer operations, and the rate of multiply-adds, one core."""
    ours = Ours()
    rates = {
        "clock": max(ours.ask("clock")["rate"] for _ in range(3)),
        "multiplyAdd": max(ours.ask("multiply-add")["rate"] for _ in range(3)),
    }
    ours.close()
    return rates


def measure(settings: Settings, before: dict[str, float], parts: dict[str, Any]) -> Part:
    after = read_clock()
    clock = max(before["clock"], after["clock"])
    peak = max(before["multiplyAdd"], after["multiplyAdd"])
    fused_per_cycle = peak / 2 / LANES / clock
    built = vectors_a_cycle(fused_per_cycle)
    by_peak = peak / 2 / LANES / built
    rows = [
        ["clock, chain of integer operations", f"{clock / 1e9:.2f} GHz"],
        [f"clock, if the peak is {built:g} multiply-adds of 512 bits a cycle", f"{by_peak / 1e9:.2f} GHz"],
        ["peak of one core", f"{digits(peak / 1e9)} GFLOP/s"],
        ["fused multiply-adds of 16 floats a cycle, by the chain's clock", f"{fused_per_cycle:.2f}"],
    ]
    data: dict[str, Any] = {"clock": clock, "peak": peak, "before": before, "after": after}
    epochs = parts.get("epoch", {}).get("two-hidden", {})
    if "clock" in epochs:
        clock = epochs["clock"]["median"]
        rows.append(["clock beside the epochs, which counts below", f"{clock / 1e9:.2f} GHz"])
    for threads in settings.thread_counts:
        name = f"Numeral, {threads} thread{'s' if threads > 1 else ''}"
        if name not in epochs:
            continue
        cycles = threads * clock * epochs[name]["median"] / 60_000
        data[f"cycles{threads}"] = cycles
        rows.append(
            [f"two-hidden, core cycles per sample, {threads} thread{'s' if threads > 1 else ''}", f"{cycles:,.0f}"]
        )
    prose = (
        "Core cycles per sample = cores × clock × seconds ÷ images. The clock is that of the chain: additions and "
        "exclusive ors that wait for each other take a cycle each on every processor, so it assumes nothing of the "
        "units; the other clock is printed beside it. Both are read before and after everything else, and the "
        "higher reading is shown, because whatever disturbs can only lower it. Cycles are counted by the median of "
        "readings that were taken right after each epoch."
    )
    return Part("Cycles", prose, [Table(["what", "figure"], rows)], data)
