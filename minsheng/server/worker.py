"""Makes one document and ends: `python -m minsheng.server.worker`, run by `documents`.

A process of its own, because making a document keeps the interpreter's lock for up to half a
minute, and may take a gigabyte, which is given back when it ends. Reads one line of JSON and then
the dataset; writes the document, or a sentence where it ends with LACKING.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import BinaryIO

from minsheng.dataset import schema
from minsheng.export import FORMATS
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Filters
from minsheng.model import Light, Refused

LACKING = 3


def work(source: BinaryIO, to: BinaryIO) -> int:
    """The exit status: 0, or LACKING where this machine cannot make such a document."""
    order = json.loads(source.readline())
    dataset = schema.loads(source.read()).dataset
    filters = Filters(
        tuple(order["categories"]),
        tuple(order["departments"]),
        tuple(map(Light, order["lights"])),
    )
    shot = snapshot.at(dataset, order["period"], order["fingerprint"], filters)
    try:
        to.write(FORMATS[order["format"]].build(shot))
    except Refused as error:
        to.write(str(error).encode())
        return LACKING
    return 0


if __name__ == "__main__":
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)  # a page goes before a document
    sys.exit(work(sys.stdin.buffer, sys.stdout.buffer))
