"""The machine and the versions, so that a figure can be judged later."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from .settings import Settings
from .workers import PROGRAM, Ours


def _first(path: str, key: str) -> str:
    """The value of the first line of a file that starts with a key."""
    try:
        for line in Path(path).read_text().splitlines():
            if line.startswith(key):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def _caches() -> str:
    """The caches of the first core: level, kind and size."""
    found = []
    for folder in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        try:
            level, kind, size = ((folder / name).read_text().strip() for name in ("level", "type", "size"))
        except OSError:
            continue
        letter = {"Data": "d", "Instruction": "i"}.get(kind, "")
        found.append(f"L{level}{letter} {size}")
    return ", ".join(found) or "unknown"


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


class Neighbours:
    """How much of the machine other programs take while this one measures."""

    def __init__(self) -> None:
        self.start = self._read()

    def share(self) -> float | None:
        """The part of all cores' time that others took since the start, once all workers have ended."""
        now = self._read()
        if self.start is None or now is None:
            return None
        every, busy, own = (b - a for a, b in zip(self.start, now, strict=True))
        return max(0.0, busy - own) / every if every > 0 else None

    @staticmethod
    def _read() -> tuple[float, float, float] | None:
        """Seconds of all cores so far, those at work for anyone, the host's other guests too, and those for us."""
        try:
            ticks = list(map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]))
        except (OSError, ValueError):
            return None
        tick = os.sysconf("SC_CLK_TCK")
        user, nice, system, idle, waiting, hard, soft, stolen = ticks
        own = os.times()
        return (
            sum(ticks) / tick,
            (user + nice + system + hard + soft + stolen) / tick,
            own.user + own.system + own.children_user + own.children_system,
        )


def describe(settings: Settings) -> dict[str, str]:
    ours = Ours()
    kernels = ours.ready["kernels"]
    ours.close()
    memory = _first("/proc/meminfo", "MemTotal").split()[0]
    virtual = "hypervisor" in _first("/proc/cpuinfo", "flags").split()
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _first("/proc/cpuinfo", "model name") + (", a virtual machine" if virtual else ""),
        "family, model": f"{_first('/proc/cpuinfo', 'cpu family')}, {_first('/proc/cpuinfo', 'model')}",
        "cores": str(settings.cores),
        "caches": _caches(),
        "memory": f"{int(memory) / 1e6:.0f} GB" if memory.isdigit() else memory,
        "system": f"{platform.system()} {platform.release()}",
        "program": _output([str(PROGRAM), "--version"]).splitlines()[0],
        "kernels": kernels,
        "Swift": _output(["swiftc", "--version"]).splitlines()[0],
    }
