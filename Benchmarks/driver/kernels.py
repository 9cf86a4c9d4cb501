"""Dense products beside OpenBLAS and beside the most that one core can do."""

from __future__ import annotations

from functools import partial
from typing import Any

from .figures import Part, Table, alternate, digits, duration, ratio
from .settings import Settings
from .workers import Ours

#: What it is in `two-hidden`, the kind, and m × n × k as BLAS counts them.
SHAPES = [
    ("forward, layer 1 done densely", "forward", 128, 128, 784),
    ("forward, layer 2", "forward", 128, 64, 128),
    ("forward, layer 3", "forward", 128, 10, 64),
    ("forward, 67 samples", "forward", 67, 10, 64),
    ("forward, one sample", "forward", 1, 128, 784),
    ("delta, layer 3", "backward", 128, 64, 10),
    ("delta, layer 2", "backward", 128, 128, 64),
    ("gradient, layer 3", "gradient", 64, 10, 128),
    ("gradient, layer 2", "gradient", 128, 64, 128),
    ("gradient, layer 1 done densely", "gradient", 784, 128, 128),
]


def measure(settings: Settings) -> Part:
    ours = Ours()
    # An OpenBLAS older than the processor may choose kernels for a narrower one; it is given the chance of both.
    wide = Ours({"OPENBLAS_CORETYPE": "SKYLAKEX"}) if ours.ready["kernels"] == "avx512" else None
    peak = max(ours.ask("multiply-add")["rate"] for _ in range(3))
    rows: list[list[str]] = []
    data: dict[str, Any] = {"peak": peak, "shapes": {}}
    for title, kind, m, n, k in SHAPES:
        shape: dict[str, Any] = {"kind": kind, "m": m, "n": n, "k": k}
        sides = {side: partial(ours.seconds, "product", side=side, **shape) for side in ("ours", "blas", "pack")}
        if wide:
            sides["wide"] = partial(wide.seconds, "product", side="blas", **shape)
        size = f"{m}×{n}×{k}"
        figures = alternate(sides, settings.rounds, f"{title}, {size}", pause=0)
        chosen = figures["blas"].median
        if "wide" in figures and figures["wide"].median < chosen:
            figures["blas"] = figures.pop("wide")
        mine, blas, pack = (figures[side].median for side in ("ours", "blas", "pack"))
        # What another program takes from this one makes the peak lower too, so it is read again beside each shape.
        peak = max(peak, ours.ask("multiply-add")["rate"])
        operations = 2 * m * n * k
        with_pack = mine + (0 if kind == "gradient" else pack)
        rows.append(
            [title, size, duration(mine), digits(operations / mine / 1e9), f"{100 * operations / mine / peak:.0f} %"]
            + [duration(blas), f"{100 * operations / blas / peak:.0f} %", ratio(blas / mine), ratio(blas / with_pack)]
            + [duration(chosen)]
        )
        entry: dict[str, Any] = {side: figure.json() for side, figure in figures.items()}
        data["shapes"][f"{kind} {size}"] = {**entry, "operations": operations}
    data["peak"] = peak
    data["library"] = ours.ready["blas"]
    for worker in filter(None, (ours, wide)):
        worker.close()
    header = ["product", "m×n×k", "ours", "GFLOP/s", "of peak", "OpenBLAS", "of peak", "OpenBLAS ÷ ours"]
    header += ["with packing", "as it chooses"]
    prose = (
        f"One thread. The peak is {digits(peak / 1e9)} GFLOP/s: multiply-adds in registers, on the instruction set "
        "of the kernels. Ours adds the bias and applies the activation, or multiplies by its derivative; OpenBLAS is "
        "the bare product. Both sides' results are compared first. Ours reads weights that were packed after the "
        "last update; the column after counts the packing into every call. OpenBLAS is the better of the kernels it "
        "chooses itself, whose time is the last column, and those for AVX-512. Ten columns are computed as sixteen, so "
        f"their share of the peak cannot pass 63 %. `{data['library']}`."
    )
    return Part("Kernels", prose, [Table(header, rows)], data)
