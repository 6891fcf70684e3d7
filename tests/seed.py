"""The seed's dataset, measured once for all tests that only read it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from minsheng.dataset import store
from minsheng.measuring import snapshot

PATH = Path(__file__).parent.parent / "data" / "projects.yaml"
DATASET = store.read(PATH).dataset
FINGERPRINT = hashlib.sha256(PATH.read_bytes()).hexdigest()
SHOT = snapshot.at(DATASET, fingerprint=FINGERPRINT)
