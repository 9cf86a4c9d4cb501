"""The machine and the versions, so that a figure can be judged later."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import datetime, timezone
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


def describe(settings: Settings) -> dict[str, str]:
    ours = Ours()
    kernels = ours.ready["kernels"]
    ours.close()
    memory = _first("/proc/meminfo", "MemTotal").split()[0]
    virtual = "hypervisor" in _first("/proc/cpuinfo", "flags").split()
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _first("/proc/cpuinfo", "model name") + (", a virtual machine" if virtual else ""),
        "family, model": f"{_first('/proc/cpuinfo', 'cpu family')}, {_first('/proc/cpuinfo', 'model')}",
        "cores": str(settings.cores),
        "caches": _caches(),
        "memory": f"{int(memory) / 1e6:.0f} GB" if memory.isdigit() else memory,
        "system": f"{platform.system()} {platform.release()}",
        "load at the start": f"{os.getloadavg()[0]:.2f}",
        "program": _output([str(PROGRAM), "--version"]).splitlines()[0],
        "kernels": kernels,
        "Swift": _output(["swiftc", "--version"]).splitlines()[0],
    }
