"""MNIST as the peers start from it: float32 rows between 0 and 1 in memory."""

from __future__ import annotations

import gzip
import os
import struct
from pathlib import Path

import numpy as np


def folder() -> Path:
    """The folder of the dataset, found as the program finds it."""
    data = os.environ.get("NUMERAL_DATA")
    if data:
        return Path(data) / "mnist"
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "numeral" / "mnist"


def _read(name: str) -> np.ndarray:
    """The bytes of an IDX file, gzipped or not."""
    path = folder() / name
    packed = path.with_name(name + ".gz")
    content = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    dimensions = content[3]
    shape = struct.unpack(f">{dimensions}I", content[4 : 4 + 4 * dimensions])
    return np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def load(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Images `[count, 784]` in float32 and labels `[count]` in int64 of `train` or `t10k`."""
    images = _read(f"{part}-images-idx3-ubyte")
    labels = _read(f"{part}-labels-idx1-ubyte")
    return images.reshape(len(images), -1).astype(np.float32) / np.float32(255), labels.astype(np.int64)
