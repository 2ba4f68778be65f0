"""Rules on the validity of cited documents on the draft's day."""

from __future__ import annotations

from collections.abc import Iterator

from kb.answers.labels import relation_label
from kb.authority import relations
from kb.checking.draft import Draft, Raised
from kb.checking.sources import Act, Known, citation_of
from messages import Pair


def acts_upon(draft: Draft) -> Iterator[Raised]:
    """What was done to a cited document up to the draft's day, each acting document once.

    What the draft itself does to a document it cites is its purpose and no mistake."""
    for group in draft.of_one_document():
        one = group[0]
        if one.known is None:
            continue
        for act in one.known.acts:
            if act.by == draft.sources.itself or (draft.day and act.day and act.day > draft.day):
                continue
            code = _code(act)
            suggestion = _heir(draft, act) if code in ("effect_ended",) else None
            for cited in group:
                values = {"number": one.named, "act": _words(act), "by": act.by_number or act.by}
                yield Raised(code, values, cited, evidence=(act.evidence,), suggestion=suggestion, about=act.by)


def _code(act: Act) -> str:
    if act.relation not in relations.STOPS:
        return "effect_amended"
    return "effect_ended_in_part" if act.partial else "effect_ended"


def _heir(draft: Draft, act: Act) -> str | None:
    heir: Known | None = draft.sources.known(act.by) if act.relation == "replaces" else None
    return citation_of(heir) if heir is not None else None


def _words(act: Act) -> Pair:
    return Pair(relation_label(act.relation, inverse=True), relation_label(act.relation, inverse=True, lang="en"))


RULES = (acts_upon,)
