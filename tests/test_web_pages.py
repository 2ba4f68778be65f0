"""The pages, through an in-process client, on knowledge bases made from real files: what stands on them, where they
lead, what they weigh, and what they do with hostile requests and hostile documents."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_support import CROWD, HOSTILE_WORDS, client, plan
from werkzeug.test import EnvironBuilder, run_wsgi_app

DECISION = "/vb/ninh-thuan/ubnd/2021/qd/2395"
MOST = 100_000  # bytes of a page with its style and script


def soup(answer: object) -> BeautifulSoup:
    return BeautifulSoup(answer.data, "lxml")  # type: ignore[attr-defined]


def words(node: object) -> str:
    return " ".join(node.get_text(" ").split())  # type: ignore[attr-defined]


# -- finding -------------------------------------------------------------------------------------------------------


def test_a_unique_number_leads_to_its_document(seeds: FlaskClient) -> None:
    for typed in ("2395 qd ubnd", "2395/QB-UBND", "quyết định số 2395/QĐ-UBND", "93/QĐ-UBND"):
        answer = seeds.get("/tim", query_string={"q": typed})
        assert answer.status_code == 303, typed
    assert seeds.get("/tim?q=2395+qd+ubnd").headers["Location"] == DECISION
    assert seeds.get("/tim?q=2395+qd+ubnd&lang=en").headers["Location"] == f"{DECISION}?lang=en"
    assert seeds.get("/so/2395/QĐ-UBND").headers["Location"] == DECISION


def test_an_ambiguous_number_gives_a_chooser(seeds: FlaskClient) -> None:
    for path, status in (("/tim?q=93", 200), ("/so/93", 300)):
        answer = seeds.get(path)
        assert answer.status_code == status
        page = soup(answer)
        assert "Có 2 văn bản mang số 93" in words(page.h1)
        rows = [words(row) for row in page.select(".rows > li")]
        assert len(rows) == 2
        assert any("93/NQ-HĐND" in row and "08/12/2021" in row for row in rows)
        assert any("93/QĐ-UBND" in row and "24/01/2022" in row for row in rows)


def test_two_provinces_with_one_number_are_both_named(bundled: FlaskClient) -> None:
    answer = bundled.get("/tim?q=79/2025/QĐ-UBND")
    assert answer.status_code == 200
    rows = " ".join(words(row) for row in soup(answer).select(".rows > li"))
    assert "Bắc Ninh" in rows and "Hà Tĩnh" in rows


def test_near_misses_are_labelled_and_keep_their_digits(seeds: FlaskClient) -> None:
    answer = seeds.get("/so/2395/NQ-UBND")
    assert answer.status_code == 404
    page = soup(answer)
    assert "Có phải bạn tìm" in words(page.main)
    numbers = [words(row.select_one(".no")) for row in page.select(".rows > li")]
    assert "2395/QĐ-UBND" in numbers and all(re.match(r"0*2395\b", number) for number in numbers)


def test_words_give_results_with_facets_in_the_address(bundled: FlaskClient) -> None:
    page = soup(bundled.get("/tim?q=cải cách hành chính"))
    count = words(page.select_one('[role="status"]'))
    assert re.match(r"\d+ văn bản khớp", count)
    assert page.select(".snippet mark")
    facet = next(link for link in page.select(".facets a") if "Ninh Thuận" in link.get_text())
    narrowed = soup(bundled.get(facet["href"]))
    assert "province=Ninh" in facet["href"]
    assert all("Ninh Thuận" in words(row) for row in narrowed.select(".rows > li"))
    undo = narrowed.select_one(".facets .chips a")
    assert undo and "province" not in undo["href"]
    newest = soup(bundled.get("/tim?q=cải cách hành chính&sort=newest"))
    assert newest.select_one('.chips [aria-current="true"]').get_text() == "Mới nhất"


def test_a_wrong_query_is_explained_at_the_character(bundled: FlaskClient) -> None:
    page = soup(bundled.get("/tim", query_string={"q": 'kế hoạch "chưa đóng'}))
    assert "Câu tìm chưa đúng" in words(page.h1)
    assert page.select_one(".point mark").get_text() == '"'


# -- the document --------------------------------------------------------------------------------------------------


def test_the_document_page_says_who_implements_it_with_the_sentences(seeds: FlaskClient) -> None:
    page = soup(seeds.get(DECISION))
    assert words(page.h1) == "2395/QĐ-UBND"
    incoming = page.select_one("#dan-boi")
    heads = [words(head) for head in incoming.select("h3")]
    assert [head.split(" ")[0] for head in heads if "quan hệ yếu" in head] == [heads[-1].split(" ")[0]]
    for group in incoming.select("ol.edges"):
        named = [one["href"] for one in group.select(".who a")]
        assert len(named) == len(set(named)), "each document is named once in its group"
    edges = incoming.select(".said")
    assert len(edges) == 5
    for edge in edges:
        assert "2395" in edge.select_one("blockquote mark").get_text()
        assert re.fullmatch(r"(trang \d+, )?dòng \d+", words(edge.select_one(".place")))
        assert re.search(r"\d+ %", words(edge.select_one(".sure")))
    lines = {words(edge.select_one(".place")).split()[-1] for edge in edges}
    assert lines == {"18", "76", "104", "9", "112"}


def test_a_place_leads_to_its_line(seeds: FlaskClient) -> None:
    link = next(one for one in soup(seeds.get(DECISION)).select(".place") if one.get_text().endswith(" 76"))
    path, _, anchor = link["href"].partition("#")
    line = soup(seeds.get(path)).find(id=anchor)
    assert anchor == "L76" and "2395/QD-" in line.get_text()


def test_weak_relations_can_be_hidden_and_the_address_keeps_it(seeds: FlaskClient) -> None:
    page = soup(seeds.get(DECISION))
    hide = page.select_one("#dan-boi .toggle a")
    assert "yeu=0" in hide["href"]
    hidden = soup(seeds.get(hide["href"].partition("#")[0]))
    assert 0 < len(hidden.select("#dan-boi .said")) < 5
    assert not hidden.select("#dan-boi .relation.weak")
    show = hidden.select_one("#dan-boi .toggle a")
    assert len(soup(seeds.get(show["href"].partition("#")[0])).select("#dan-boi .said")) == 5


def test_the_damaged_date_is_shown_as_it_stands_and_corrected(seeds: FlaskClient) -> None:
    page = soup(seeds.get("/vb/tw/cp/2005/nd/130"))
    edge = next(one for one in page.select("#dan-boi .said") if words(one.select_one(".place")).endswith(" 386"))
    assert "17/10/2005" in words(edge.select_one(".fixed"))
    assert "Nghị định số 130/2005/NĐ-CP" in words(edge.select_one(".fixed"))
    assert "17/ 19/2‘005" in words(edge.select_one(".raw")) and "Nghi dinh s6" in words(edge.select_one(".raw"))
    repair = words(edge.select_one(".repairs"))
    assert "17/ 19/2‘005" in repair and "390" in repair


def test_a_law_cited_by_name_is_the_law_of_that_day(seeds: FlaskClient) -> None:
    results = seeds.get("/api/v1/lookup?number=15/2003/QH11").get_json()
    page = soup(seeds.get(results["matches"][0]["url"]))
    assert "Thi đua, khen thưởng" in words(page.select_one("#dan-boi"))
    edge = next(one for one in page.select("#dan-boi .edge") if "Bình Định" in words(one.select_one(".who")))
    assert "viện dẫn theo tên" in words(edge)
    assert "06/2022/QH15" in words(page.select_one(".notice")), "a newer law exists"


def test_the_lineage_is_a_picture_and_a_list_with_the_same_content(seeds: FlaskClient) -> None:
    found = next(
        one for one in seeds.get('/api/v1/search?q=phát động phong trào thi đua tỉnh:"bình định"').get_json()["items"]
    )
    page = soup(seeds.get(f"{found['url']}/luoc-do"))
    picture, board = page.select_one("svg.lineage"), page.select_one(".board")
    drawn = {words(text) for text in picture.select(".box text.no")}
    assert {"3809/QĐ-UBND", "09-CTr/TU"} <= drawn
    listed = {words(name) for name in board.select(".who .no, .self .no")}
    assert {name.rstrip("….").strip() for name in drawn} <= {name[: len(one)] for name in listed for one in drawn} | {
        name[:26].strip() for name in listed
    }
    arrows = [box["href"] for box in picture.select("a.box") if "start" not in box["class"]]
    assert arrows
    for arrow in arrows:
        proof = page.find(id=arrow.removeprefix("#"))
        assert proof and proof.select_one("blockquote").get_text().strip()
    alone = seeds.get(f"{found['url']}/tai-ve/luoc-do.svg")
    assert alone.mimetype == "image/svg+xml" and "3809/QĐ-UBND" in alone.text
    assert BeautifulSoup(alone.data, "xml").svg


def test_a_document_known_from_citations_has_a_full_page(seeds: FlaskClient) -> None:
    page = soup(seeds.get(DECISION))
    facts = words(page.select_one(".facts"))
    assert "chưa có toàn văn" in facts
    assert "Ninh Thuận" in facts and "Khánh Hòa" in facts and "24/12/2021" in facts
    assert [tab["href"] for tab in page.select(".tabs a")] == [
        "#dan-boi", "#lich-su", "#luoc-do", "#di-ban", "#tai-ve"
    ]  # fmt: skip
    assert all(page.select_one(tab["href"]) for tab in page.select(".tabs a"))
    assert "2395/QB-UBND" in words(page.select_one("#di-ban"))


def test_a_page_says_first_what_it_is_and_nothing_twice(seeds: FlaskClient, bundled: FlaskClient) -> None:
    for pages, path in ((seeds, DECISION), (bundled, "/vb/ninh-thuan/ubnd/2022/kh/421")):
        page = soup(pages.get(path))
        sections = [section["id"] for section in page.select(".sections > section")]
        order = ["dan-boi", "dan-den", "lich-su", "luoc-do", "noi-dung", "di-ban", "tai-ve"]
        assert sections == [one for one in order if one in sections]
        assert all(
            words(section).replace(words(section.h2), "").strip() for section in page.select(".sections > section")
        )
        head = words(page.select_one("header.title"))
        shown = head.replace(words(page.select_one(".cite")), "")
        date = words(page.select_one(".facts dd"))[:10]
        assert shown.count(date) == 1 and shown.count(words(page.select_one(".eyebrow"))) == 1
        title = words(page.select_one("header .lead"))
        assert (
            title[0].isupper()
            and not title.isupper()
            and words(page.title).startswith(words(page.select_one(".eyebrow")))
        )
        assert not re.search(
            r"\d{4}-\d\d-\d\d|\.txt:|code_confusion", words(page.main).replace(words(page.select_one("#tai-ve")), "")
        )


def test_forms_that_differ_by_the_end_of_a_line_alone_are_one(seeds: FlaskClient) -> None:
    forms = [words(row.th) for row in soup(seeds.get(DECISION)).select("#di-ban tbody tr")]
    assert len(forms) == len({"".join(form.split()).casefold() for form in forms}) > 1


def test_citations_in_the_text_are_links_with_cards(seeds: FlaskClient) -> None:
    page = soup(seeds.get("/vb/ninh-thuan/skhcn/2022/kh/18"))
    link = next(one for one in page.select(".text .c > a") if "1881" in one.get_text())
    assert link["href"] == "/vb/ninh-thuan/ubnd/2019/qd/1881"
    card = page.find(id=link["aria-describedby"])
    assert "1881/QĐ-UBND" in words(card) and "26/11/2019" in words(card)
    split = [one.get_text() for one in page.select('.text a[href="/vb/ninh-thuan/ubnd/2021/qd/2395"]')]
    assert "2395/QD-" in split and "UBND" in split


def test_downloads(seeds: FlaskClient, shared: Path) -> None:
    text = seeds.get("/vb/ninh-thuan/skhcn/2022/kh/18/tai-ve/van-ban.txt")
    assert text.data == (shared / "corpus" / "seeds" / "000_98abf99884552222.txt").read_bytes()
    assert "attachment" in text.headers["Content-Disposition"]
    table = seeds.get(f"{DECISION}/tai-ve/dan-boi.csv").data
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert len(rows) == 5 and {row["Số hiệu văn bản được dẫn"] for row in rows} == {"2395/QĐ-UBND"}
    assert len(seeds.get(f"{DECISION}/tai-ve/dan-boi.jsonl").data.splitlines()) == 5
    assert seeds.get(f"{DECISION}/tai-ve/van-ban.txt").status_code == 404
    assert seeds.get(f"{DECISION}/tai-ve/no.exe").status_code == 404


def test_a_crowd_is_listed_in_full_elsewhere(odd: FlaskClient) -> None:
    page = soup(odd.get("/vb/ninh-thuan/ubnd/2021/qd/500"))
    more = page.select_one("#dan-boi .more a")
    assert f"{CROWD + 1}" in words(page.select_one("#dan-boi")) and more
    seen, path = 0, more["href"]
    while path:
        listing = soup(odd.get(path))
        seen += len(listing.select(".edge"))
        following = listing.select_one('.pager [rel="next"]')
        path = following["href"] if following else None
    assert seen == CROWD + 1


def test_a_long_text_comes_in_parts_and_every_line_can_be_reached(odd: FlaskClient) -> None:
    long = "/vb/ninh-thuan/ubnd/2022/kh/901"
    begun = soup(odd.get(long)).select_one("#noi-dung .more a")["href"]
    page = soup(odd.get(begun))
    assert page.find(id=begun.partition("#")[2]) and page.select_one('#noi-dung .pager [rel="next"]')
    far = soup(odd.get(f"{long}?dong=400", follow_redirects=True))
    assert far.find(id="L400") and not page.find(id="L400")
    assert odd.get(f"{long}?phan=9999", follow_redirects=True).status_code == 404


# -- around the pages ----------------------------------------------------------------------------------------------


PAGES = ("/", "/tim?q=93", "/tim?q=khoa học", "/tra-cuu", "/chat-luong", "/gioi-thieu", DECISION,
         f"{DECISION}/dan", "/vb/ninh-thuan/skhcn/2022/kh/18", "/vb/ninh-thuan/skhcn/2022/kh/18/noi-dung", "/so/2395/NQ-UBND", "/vb/khong/co", f"{DECISION}/can-cu",
         "/mang-luoi", "/mang-luoi?xem=can-cu-cu", "/mang-luoi/chuoi?tu=93&den=62/2020/NĐ-CP")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_sound(seeds: FlaskClient, path: str, lang: str) -> None:
    address = path if lang == "vi" else path + ("&" if "?" in path else "?") + "lang=en"
    answer = seeds.get(address)
    page = soup(answer)
    assert page.html["lang"] == lang
    assert len(page.find_all("h1")) == 1 and page.main and page.title.get_text().strip()
    assert page.select_one("a.skip")["href"] == "#main"
    ids = [node["id"] for node in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    for field in page.select("input:not([type=hidden]), textarea"):
        assert page.select_one(f'label[for="{field["id"]}"]'), field
    for link in page.select('a[href^="#"]'):
        assert link["href"] == "#" or link["href"][1:] in ids, link
    for table in page.find_all("table"):
        assert all(head.get("scope") for head in table.find_all("th"))
    for node in page.select("[src], link[href]"):
        target = node.get("src") or node.get("href")
        assert target.startswith("/"), f"nothing may come from elsewhere: {target}"
    assert not page.select("[style], script:not([src]):not([type='application/ld+json']), [onclick]")
    if lang == "en":
        inside = [
            a["href"]
            for a in page.select("a[href]")
            if re.match(r"/(vb|so|tim|tra-cuu|mang-luoi|chat-luong|gioi-thieu|$)", a["href"])
        ]
        lost = [href for href in inside if "lang=en" not in href and "/tai-ve/" not in href and ".json" not in href]
        assert lost == [in_vietnamese(address)]


def in_vietnamese(address: str) -> str:
    path, _, query = address.partition("?")
    rest = "&".join(pair for pair in query.split("&") if pair and pair != "lang=en")
    coded = "&".join(
        f"{key}={quote(value, safe='').replace('%20', '+')}"
        for key, _, value in (p.partition("=") for p in rest.split("&") if p)
    )
    return quote(path, safe="/@-._~:+,") + (f"?{coded}" if coded else "")


def test_pages_are_light(seeds: FlaskClient, odd: FlaskClient, bundled: FlaskClient) -> None:
    shared_bytes = sum(len(seeds.get(f"/static/{name}").data) for name in ("style.css", "site.js", "mark.svg"))
    assert shared_bytes < 35_000
    weighed = {path: len(seeds.get(path).data) for path in PAGES}
    plans = "/vb/ninh-thuan/ubnd/2022/kh/"
    heavy = (f"{plans}901", f"{plans}901/noi-dung?dong=500", f"{plans}902", f"{plans}902/noi-dung", "/vb/ninh-thuan/ubnd/2021/qd/500", "/tim?q=kế hoạch",
             "/vb/ninh-thuan/ubnd/2021/qd/500/dan?per_page=60", "/chat-luong?per_page=60",
             "/tim?q=kế hoạch&per_page=60", f"{plans}901/dan?chieu=di&per_page=60", f"{plans}901/can-cu",
             "/vb/ninh-thuan/ubnd/2021/qd/500/can-cu", "/mang-luoi?xem=dan-nhieu&per_page=60")  # fmt: skip
    weighed |= {path: len(odd.get(path).data) for path in heavy}
    for document in bundled.get("/api/v1/search?q=vai_trò:toàn_văn&per_page=50").get_json()["items"]:
        for address in (document["url"], f"{document['url']}/noi-dung"):
            weighed[address] = len(bundled.get(address).data)
    too_heavy = {path: size + shared_bytes for path, size in weighed.items() if size + shared_bytes > MOST}
    assert not too_heavy


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tim?q=93",
        DECISION,
        "/chat-luong",
        f"{DECISION}/dan",
        "/gioi-thieu",
        "/tra-cuu",
        "/mang-luoi",
        f"{DECISION}/can-cu",
        "/vb/ninh-thuan/skhcn/2022/kh/18/noi-dung",
        "/mang-luoi/chuoi?tu=93&den=62/2020/NĐ-CP",
    ],
)
def test_every_page_has_a_json_twin_by_address_and_by_accept(seeds: FlaskClient, path: str) -> None:
    bare, _, query = path.partition("?")
    twin = ("/index" if bare == "/" else bare) + ".json" + (f"?{query}" if query else "")
    by_address = seeds.get(twin)
    by_accept = seeds.get(path, headers={"Accept": "application/json"})
    assert by_address.mimetype == by_accept.mimetype == "application/json"
    assert by_address.get_json() == by_accept.get_json()
    assert "Accept" in seeds.get(path).headers["Vary"]


def test_paste_and_check(seeds: FlaskClient) -> None:
    text = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận và Kế hoạch số 9999/KH-UBND;"
    page = soup(seeds.post("/tra-cuu", data={"text": text}))
    rows = page.select("tbody tr")
    assert len(rows) == 2
    assert rows[0].select_one("a")["href"] == DECISION and "Không có trong kho" in words(rows[1])
    assert page.select_one("textarea").get_text() == text
    table = seeds.post("/tra-cuu", data={"text": text, "dang": "csv"})
    found = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert [row["Số hiệu"] for row in found] == ["2395/QĐ-UBND", "9999/KH-UBND"]
    assert seeds.post("/tra-cuu", data={"text": "ố" * 70_000}).status_code == 413
    assert seeds.post("/tra-cuu", data={"text": "a " * 400_000}).status_code == 413


def test_quality_lists_the_doubts_with_their_lines(seeds: FlaskClient) -> None:
    page = soup(seeds.get("/chat-luong"))
    text = words(page.main)
    for expected in ("KH-SKHCN", "05-NQ/TU", "17/ 19/2‘005", "305/HD-STTTT"):
        assert expected in text
    place = next(one for one in page.select("a.place") if one.get_text().endswith(" 386"))
    path, _, anchor = place["href"].partition("#")
    assert "130/2005" in soup(seeds.get(path)).find(id=anchor).get_text()
    kind = page.select(".chips a")[1]
    only = seeds.get(kind["href"].replace("?", ".json?")).get_json()
    assert {item["kind"] for item in only["items"]} == {only["kind"]}


def test_no_cookies_no_framing_no_sniffing(seeds: FlaskClient) -> None:
    for path in (*PAGES, "/static/style.css", "/api/v1/stats"):
        answer = seeds.get(path)
        assert "Set-Cookie" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_words_of_documents_stay_words(odd: FlaskClient) -> None:
    for path in (
        "/vb/ninh-thuan/ubnd/2022/kh/900", "/vb/ninh-thuan/ubnd/2021/qd/501", "/tim?q=alert", "/",
        "/vb/ninh-thuan/ubnd/2022/kh/900/dan?chieu=di", "/tim?q=" + quote(HOSTILE_WORDS),
    ):  # fmt: skip
        page = soup(odd.get(path))
        assert not page.select("img, main script, [onerror], [onmouseover]"), path
        assert "49" not in words(page.select_one("main h1, main .lead") or page.h1)
    assert "alert(1)" in words(soup(odd.get("/vb/ninh-thuan/ubnd/2022/kh/900")).select_one("#noi-dung"))
    posted = soup(odd.post("/tra-cuu", data={"text": "</textarea>" + HOSTILE_WORDS}))
    assert not posted.select("img, main script")


HOSTILE = [
    "/vb/../../etc/passwd", "/vb/%2e%2e/%2e%2e/etc/passwd", "/static/../app.py", "/static/%2e%2e/app.py",
    "/vb/%00", "/tim?q=%00", "/tim?q=%ff%fe", "/tim?q=" + "a" * 5000, "/tim?q=" + "(" * 300, "/tim?q=%F0%9F%8F%9B",
    "/tim?q=%22", "/tim?q=-", "/tim?q=%3A%3A%3A", "/tim?q=OR+OR", "/tim?q=*", "/tim?q=a&page=0", "/tim?q=a&page=-1",
    "/tim?q=a&page=99999999999999999999", "/tim?q=a&per_page=1e9", "/tim?q=a&sort=drop", "/tim?q=a&year=%27--",
    "/tim?q=a&province=" + "x" * 2000, "/tim?q=n%C4%83m:9999999", "/tim?q=1%2F1%2F1%2F1%2F1", "/tim?q=a&page=10000",
    "/so/", "/so/%20", "/so/" + "9" * 300, "/so/..%2f..%2f", "/so/2395?ngay=2021-99-99", "/so/1'%20OR%201=1--",
    "/vb/", "/vb/a//b", "/vb/" + "a/" * 200, "/vb/'%20OR%20'1'='1", "/vb/ninh-thuan/ubnd/2021/qd/2395/tai-ve/",
    "/vb/ninh-thuan/ubnd/2021/qd/2395/tai-ve/..%2f..%2fkb.sqlite", f"{DECISION}?yeu=2", f"{DECISION}?phan=0",
    f"{DECISION}?dong=abc", f"{DECISION}/dan?quan_he=loves", f"{DECISION}/dan?chieu=sideways",
    "/chat-luong?loai=%3Cscript%3E", "/chat-luong?page=1000000000", "/chat-luong?loai=" + "x" * 500,
    "/api/v1/documents/", "/api/v1/documents/x/trace?depth=1000", "/api/v1/documents/x/citations?direction=up",
    "/api/v1/lookup", "/api/v1/lookup?number=" + "1" * 400, "/api/v1/lookup?number=93&date=yesterday",
    "/api/v1/lookup?number=93&province=%27%3B--", "/api/v1/suggest?q=%25%25&limit=0", "/api/v1/suggest?q=%25%5F%5C",
    "/api/v1/search", "/api/v1/nothing", "/.json", "/.env", "/tim.json.json?q=a", "/index.json.json",
    "/?lang=zz", "/?lang=en&lang=vi", "//evil.example/", "/%E0%80%80", "/%ff%fe",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_addresses_get_answers_and_never_5xx(seeds: FlaskClient, path: str) -> None:
    answer = seeds.get(path)
    assert answer.status_code < 500, answer.text[:300]
    assert b"Traceback" not in answer.data and b"root:" not in answer.data


def test_no_address_makes_a_page_link_to_another_host(seeds: FlaskClient) -> None:
    environ = EnvironBuilder("/").get_environ()
    environ["PATH_INFO"] = "//evil.example/x"
    body, _, _ = run_wsgi_app(seeds.application, environ)
    links = BeautifulSoup(b"".join(body), "lxml").select("a[href], form[action]")
    assert links and not [one for one in links if (one.get("href") or one.get("action")).startswith("//")]


@pytest.mark.parametrize("path", ["/", "/tim", "/api/v1/search", "/nothing", "/api/v1/nothing"])
def test_bytes_that_are_no_text_in_the_query(seeds: FlaskClient, path: str) -> None:
    environ = EnvironBuilder(path).get_environ()
    environ["QUERY_STRING"] = "q=\xbe\xe5a&page=\xff"  # as WSGI hands on bytes that are no UTF-8
    _, status, _ = run_wsgi_app(seeds.application, environ)
    assert status[:3] in ("200", "400", "404")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "trace"])
def test_wrong_methods_are_405_and_say_which_are_right(seeds: FlaskClient, method: str) -> None:
    answer = seeds.open(DECISION, method=method.upper())
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": "garbage,,\"\x01"}, {"If-None-Match": '"' + "a" * 5000 + '"'}, {"Accept": "*/*;q=abc"},
        {"Accept-Encoding": "gzip;q=x, br, *"}, {"Accept": "text/html;q=0"}, {"Range": "bytes=0-5"}, {"Host": "evil<>"},
        {"X-Forwarded-For": "'; drop"}, {"Content-Length": "0"}, {"Accept-Language": "x" * 3000},
    ],
)  # fmt: skip
def test_hostile_headers_do_no_harm(seeds: FlaskClient, headers: dict[str, str]) -> None:
    assert seeds.get("/", headers=headers).status_code < 500


def test_merged_documents_answer_for_their_old_addresses(tmp_path: Path) -> None:
    """Two dates for one number are two documents until one of the texts is taken out."""
    from cancu.cli import main

    kb = tmp_path / "kb"
    for number, date in ((1, "01/02/2021"), (2, "05/9/2021")):
        body = f"Căn cứ Quyết định số 500/QĐ-UBND ngày {date} của Ủy ban nhân dân tỉnh;"
        (tmp_path / f"{number}.txt").write_text(plan(number, body), "utf-8")
    assert main(["ingest", str(tmp_path / "1.txt"), str(tmp_path / "2.txt"), "--kb", str(kb)]) == 0
    here = client(kb)
    old = "/vb/ninh-thuan/ubnd/2021/qd/500@2021-02-01"
    assert here.get(old).status_code == 200
    assert main(["remove", str(tmp_path / "2.txt"), "--kb", str(kb)]) == 0
    new = here.get("/api/v1/lookup?number=500").get_json()["matches"][0]["url"]
    assert new != old
    for tail in ("", "/dan", "/tai-ve/dan-boi.csv"):
        moved = here.get(old + tail)
        assert (moved.status_code, moved.headers["Location"]) == (301, new + tail)
    api = here.get(old.replace("/vb/", "/api/v1/documents/") + "/trace")
    assert api.headers["Location"] == new.replace("/vb/", "/api/v1/documents/") + "/trace"


def test_a_base_without_an_index_says_what_to_do(sample_kb: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy, ignore=shutil.ignore_patterns("index"))
    here = client(copy)
    home = here.get("/")
    assert home.status_code == 200 and "cancu rebuild" in home.text
    answer = here.get("/tim?q=khoa học")
    assert answer.status_code == 503 and "cancu rebuild" in answer.text


def test_a_withdrawn_document_answers_410_until_it_is_there_again(tmp_path: Path) -> None:
    from cancu.cli import main

    kb, only = tmp_path / "kb", tmp_path / "1.txt"
    only.write_text(plan(1, "Căn cứ Quyết định số 500/QĐ-UBND ngày 01/02/2021 của Ủy ban nhân dân tỉnh;"), "utf-8")
    cited = "/vb/ninh-thuan/ubnd/2021/qd/500"
    assert main(["ingest", str(only), "--kb", str(kb)]) == 0
    here = client(kb)
    assert here.get(cited).status_code == 200
    assert main(["remove", str(only), "--kb", str(kb)]) == 0
    gone = here.get(cited)
    assert gone.status_code == 410 and "rút khỏi kho" in gone.get_data(as_text=True)
    answer = here.get(cited.replace("/vb/", "/api/v1/documents/"))
    assert (answer.status_code, answer.get_json()["code"]) == (410, "document_withdrawn")
    assert here.get("/vb/ninh-thuan/ubnd/2021/qd/501").status_code == 404
    assert main(["ingest", str(only), "--kb", str(kb)]) == 0
    assert here.get(cited).status_code == 200
