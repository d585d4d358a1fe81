"""Makes flights/borders.npz from a Natural Earth "admin 0 countries" GeoJSON (public domain), 50 m scale.

python bench/make_borders.py ne_50m_admin_0_countries.json flights/borders.npz

Lines are thinned by 0.01 degrees. Natural Earth draws who holds a territory; where that is not the state
that the United Nations count it to, the state is put here: Crimea to Ukraine, Northern Cyprus to Cyprus,
Somaliland to Somalia. The Siachen glacier is nobody's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

CODES = {"France": "FR", "Norway": "NO", "N. Cyprus": "CY", "Somaliland": "SO",
         "Ashmore and Cartier Is.": "AU", "Indian Ocean Ter.": "AU", "Siachen Glacier": ""}
CRIMEA = shapely.box(32.3, 44.3, 36.7, 46.3)
THINNED_DEG, UNITS_PER_DEG = 0.01, 1000


def country(properties: dict[str, Any]) -> str:
    return CODES.get(properties["NAME"], properties["ISO_A2"])


def polygons(source: dict[str, Any]) -> Iterator[tuple[str, shapely.Polygon]]:
    """Each polygon with the code of its state."""
    for feature in source["features"]:
        code = country(feature["properties"])
        thin = shapely.simplify(shape(feature["geometry"]), THINNED_DEG)
        for part in shapely.get_parts(thin):
            if code:
                yield ("UA" if code == "RU" and CRIMEA.covers(part) else code), part


def main(source: Path, target: Path) -> None:
    points, lengths, owners, holes = [], [], [], []
    for code, polygon in sorted(polygons(json.loads(source.read_text(encoding="utf-8"))),
                                key=lambda pair: (pair[0], pair[1].bounds)):
        for number, ring in enumerate([polygon.exterior, *polygon.interiors]):
            coordinates = np.round(np.array(ring.coords)[:, :2] * UNITS_PER_DEG).astype(np.int32)
            points.append(coordinates)
            lengths.append(len(coordinates))
            owners.append(code)
            holes.append(number > 0)
    steps = np.diff(np.concatenate(points), axis=0, prepend=0)
    np.savez_compressed(target, steps=steps.astype(np.int32), lengths=np.array(lengths, np.int32),
                        countries=np.array(owners, "S2"), holes=np.array(holes, bool))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
