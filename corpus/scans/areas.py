"""Connected areas of a mask: letters, stamps and drawings as they hang together on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Labels = NDArray[np.int32]


class Area(NamedTuple):
    """One area: its number in the labels, from 1, and the rows and columns in which it lies."""

    number: int
    rows: slice
    columns: slice


def connected(mask: Mask) -> tuple[Labels, list[Area]]:
    """The areas of a mask of (rows, columns), dots that touch at a corner included; and of each dot the number of its
    area, 0 outside of all."""
    ndimage = _ndimage()
    labels, _ = ndimage.label(mask, structure=np.ones((3, 3), dtype=int))
    return labels, [Area(number, *place) for number, place in enumerate(ndimage.find_objects(labels), 1)]


def of_these(labels: Labels, numbers: Sequence[int]) -> Mask:
    """The mask of some areas."""
    wanted = np.zeros(int(labels.max(initial=0)) + 1, dtype=bool)
    wanted[list(numbers)] = True
    found: Mask = wanted[labels]
    return found


def thickened(mask: Mask) -> Mask:
    """The mask with the dots beside and above it, so that broken lines hang together."""
    found: Mask = _ndimage().binary_dilation(mask)
    return found


def _ndimage() -> Any:
    from scipy import ndimage  # half a second of loading, which only a picture is worth

    return ndimage
