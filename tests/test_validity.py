"""The status of a document on a day: acts count from their day, in part or whole, and by the better source."""

from __future__ import annotations

import pytest

from kb.answers.status import status_of
from kb.knowledge.statements import Source
from kb.knowledge.validity import Act, Said, Validity, dump, load, status_on

OWN, ONE, LAW = Source("own"), Source("citation"), Source("law_table")
REGISTER = Source("register", name="Bộ pháp điển", as_of="2025-11-14")


def act(relation: str, day: str | None, *, whole: bool = True, source: Source = OWN, **fields: str | None) -> Act:
    given = {"by": "tw/cp/2024/nd/01", "by_number": "01/2024/NĐ-CP", "signed": None, "until": None} | fields
    return Act(relation=relation, whole=whole, day=day, source=source, **given)


CASES = [
    ("nothing known", Validity(), "2025-01-01", "unknown", "unknown", None),
    ("replaced", Validity((act("replaces", "2024-08-01"),)), "2024-08-01", "replaced", "lapsed", "2024-08-01"),
    ("replaced only from a later day", Validity((act("replaces", "2024-08-01"),)), "2024-07-31", "unknown", "unknown", None),
    (
        "the day of a signature counts where no other is known",
        Validity((act("repeals", None, signed="2024-08-01"),)),
        "2024-08-02",
        "repealed",
        "lapsed",
        None,
    ),
    (
        "a partial repeal is partial",
        Validity((act("repeals", "2024-08-01", whole=False),)),
        "2025-01-01",
        "partly_ended",
        "partly_lapsed",
        "2024-08-01",
    ),
    ("amended", Validity((act("amends", "2024-08-01", whole=False),)), "2025-01-01", "amended", "unknown", "2024-08-01"),
    (
        "amended and, as a register says, in force",
        Validity((act("amends", "2024-08-01", whole=False),), said=(Said("in_force", REGISTER),)),
        "2025-12-01",
        "amended",
        "in_force",
        "2024-08-01",
    ),
    (
        "the graver act decides, whenever the milder was",
        Validity((act("repeals", "2020-01-01"), act("amends", "2024-08-01", whole=False))),
        "2025-01-01",
        "repealed",
        "lapsed",
        "2020-01-01",
    ),
    ("suspended", Validity((act("suspends", "2024-01-01"),)), "2024-06-01", "suspended", "suspended", "2024-01-01"),
    (
        "suspended in part",
        Validity((act("suspends", "2024-01-01", whole=False),)),
        "2024-06-01",
        "suspended_in_part",
        "suspended",
        "2024-01-01",
    ),
    (
        "a suspension that is over",
        Validity((act("suspends", "2024-01-01", until="2024-05-31"),)),
        "2024-06-01",
        "unknown",
        "unknown",
        None,
    ),
    (
        "not yet in force",
        Validity(effect_from=Said("2024-08-01", LAW)),
        "2024-07-31",
        "not_yet_in_force",
        "not_yet_in_force",
        "2024-08-01",
    ),
    (
        "in force as a register says",
        Validity(effect_from=Said("2024-08-01", REGISTER), said=(Said("in_force", REGISTER),)),
        "2026-01-01",
        "in_force",
        "in_force",
        "2024-08-01",
    ),
    ("begun, but no source says it is in force", Validity(effect_from=Said("2024-08-01", LAW)), "2026-01-01", "unknown",
     "unknown", None),
    ("its time is over", Validity(effect_to=Said("2025-12-31", OWN)), "2026-01-01", "expired", "lapsed", "2025-12-31"),
    ("its last day", Validity(effect_to=Said("2025-12-31", OWN)), "2025-12-31", "unknown", "unknown", None),
    (
        "its time was made longer",
        Validity((act("extends", "2025-12-01", until="2026"),), effect_to=Said("2025-12-31", OWN)),
        "2026-06-01",
        "unknown",
        "unknown",
        None,
    ),
    (
        "lapsed as a register says, not before the register's day",
        Validity(said=(Said("lapsed", REGISTER),)),
        "2020-01-01",
        "unknown",
        "unknown",
        None,
    ),
    ("lapsed as a register says", Validity(said=(Said("lapsed", REGISTER),)), "2026-01-01", "expired", "lapsed", None),
    (
        "no longer suitable",
        Validity(said=(Said("no_longer_suitable", REGISTER),)),
        "2026-01-01",
        "no_longer_suitable",
        "no_longer_suitable",
        None,
    ),
    (
        "a register of a later day is believed before one text that tells of another's act",
        Validity((act("repeals", "2020-01-01", source=ONE),), said=(Said("in_force", REGISTER),)),
        "2026-01-01",
        "in_force",
        "in_force",
        None,
    ),
    (
        "the act of the acting document itself is believed before a register",
        Validity((act("repeals", "2020-01-01"),), said=(Said("in_force", REGISTER),)),
        "2026-01-01",
        "repealed",
        "lapsed",
        "2020-01-01",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("validity", "day", "code", "state", "since"), [one[1:] for one in CASES], ids=[c[0] for c in CASES]
)
def test_status_on_a_day(validity: Validity, day: str, code: str, state: str, since: str | None) -> None:
    found = status_on(validity, day)
    assert (found.code, found.state, found.since) == (code, state, since)
    assert (found.source is None) == (code == "unknown")


def test_what_comes_later_is_told() -> None:
    found = status_on(Validity((act("amends", "2023-01-01", whole=False), act("replaces", "2024-08-01"))), "2024-01-01")
    assert found.code == "amended"
    assert [one.relation for one in found.coming] == ["replaces"]


@pytest.mark.parametrize("validity", [one[1] for one in CASES], ids=[one[0] for one in CASES])
def test_what_is_kept_says_the_same(validity: Validity) -> None:
    assert load(dump(validity)) == validity


def test_of_many_acts_those_that_end_or_stop_are_kept() -> None:
    amended = tuple(act("amends", f"{year}-01-01", whole=False) for year in range(1900, 2020))
    kept = load(dump(Validity((act("repeals", "1890-01-01"), *amended))))
    assert len(kept.acts) < 100
    assert status_on(kept, "2025-01-01").code == "repealed"
    assert kept.acts[-1] == amended[-1]


@pytest.mark.parametrize(
    ("validity", "vi", "en"),
    [
        (
            Validity((act("replaces", "2030-02-01"),)),
            "Kho này không có nguồn nào nói về hiệu lực, việc sửa đổi, thay thế hay bãi bỏ. "
            "Từ ngày 01/02/2030: bị thay thế bởi 01/2024/NĐ-CP.",
            "No source in this base tells of its validity, amendment, replacement or repeal. "
            "From 01/02/2030: is replaced by 01/2024/NĐ-CP.",
        ),
        (
            Validity((act("amends", "2024-08-01", whole=False, source=REGISTER),)),
            "Bởi 01/2024/NĐ-CP từ ngày 01/08/2024, theo Bộ pháp điển đến 14/11/2025.",
            "By 01/2024/NĐ-CP from 01/08/2024, by Bộ pháp điển as of 14/11/2025.",
        ),
        (
            Validity((act("repeals", None, signed="2024-08-01"),)),
            "Bởi 01/2024/NĐ-CP ngày 01/08/2024, theo chính văn bản ấy; ngày bắt đầu có hiệu lực thì không rõ.",
            "By 01/2024/NĐ-CP of 01/08/2024, as that document itself says; from which day it counts is not known.",
        ),
        (
            Validity(said=(Said("in_force", REGISTER),)),
            "Nguồn: theo Bộ pháp điển đến 14/11/2025.",
            "Source: by Bộ pháp điển as of 14/11/2025.",
        ),
        (
            Validity((act("replaces", "2024-08-01", by_number=None), act("amends", "2023-08-01", whole=False))),
            "Bởi tw/cp/2024/nd/01 từ ngày 01/08/2024, theo chính văn bản ấy.",
            "By tw/cp/2024/nd/01 from 01/08/2024, as that document itself says.",
        ),
    ],
)
def test_what_the_status_rests_on_in_both_languages(validity: Validity, vi: str, en: str) -> None:
    status = status_of(dump(validity), "2025-01-01")
    assert (status.note, status.note_en) == (vi, en)
