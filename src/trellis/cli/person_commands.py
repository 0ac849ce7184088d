"""``trellis ask``, ``trellis decide`` and ``trellis explain``: one person."""

from __future__ import annotations

from datetime import date

import typer

from trellis.account import to_json
from trellis.cli.deciding import decide_file
from trellis.cli.inputs import read_day
from trellis.cli.options import (
    AsJson,
    AsOf,
    Concerns,
    Exit,
    File,
    Folder,
    Lang,
    Parameters,
    Role,
    Short,
    Whole,
    examples,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.say import Say


@guarded
def ask(
    role: Role = "person",
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
    about: Concerns = None,
    short: Short = False,
) -> None:
    """Ask, one question at a time, and show the result.

    Nothing is kept unless you save it.
    """
    from trellis.cli import ask as asking
    from trellis.interview import Scope

    day = read_day(as_of) or date.today()
    kb = load_knowledge(knowledge, parameters)
    asking.Conversation(kb, day, Say(lang), Terminal(), role, Scope(tuple(about or ()), short)).run()


def _show(view: View, other: bool, *, as_json: bool, whole: bool = False) -> None:
    """The result in short, or as plain values; and whether it was decided with ``other`` knowledge than its file."""
    from trellis.cli import clinician, public

    if as_json:
        plain = to_json(view.rec) | {"names": view.names()} if view.role == "clinician" else public.to_json(view)
        print_json(plain | {"other_knowledge": other})
        return
    if other:
        view.term.text(view.say("result.other_knowledge"))
    (clinician if view.role == "clinician" else public).short(view, whole=whole)


@guarded
def decide(
    file: File,
    role: Role = "person",
    whole: Whole = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Decide for the answers in a file, and show the result on a page.

    The file holds `answers:` and, if you like, `as_of:`, `places:` and `parameters:`.

    Exit code: 0 settled, 4 not settled, 5 danger is present, 1 wrong input.
    """
    rec, _, other, _ = decide_file(file, knowledge, parameters, as_of, lang)
    _show(View(rec, Say(lang), Terminal(), role), other, as_json=as_json, whole=whole)
    raise typer.Exit(Exit.DANGER if rec.urgent else Exit.FINE if rec.settled else Exit.NOT_SETTLED)


@guarded
def explain(
    file: File,
    role: Role = "person",
    whole: Whole = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Show the result with its whole basis.

    Every reason with its words, facts, rule and sources; what each place would lack and who asks. With --all also what
    is folded under a reason, what is ruled out, and what is still open.
    """
    from trellis.cli import basis

    rec, _, other, _ = decide_file(file, knowledge, parameters, as_of, lang)
    view = View(rec, Say(lang), Terminal(), role)
    _show(view, other, as_json=as_json)
    if not as_json:
        basis.show(view, whole=whole)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog=examples("trellis ask", "trellis ask --about drinking --short", "trellis ask --role clinician"))(
        ask
    )
    app.command(
        epilog=examples(
            "trellis decide answers.yaml",
            "trellis decide saved.json --role clinician --all",
            "trellis decide - --json < answers.yaml",
            "trellis decide answers.yaml --as-of 2026-11-23 --set ciwa_severe_from=19",
        )
    )(decide)
    app.command(
        epilog=examples("trellis explain answers.yaml", "trellis explain saved.json --role clinician --lang es")
    )(explain)
