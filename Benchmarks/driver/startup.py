"""From start to answer."""

from __future__ import annotations

import gzip
import os
import tempfile
from functools import partial
from pathlib import Path

from .figures import Figure, Part, Table, alternate, duration
from .settings import Settings
from .workers import PROGRAM, PeerError, Programs


def _first_test_image() -> bytes:
    """The pixels of the first picture of MNIST's test part."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(os.environ.get("NUMERAL_DATA") or Path(cache) / "numeral") / "mnist"
    path = folder / "t10k-images-idx3-ubyte"
    packed = path.with_name(path.name + ".gz")
    content = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    return content[16 : 16 + 784]


def measure(settings: Settings) -> Part:
    programs = Programs()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs.run(
            [
                str(PROGRAM),
                "train",
                "two-hidden",
                "--validation",
                "0",
                "--epochs",
                "1",
                "-q",
                "-o",
                str(folder / "runs"),
            ]
        )
        models = list(folder.glob("runs/**/*.safetensors"))
        if not models:
            raise PeerError("numeral train saved no model")
        image = folder / "one.csv"
        image.write_text(",".join(map(str, _first_test_image())) + "\n")
        commands = {
            "numeral --version": [str(PROGRAM), "--version"],
            "numeral predict, one image of a CSV": [str(PROGRAM), "predict", str(image), "--label", "none"]
            + ["--model", str(models[0]), "--json"],
        }
        sides = {name: partial(programs.time, command) for name, command in commands.items()}
        figures = alternate(sides, 5 if settings.is_quick else 21, "start to answer", pause=0.02)
    rows = []
    for name, figure in figures.items():
        low, high = figure.quartiles
        rows.append([name, duration(figure.median), f"{duration(low)} to {duration(high)}", duration(_tail(figure))])
    prose = "From the start of the process to its end, the driver's cost of starting one included."
    table = Table(["command", "median", "quartiles", "slowest"], rows)
    return Part("Start to answer", prose, [table], {name: figure.json() for name, figure in figures.items()})


def _tail(figure: Figure) -> float:
    return max(figure.samples)
