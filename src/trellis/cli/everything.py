"""What ``--all`` adds to a result: the needs folded under a stronger one, those still open, those ruled out."""

from __future__ import annotations

from trellis.cli.view import View
from trellis.library.titles import dimension_title


def show(view: View) -> None:
    """All three, each under its heading; nothing where there is nothing."""
    _folded(view)
    still_open(view)
    cleared(view)


def count_folded(view: View) -> None:
    """How many needs are met without being told, and how to see them."""
    count = sum(len(reason.folded) for reason in view.account.reasons)
    if count:
        view.term.text(view.say("result.folded_count", count=count))


def _folded(view: View) -> None:
    rows = [(name, reason.need) for reason in view.account.reasons for name in reason.folded]
    if not rows:
        return
    view.term.subheading(view.say("result.all_folded"))
    # The times in their words would contradict the sooner one above.
    words = {name: view.need(name, hour=False) for name, _ in rows}
    view.term.bullets(
        view.say("result.all_folded_row", id=name, under=under, words=words[name])
        if view.role == "clinician"
        else words[name]
        for name, under in rows
    )


def still_open(view: View) -> None:
    """The needs that the answers leave open, with what each waits for; for a person, the questions."""
    if not view.rec.open:
        return
    view.term.subheading(view.say("result.all_open"))
    if view.role == "clinician":
        view.term.bullets(
            view.say("basis.open_need", id=need.id, facts=", ".join(fact.id for fact in need.facts))
            for need in view.rec.open
        )
        return
    names = dict.fromkeys([one.fact for one in view.account.open])
    names |= dict.fromkeys(fact.id for need in view.rec.open for fact in need.facts)
    view.term.bullets(view.question(name) for name in names)


def cleared(view: View) -> None:
    """What the answers rule out, by topic: which needs; for a person how many, as their words would say they hold."""
    topics: dict[str, list[str]] = {}
    for need in view.rec.cleared:
        topics.setdefault(need.dimension, []).append(need.id)
    if not topics:
        return
    view.term.subheading(view.say("result.all_cleared"))
    for dimension, names in topics.items():
        topic = dimension_title(view.kb, dimension, view.lang)
        if view.role == "clinician":
            view.term.bullets([view.say("result.all_cleared_ids", topic=topic, names=", ".join(names))])
        else:
            view.term.bullets([view.say("result.all_cleared_row", topic=topic, count=len(names))])
