"""Clinicians' signatures: what they sign must be there, and what has changed since is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trellis.errors import did_you_mean
from trellis.kinds.text import NOT_REVIEWED
from trellis.library.knowledge import Knowledge
from trellis.library.reviewed import names_of, reviewers_asked
from trellis.prove.finding import Finding, entries, error, warning, where_of


def signatures(kb: Knowledge) -> Iterator[Finding]:
    """Signatures under nothing are errors; void ones, and too few under care round the clock, are warnings."""
    told: set[tuple[str, str]] = set()
    for number, one in kb.sign_offs.items():
        where, known = where_of(kb, "sign_offs", number), names_of(kb, one.kind)
        if one.entry not in known:
            what = f"signs [{one.entry}], which {one.kind} does not define."
            yield error("signature", where, what, did_you_mean(one.entry, known) or "Take the line out.")
            continue
        if (one.kind, one.entry) in told:
            continue
        told.add((one.kind, one.entry))
        review = kb.review_of(one.kind, one.entry)
        if review.state == "changed":
            last = review.signed[-1]
            what = f"[{one.entry}] has changed since {last.name} read it on {last.on}: the signature is void."
            remedy = (
                f"Have it read again and signed (`trellis sign-off show {one.kind} {one.entry}`), or leave it void."
            )
            yield warning("signature-void", where, what, remedy)
        elif review.read == "both" and not review.enough:
            asked = reviewers_asked(kb, one.kind, one.entry)
            what = f"[{one.entry}] can require care round the clock and has too few signatures: {asked} are asked for."
            yield warning("signature", where, what, "Have another clinician read it.")


def claimed_reviews(kb: Knowledge) -> Iterator[Finding]:
    """A review that a file or an entry claims of itself: only a signature that holds counts."""
    remedy = f"Write [{NOT_REVIEWED}] and have it signed; see docs/authoring.md."
    files = set()
    for file, about in {**kb.abouts, **kb.what_helps.abouts}.items():
        if about.review != NOT_REVIEWED:
            files.add(file)
            what = f"says of its review [{about.review}], which counts for nothing: signatures do."
            yield warning("review", f"{file}#about/review", what, remedy)
    for key, name, entry in entries(kb):
        review = getattr(entry, "review", NOT_REVIEWED)
        where = where_of(kb, key, name)
        if review != NOT_REVIEWED and where.rpartition(":")[0] not in files:
            what = f"[{name}] says of its review [{review}], which counts for nothing: signatures do."
            yield warning("review", where, what, remedy)


def not_yet_signed(kb: Knowledge, as_of: date) -> Iterator[Finding]:
    """Signatures of a day that has not come."""
    for number, one in kb.sign_offs.items():
        if one.on > as_of.isoformat():
            what = f"[{one.entry}] was signed on [{one.on}], after today [{as_of}]."
            yield error("signature", where_of(kb, "sign_offs", number), what, "Correct the day.")
