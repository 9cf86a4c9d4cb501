"""How much is measured, and the peers that can be had."""

from __future__ import annotations

from dataclasses import dataclass, field

from .figures import progress
from .workers import Peer, PeerError

NAMES = {
    "numpy": "NumPy float32",
    "numpy64": "NumPy float64",
    "torch": "PyTorch eager",
    "torch-convolution": "PyTorch eager",
    "torch-compiled": "PyTorch compiled",
    "sklearn": "scikit-learn",
    "jax": "JAX jit",
    "onnx": "ONNX Runtime",
}


@dataclass
class Settings:
    """Shared by all parts."""

    is_quick: bool
    cores: int
    versions: dict[str, str] = field(default_factory=dict)
    #: Why a peer is missing from a table.
    missing: dict[str, str] = field(default_factory=dict)
    #: The thread count that was better for a peer's epochs.
    best_threads: dict[str, int] = field(default_factory=dict)

    @property
    def rounds(self) -> int:
        return 3 if self.is_quick else 7

    @property
    def thread_counts(self) -> list[int]:
        return [1, 2] if self.cores > 1 else [1]

    def start(self, name: str, threads: int) -> Peer | None:
        """Starts a peer, or notes why there is none."""
        if name in self.missing:
            return None
        try:
            peer = Peer(name, threads)
        except (PeerError, OSError) as error:
            self.miss(name, error)
            return None
        self.versions.update(peer.ready.get("versions", {}))
        return peer

    def miss(self, name: str, error: Exception) -> None:
        self.missing[name] = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        progress(f"{NAMES[name]} is left out: {self.missing[name]}")
