"""Exports: what other programs read is what the base knows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from kb_fixtures import build, cite, export_text, plan

from kb.answers.export import FORMATS, document_iri, export
from kb.errors import KnowledgeBaseError
from kb.service import KnowledgeBase

NT = "Ninh Thuận"
ELI = rdflib.Namespace("http://data.europa.eu/eli/ontology#")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return build(tmp_path_factory.mktemp("kb"), [
        ("a.txt", plan("1/KH-UBND", "2022-06-01", title='Kế hoạch "đẹp" <&> của tỉnh\x0b'), [
            cite("2395/QĐ-UBND", "2021-12-24", province=NT, relation="based_on"),
            cite("24/2014/NĐ-CP", "2014-04-04", relation="implements"),
            cite("681/QĐ-UBND", province=NT),
            cite("TCVN ISO 9001:2015", kind="standard", relation="conforms_to"),
        ]),
        ("=b.txt", plan("2/KH-UBND", "2022", title="=HYPERLINK(1)"), []),
    ])  # fmt: skip


def test_json_lines(base: KnowledgeBase) -> None:
    lines = [json.loads(line) for line in export_text(base.store, "jsonl").splitlines()]
    documents = [line for line in lines if line["kind"] == "document"]
    links = [line for line in lines if line["kind"] == "link"]
    assert [d["id"] for d in documents] == sorted(d["id"] for d in documents)
    assert {d["id"] for d in documents} >= {"ninh-thuan/ubnd/2021/qd/2395", "tc/tcvn-iso-9001-2015"}
    assert [link["number"] for link in links] == ["2395/QĐ-UBND", "24/2014/NĐ-CP", "681/QĐ-UBND", "TCVN ISO 9001:2015"]
    assert links[0]["source"] == "ninh-thuan/ubnd/2022/kh/01"


def test_csv_opens_in_excel(base: KnowledgeBase) -> None:
    text = export_text(base.store, "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0]["target_number"] == "2395/QĐ-UBND"
    assert rows[0]["relation"] == "based_on"
    assert {row["source"] for row in rows} >= {"ninh-thuan/ubnd/2022/kh/01", "ninh-thuan/ubnd/2022/kh/02"}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_graphml_comes_back_through_networkx(base: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    path.write_text(export_text(base.store, "graphml"), "utf-8")
    graph = nx.read_graphml(path)
    assert set(graph.nodes) == {d.id for d in base.documents()}
    expected = {
        (edge.source.id, edge.target.id, edge.relation)
        for edge in base.citations("ninh-thuan/ubnd/2022/kh/01", direction="out").items
        if edge.source and edge.target
    }
    found = {(a, b, data["relation"]) for a, b, data in graph.edges(data=True)}
    assert found == expected
    plan_node = graph.nodes["ninh-thuan/ubnd/2022/kh/01"]
    assert plan_node["title"].startswith('Kế hoạch "đẹp" <&>')
    assert all(data["sentence"] for _, _, data in graph.edges(data=True))


def test_json_ld_is_valid_rdf_with_eli_terms(base: KnowledgeBase) -> None:
    graph = rdflib.Graph().parse(data=export_text(base.store, "jsonld"), format="json-ld")
    plan_iri = rdflib.URIRef(document_iri("ninh-thuan/ubnd/2022/kh/01"))
    decision = rdflib.URIRef(document_iri("ninh-thuan/ubnd/2021/qd/2395"))
    decree = rdflib.URIRef(document_iri("tw/cp/2014/nd/24"))
    assert (plan_iri, ELI.based_on, decision) in graph
    assert (plan_iri, ELI.ensures_implementation_of, decree) in graph
    assert (decision, rdflib.RDF.type, ELI.LegalResource) in graph
    (number,) = graph.objects(decision, ELI.id_local)
    assert str(number) == "2395/QĐ-UBND"
    (date,) = graph.objects(decision, ELI.date_document)
    assert date.toPython().isoformat() == "2021-12-24"
    assert len(set(graph.subjects(rdflib.RDF.type, ELI.LegalResource))) == len(base.documents())


def test_an_unknown_format_is_refused(base: KnowledgeBase) -> None:
    with pytest.raises(KnowledgeBaseError) as error:
        list(export(base.store, "xlsx"))
    assert all(name in error.value.text("vi") for name in FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_base_exports_too(tmp_path: Path, format: str) -> None:
    made = KnowledgeBase.open(tmp_path, create=True)
    text = export_text(made.store, format)
    if format == "jsonld":
        assert json.loads(text)["@graph"] == []
