"""Fields that several answers share: what each means, for readers of the code and of the API's description."""

from __future__ import annotations

from typing import Annotated

from kb.model import CITATION
from messages.facts import Fact

LEVELS = ("central", "province", "department", "district", "commune", "party", "standard", "unknown")
"""The issuer's rung."""

LOOKUP_STATUS = ("ok", "multiple", "not_found", "unparsable")
PAGE_READ = ("text", "ocr", "unread")
LINK_STATUS = ("resolved", "ambiguous", "unresolved")

Id = Annotated[str, Fact("Id of a document: its permalink without /vb/.", "ninh-thuan/ubnd/2021/qd/2395")]
Ids = Annotated[tuple[str, ...], Fact("Ids of documents.", ["tw/cp/2014/nd/24"])]
Url = Annotated[str, Fact("Path of the document's page.", "/vb/ninh-thuan/ubnd/2021/qd/2395")]
Number = Annotated[str | None, CITATION["number"]]
TypeId = Annotated[str | None, CITATION["type"]]
TypeName = Annotated[str | None, Fact("The type in Vietnamese.", "Quyết định")]
Date = Annotated[str | None, CITATION["date"]]
Body = Annotated[str | None, CITATION["body"]]
Issuer = Annotated[str | None, Fact("The issuer in words.", "UBND tỉnh Ninh Thuận")]
Province = Annotated[str | None, Fact("Its province by plain name; null for the centre.", "Ninh Thuận")]
Unit = Annotated[str | None, CITATION["unit"]]
Title = Annotated[str | None, Fact("The document's title.", "Kế hoạch hành động phát triển khoa học và công nghệ")]
Role = Annotated[
    str,
    Fact(
        "Whether its text is held, or it is only cited or listed in a register.",
        "cited_only",
        values=("held", "cited_only"),
    ),
]
Relation = Annotated[str, CITATION["relation"]]
RelationLabel = Annotated[str, Fact("The relation in Vietnamese.", "thực hiện")]
Level = Annotated[str, Fact("The issuer's level.", "province", values=LEVELS)]
LinkStatus = Annotated[str, Fact("Whether it is known which document is meant.", "resolved", values=LINK_STATUS)]
Method = Annotated[str, Fact("The evidence that decided which document is meant.", "date")]
Score = Annotated[
    float | None, Fact("How far the names agree, 0 to 1, where the link was made by the name alone.", None)
]
Sentence = Annotated[str, Fact("The words around the citation.", "Thực hiện Quyết định số 2395/QĐ-UBND;")]
File = Annotated[str, Fact("Name of the held file in which it stands.", "plans/18-kh-skhcn.txt")]
Line = Annotated[int, CITATION["line"]]
Index = Annotated[int, Fact("Index of the citation in the reading of its text; what parent refers to.", 3)]
Page = Annotated[int, Fact("The page of the list, from 1.", 1)]
PerPage = Annotated[int, Fact("Entries a page.", 50)]
Truncated = Annotated[bool, Fact("True where a bound left something out.", False)]
Notices = Annotated[
    tuple[dict[str, str], ...], Fact("What a reader must know, in both languages.", [], component="Notice")
]
Repairs = Annotated[tuple[dict[str, str], ...], Fact(CITATION["repairs"].says, [], component="Repair")]
