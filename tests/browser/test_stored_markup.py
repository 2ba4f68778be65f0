"""Documents, file names and registers that hold markup, looked at in a real browser: nothing of it runs.

The pages' own policy forbids it as well; here the browser is told to pass that by, so that only what the pages make of
the words counts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser.conftest import Reader

from cancu.cli import main
from kb.service import KnowledgeBase

RUN = "window.markupRan=1"
MARKUP = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"<svg onload={RUN}><a href='javascript:{RUN}'>x</a></svg>",
    f"' autofocus onfocus={RUN} x='",
    f"</title></textarea></script><script>{RUN}</script>",
    f"<details open ontoggle={RUN}>",
    f"[x](javascript:{RUN})",
    "{{7*7}}",
)
PLAN = """UBND TỈNH NINH THUẬN
Số: {n}/KH-UBND
Ninh Thuận, ngày 06 tháng 5 năm 2022

KẾ HOẠCH
Trồng rừng {markup} đợt {n}

Căn cứ Quyết định số {n}01/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận về việc trồng rừng {markup} năm 2021;
Thực hiện Kế hoạch số {before}/KH-UBND ngày 06/5/2022 của UBND tỉnh Ninh Thuận{markup};
{markup} Quyết định số {markup}/QĐ-UBND ngày 24/12/2021.
"""
ATTRIBUTES = """
return [...document.querySelectorAll('*')].flatMap(one => [...one.attributes]
  .filter(at => at.name.startsWith('on') || /^\\s*javascript:/i.test(at.value))
  .map(at => one.tagName + ' ' + at.name + '=' + at.value.slice(0, 60)))
"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of plans, their file names and a register that all hold markup."""
    folder = tmp_path_factory.mktemp("marked")
    (folder / "in").mkdir()
    for n, markup in enumerate(MARKUP, 1):
        name = f"{n} {markup.replace('/', '_')}"
        text = PLAN.format(n=n, before=max(1, n - 1), markup=markup)
        (folder / "in" / f"{name}.{('txt', 'md')[n % 2]}").write_text(text, encoding="utf-8")
    escaped = "".join(
        f"<p>{line.replace('<', '&lt;')}</p>" for line in PLAN.format(n=90, before=1, markup=MARKUP[0]).split("\n")
    )
    (folder / "in" / "page.html").write_text(f"<html><body>{escaped}</body></html>", encoding="utf-8")
    rows = [f'{n}01/QĐ-UBND,24/12/2021,"{_csv(markup)}","Về {_csv(markup)}"' for n, markup in enumerate(MARKUP, 1)]
    register = folder / "rows.csv"
    register.write_text("\n".join(["Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu", *rows]), encoding="utf-8")
    base = folder / "kb"
    assert main(["ingest", str(folder / "in"), "--kb", str(base), "--no-registers"]) == 0
    named = ["--name", "sổ <img src=x onerror=window.markupRan=1>", "--scope", MARKUP[0], "--province", "Ninh Thuận"]
    assert main(["register", "add", str(register), *named, "--kb", str(base)]) == 0
    return base


def _csv(words: str) -> str:
    return words.replace('"', '""')


@pytest.fixture
def trusting(chromium: Any) -> Any:
    """The browser without the pages' own policy."""
    chromium.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    chromium.set_page_load_timeout(120)
    yield chromium
    chromium.set_page_load_timeout(30)
    chromium.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})


def test_nothing_of_it_runs(
    marked: Path, serve: Callable[[Path], str], trusting: Any, reader: Callable[[str], Reader]
) -> None:
    base = KnowledgeBase.open(marked)
    documents = base.documents(per_page=100)
    held = [one.id for one in documents if one.role == "held"]
    assert len(held) == len(MARKUP) + 1 and any("<svg" in (one.title or "") for one in documents)
    pages = [f"/vb/{quote(one.id)}" for one in documents[::2]]
    pages += [f"/vb/{quote(id)}/{part}" for id in held[:2] for part in ("noi-dung", "dan?chieu=di", "luoc-do")]
    pages += [f"/tim?q={quote(markup)}" for markup in MARKUP] + ["/tim?q=tr%E1%BB%93ng+r%E1%BB%ABng"]
    pages += ["/", "/chat-luong", "/mang-luoi", "/thay-doi", "/nguon", "/gioi-thieu", f"/tra-cuu?so={quote(MARKUP[1])}"]
    pages += [f"/nguon/{quote(name)}" for name in [one.name for one in base.registers()]]
    person = reader(serve(marked))
    trusting.execute_script(RUN.replace("window.", "window.wasSeen=1;window."))
    assert trusting.execute_script("return window.markupRan") == 1, "the browser would run it"
    for page in pages:
        person.open(page)
        assert person.run("return window.markupRan") is None, page
        assert person.run(ATTRIBUTES) == [], page
