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
organisation_app = group("organisation", "The organizations of this site: add one with its first administrator.")
workspace_app.add_typer(organisation_app)
member_app = group("member", "Who belongs to an organization of this site: list them, end a membership.")
workspace_app.add_typer(member_app)
tasks_app = group("tasks", "What somebody must do by a time, and what happens when nobody does.")
workspace_app.add_typer(tasks_app)
demo_app = group("demo", "The demonstration with invented people.")
workspace_app.add_typer(demo_app)
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
    if serving.serve(host, port, workers, lambda address: typer.echo(f"Open {address}\nCtrl-C stops it.")):
        sys.exit(Exit.INTERRUPTED)


@workspace_app.command(epilog=examples("trellis workspace migrate"))
@guarded
def migrate() -> None:
    """Bring the database's tables up to this version. Run it once after each upgrade."""
    begin()
    from trellis.workspace.site import serving

    serving.migrate()
    typer.echo("The tables are up to date.")


@workspace_app.command(epilog=examples("trellis workspace check"))
@guarded
def check() -> None:
    """Look whether the site may go into production: its settings, its database, its tables, its folder."""
    begin()
    from trellis.workspace.site import readiness

    found = readiness.faults()
    for fault in found:
        typer.echo(fault)
    typer.echo("The site is ready." if not found else f"{len(found)} to mend.")
    if found:
        sys.exit(Exit.FOUND)


@workspace_app.command(epilog=examples("trellis workspace backup /safe/trellis-2026-11-30.backup"))
@guarded
def backup(file: Annotated[Path, typer.Argument(help="The file to write; its checksum goes beside it.")]) -> None:
    """Copy the whole database into one file while the site goes on, with a checksum beside it."""
    begin()
    from trellis.workspace.site import backups

    typer.echo(f"{backups.backup(file)} bytes in {file}. Keep it as safe as the database, and the key beside it.")


@workspace_app.command(epilog=examples("trellis workspace restore /safe/trellis-2026-11-30.backup"))
@guarded
def restore(file: Annotated[Path, typer.Argument(help="The file that backup wrote, with its checksum.")]) -> None:
    """Bring a back-up into an empty database, compare it with its checksum, and verify its audit."""
    begin()
    from trellis.workspace.site import backups

    typer.echo(f"Restored: {backups.restore(file)} entries of the audit stand as they were written.")


@demo_app.command(epilog=examples("trellis workspace demo reset"))
@guarded
def reset() -> None:
    """Make the demonstration anew: all invented people as on the first day. Never anything else."""
    begin(demo=True)
    from trellis.workspace.demo import seed
    from trellis.workspace.site import serving

    seed.reset(serving.migrate, serving.anchors())
    typer.echo("The demonstration is as on its first day.")


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


@organisation_app.command(
    "add",
    epilog=examples(
        'trellis workspace organisation add "Harbor Clinic" --administrator alex@example.org --language es'
    ),
)
@guarded
def organisation_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The organization's name, as its members see it.")],
    administrator: Annotated[
        str, typer.Option("--administrator", metavar="EMAIL", help="The e-mail address of its first administrator.")
    ],
    language: Annotated[str, typer.Option("--language", help="The administrator's language, en or es.")] = "en",
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help="How the site is reached, such as https://care.org.")
    ] = None,
) -> None:
    """Add an organization, and print the link that lets its first administrator in: once, within a week."""
    begin()
    from trellis.workspace.people import by_command
    from trellis.workspace.site import serving

    serving.migrate()
    link = by_command.add_organisation(name, administrator, language, address)
    typer.echo(f"{name} is added. Hand this link to its administrator, and to nobody else. It works once, for a week:")
    typer.echo(link)


@member_app.command("list", epilog=examples('trellis workspace member list "Harbor Clinic"'))
@guarded
def member_list(
    organisation: Annotated[str, typer.Argument(metavar="NAME", help="The organization's name.")],
    as_json: AsJson = False,
) -> None:
    """List who belongs to an organization: address, role, since when, and until when where it ended."""
    begin()
    from trellis.workspace.people import by_command

    rows = by_command.members(organisation)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        ended = f", ended {row['until'][:10]}" if row["until"] else ""
        typer.echo(f"{row['email']}  {row['role']}  since {row['since'][:10]}{ended}")


@member_app.command("end", epilog=examples('trellis workspace member end "Harbor Clinic" alex@example.org'))
@guarded
def member_end(
    organisation: Annotated[str, typer.Argument(metavar="NAME", help="The organization's name.")],
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Whose membership ends, at once, in every role.")],
) -> None:
    """End what an account is in an organization. It holds from the next request on."""
    begin()
    from trellis.workspace.people import by_command

    count = by_command.end_member(organisation, email)
    typer.echo(f"{count} {'membership' if count == 1 else 'memberships'} of {email} ended.")


@tasks_app.command(epilog=examples("trellis workspace tasks escalate"))
@guarded
def escalate() -> None:
    """Give every urgent task that nobody did in time to a supervisor. A clock should call this every few minutes."""
    begin()
    from trellis.workspace.assessment import tasks

    typer.echo(f"{tasks.escalate()} tasks given to a supervisor.")


@workspace_app.command(epilog=examples("trellis workspace recheck", "trellis workspace recheck --json"))
@guarded
def recheck(as_json: AsJson = False) -> None:
    """After an upgrade: decide every open assessment anew, and list those whose result changed, from what to what."""
    begin()
    from trellis.say import Say
    from trellis.workspace.access.viewer import upkeep
    from trellis.workspace.assessment import rechecking

    looked_at = rechecking.recheck()
    with upkeep("listing what a change of the content changed"):
        moved = [
            {"assessment": one.assessment.key, "was": one.was, "now": one.is_now} for one in rechecking.moved(Say("en"))
        ]
    if as_json:
        print_json({"looked_at": looked_at, "changed": moved})
        return
    for one in moved:
        typer.echo(f"{one['assessment']}: {one['was']} -> {one['now']}")
    typer.echo(f"{looked_at} open assessments looked at, {len(moved)} changed and not yet looked at by their team.")


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
