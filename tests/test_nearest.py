"""A word that no document has: the word of the index that may have been meant."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from flask.testing import FlaskClient

from indexer.query import nearest, ranking

HELD = {
    "folded": {
        "chuyen": 90,
        "chuyan": 1,
        "doi": 80,
        "dai": 300,
        "so": 200,
        "cong": 90,
        "nghe": 70,
        "khoa": 30,
        "hoc": 30,
    },
    "facts": {"decision": 3},
    "pairs": {"chuyen_doi": 50, "doi_so": 40, "khoa_hoc": 20, "cong_nghe": 30},
}


def frequencies(field: str, keys: Collection[str]) -> dict[str, int]:
    return {key: HELD[field][key] for key in keys if key in HELD[field]}


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("chuyển đổi số", {}),
        ("chuyểm đổi số", {"chuyểm": "chuyen"}),  # changed
        ("chuyn đổi số", {"chuyn": "chuyen"}),  # lost
        ("chuyyen đổi số", {"chuyyen": "chuyen"}),  # doubled
        ("chueyn doi so", {"chueyn": "chuyen"}),  # out of order
        ("chuyển đoi số", {}),
        ("chuyển dooi số", {}),  # Telex: read as "dôi"
        ("chuyển dxi số", {"dxi": "doi"}),  # by its neighbours, though "dai" is in more
        ("zzzzzz", {}),
        ("2395/QĐ-UBND", {}),
        ("12345 số", {}),
    ],
)
def test_one_slip_away(query: str, meant: dict[str, str]) -> None:
    assert nearest.nearest(ranking.concepts(query), frequencies) == meant


def test_the_page_offers_it_and_the_api_tells_it(bundled: FlaskClient) -> None:
    answer = bundled.get("/api/v1/search?q=khoa học cônggx nghệ").get_json()
    assert answer["did_you_mean"] is None or "cong" in answer["did_you_mean"]
    slipped = bundled.get("/api/v1/search?q=khoa học cộng nghxe").get_json()["did_you_mean"]
    assert slipped == "khoa học cộng nghe"
    assert f"q={slipped.replace(' ', '+')}"[:6] in bundled.get("/tim?q=khoa học cộng nghxe").text
    assert bundled.get("/api/v1/search", query_string={"q": slipped}).get_json()["did_you_mean"] is None
