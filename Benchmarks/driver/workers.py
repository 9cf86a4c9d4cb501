"""The processes that are measured: long-lived workers that answer commands, and programs run from start to end."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
PYTHON = BENCHMARKS / ".venv" / "bin" / "python"
WORKER = BENCHMARKS / ".build" / "release" / "numeral-bench"
PROGRAM = ROOT / ".build" / "release" / "numeral"


class PeerError(Exception):
    """What a worker answered instead of a result."""


class Worker:
    """A process that answers each line with one line of JSON."""

    def __init__(self, command: list[str], environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=BENCHMARKS,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Libraries warn at length; DEBUG shows it.
            stderr=None if "DEBUG" in os.environ else subprocess.DEVNULL,
            text=True,
        )
        self.ready = self._read()

    def _ask(self, line: str) -> dict[str, Any]:
        assert self.process.stdin
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise PeerError("the process ended") from None
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise PeerError(f"the process ended with status {self.process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise PeerError(answer["error"])
        return answer

    def ask(self, name: str, **values: Any) -> dict[str, Any]:
        """Gives a command and returns the answer."""
        raise NotImplementedError

    def seconds(self, name: str, **values: Any) -> float:
        """The time that a command answers."""
        return float(self.ask(name, **values)["seconds"])

    def peak_memory(self) -> int:
        """The most bytes that were resident so far."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
        return 0

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Ours(Worker):
    """Our side, `numeral-bench`."""

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        super().__init__([str(WORKER)], environment)

    def ask(self, name: str, **values: Any) -> dict[str, Any]:
        return self._ask(" ".join([name, *(f"{key}={value}" for key, value in values.items())]))


class Peer(Worker):
    """A peer, on a number of threads that it keeps for life."""

    def __init__(self, name: str, threads: int) -> None:
        self.name = name
        self.threads = threads
        super().__init__([str(PYTHON), "-m", "peers.worker", name, "--threads", str(threads)])

    def ask(self, name: str, **values: Any) -> dict[str, Any]:
        return self._ask(json.dumps({"do": name, **values}))


@dataclass
class Run:
    """What became of a program."""

    seconds: float
    peak_memory: int
    output: str


@dataclass
class Programs:
    """Runs programs from start to end."""

    environment: dict[str, str] = field(default_factory=dict)

    def run(self, command: list[str]) -> Run:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=BENCHMARKS,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        if process.returncode != 0:
            raise PeerError(f"{Path(command[0]).name} ended with status {process.returncode}")
        return Run(seconds, usage.ru_maxrss * 1024, output)

    def time(self, command: list[str]) -> float:
        """The seconds from a program's start to its end."""
        return self.run(command).seconds
