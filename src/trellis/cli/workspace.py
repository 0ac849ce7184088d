"""``trellis workspace``: serve the site, show the demonstration, and look after the audit."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from trellis.cli.options import AsJson, Exit, examples, group, guarded, print_json
from trellis.errors import Problem, TrellisError

workspace_app = group("workspace", "The site where a team and the person decide, plan and follow together.")
audit_app = group("audit", "Who saw and who changed what: verify it, anchor it, take it along.")
workspace_app.add_typer(audit_app)
SETTINGS = "trellis.workspace.site.settings"

Anchors = Annotated[
    Path | None, typer.Option("--anchors", metavar="FILE", help="Where sums are put down; in the folder when left out.")
]


def begin(*, demo: bool = False) -> None:
    """Make the site's tables and settings ready in this process. Raises :class:`TrellisError` for what cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if demo:
        os.environ["TRELLIS_DEMO"] = "1"
        os.environ.setdefault("TRELLIS_FOLDER", str(Path(".trellis") / "demo"))
    try:
        import django
    except ImportError:
        missing = Problem(
            "workspace", "needs packages that are not installed.", 'Run: pip install "trellis-care[workspace]"'
        )
        raise TrellisError([missing]) from None
    django.setup()


@workspace_app.command(
    epilog=examples("trellis workspace serve --demo", "trellis workspace serve --host 0.0.0.0 --port 8080 --workers 4")
)
@guarded
def serve(
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; 127.0.0.1 is this machine only.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="The port; 8000 or the next free one when left out.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many processes answer.")] = 1,
    demo: Annotated[
        bool, typer.Option("--demo", help="Invented people, and no password; on this machine only.")
    ] = False,
) -> None:
    """Serve the site: a front page with two doors, the guide, and the workspace."""
    begin(demo=demo)
    from trellis.workspace.site import serving

    typer.echo(serving.what_comes(demo))
    serving.serve(host, port, workers, lambda address: typer.echo(f"Open {address}\nCtrl-C stops it."))


@workspace_app.command(epilog=examples("trellis workspace migrate"))
@guarded
def migrate() -> None:
    """Bring the database's tables up to this version. Run it once after each upgrade."""
    begin()
    from trellis.workspace.site import serving

    serving.migrate()
    typer.echo("The tables are up to date.")


@audit_app.command(
    epilog=examples("trellis workspace audit verify", "trellis workspace audit verify --anchors /safe/anchors")
)
@guarded
def verify(anchors: Anchors = None, as_json: AsJson = False) -> None:
    """Make every sum of the audit again, follow every chain, and compare what was anchored."""
    begin()
    from trellis.workspace.audit import verify as audit
    from trellis.workspace.site import serving

    found = audit.verify(anchors or serving.anchors())
    if as_json:
        print_json({"entries": found.entries, "anchors": found.anchors, "faults": list(found.faults)})
    else:
        for fault in found.faults:
            typer.echo(fault)
        typer.echo(f"{found.entries} entries read, {found.anchors} anchors compared, {len(found.faults)} faults.")
    if found.faults:
        sys.exit(Exit.FOUND)


@audit_app.command(epilog=examples("trellis workspace audit anchor --anchors /safe/anchors"))
@guarded
def anchor(anchors: Anchors = None) -> None:
    """Put the last sums down outside the database, best on another machine. A clock may call this every few minutes."""
    begin()
    from trellis.workspace.audit import verify as audit
    from trellis.workspace.site import serving

    path = anchors or serving.anchors()
    typer.echo(f"{audit.anchor(path)} chains anchored in {path}.")


@audit_app.command(
    epilog=examples(
        "trellis workspace audit export --from 2026-11-01 --to 2026-11-30 --out audit.csv",
        "trellis workspace audit export --format json --out audit.json",
    )
)
@guarded
def export(
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", metavar="DAY", formats=["%Y-%m-%d"], help="The first day (UTC); the very first without it."
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", metavar="DAY", formats=["%Y-%m-%d"], help="The last day (UTC); today without it."),
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="csv|json", help="How it is written.")] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to; standard output without it.")
    ] = None,
) -> None:
    """Take the audit along: who did what, when, to which kind of thing and why; never what stood in a record."""
    if form not in ("csv", "json"):
        raise TrellisError([Problem("--format", f"is [{form}], which is not known.", "Give csv or json.")])
    begin()
    from trellis.say import Say
    from trellis.workspace.access.viewer import upkeep
    from trellis.workspace.audit import export as audit
    from trellis.workspace.audit.write import write
    from trellis.workspace.consent import leaving

    days = {"first": first and first.date(), "last": last and last.date()}
    told = leaving.notice(Say("en"))
    with upkeep("an administrator takes the audit along"):
        rows = list(audit.rows(**days))
        write("exported", table="audit", what={name: str(day) for name, day in days.items() if day})
    if form == "csv":
        text = leaving.as_csv(audit.NAMES, rows, told)
    else:
        text = leaving.as_json({"entries": [dict(zip(audit.NAMES, row, strict=True)) for row in rows]}, told)
    if out is None:
        typer.echo(text, nl=False)
        return
    out.touch(mode=0o600)  # before anything stands in it
    out.write_text(text, encoding="utf-8")
    typer.echo(f"{len(rows)} entries written to {out}.", err=True)
