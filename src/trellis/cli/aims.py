"""``trellis aims``: what people want from treatment, and which of it somebody's own words may mean."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from trellis.approaches import Heard, hear
from trellis.cli import panel
from trellis.cli.lists import entry_json
from trellis.cli.options import AsJson, Folder, Lang, examples, guarded, load_knowledge, print_json
from trellis.cli.terminal import Terminal
from trellis.library.knowledge import Knowledge
from trellis.say import Say

DANGER = "suicide"
"""Which help is shown where words may tell of suicide."""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        name="aims",
        epilog=examples(
            "trellis aims",
            'trellis aims "not go back to prison" "keep my baby"',
            'trellis aims "dormir sin las pastillas" --lang es',
        ),
    )
    @guarded
    def aims(
        words: Annotated[
            list[str] | None, typer.Argument(metavar="[WORDS...]", help="What the person wants, in their own words.")
        ] = None,
        as_json: AsJson = False,
        lang: Lang = "en",
        knowledge: Folder = None,
    ) -> None:
        """List the aims people may have, or propose which of them somebody's own words may mean.

        A proposal counts once the person confirms it: write it into the file as {words: ..., serves: [...]}.
        """
        say, term = Say(lang), Terminal()
        kb = load_knowledge(knowledge, None)
        heard = [hear(kb, one) for one in words or ()]
        if as_json:
            print_json([_plain(kb, one, say) for one in heard] if heard else _all(kb))
        elif heard:
            show_heard(kb, heard, say, term)
        else:
            term.heading(say("approaches.aims_title"))
            rows = [(one.id, one.name.in_language(lang)) for one in kb.aims.values()]
            term.bullets(say("approaches.approach_row_same", id=name, name=words) for name, words in rows)


def show_heard(kb: Knowledge, heard: list[Heard], say: Say, term: Terminal) -> None:
    """Danger first; then for each of the person's words what it may mean, and why. All words stay."""
    if any(one.danger for one in heard):
        panel.show_named(kb, DANGER, say, term, "person")
    term.heading(say("approaches.aims_title"))
    for one in heard:
        names = {proposal.aim: kb.aims[proposal.aim].name.in_language(say.lang) for proposal in one.proposals}
        if not names:
            term.bullets([say("approaches.aim_unknown", words=one.words)])
            continue
        shown = {"words": one.words, "aims": say.join(names.values()), "ids": ", ".join(names)}
        term.bullets([say("approaches.aim_suggested", **shown)])
        term.bullets(
            [
                say("approaches.aim_heard", aim=names[proposal.aim], heard=proposal.heard, saying=proposal.saying)
                for proposal in one.proposals
            ],
            indent="  ",
        )
    term.line()
    term.text(say("approaches.aims_confirm"))


def _plain(kb: Knowledge, heard: Heard, say: Say) -> dict[str, Any]:
    help_now = {"help": panel.help_json(kb, DANGER, say)} if heard.danger else {}
    proposed = [{"aim": one.aim, "saying": one.saying, "heard": one.heard} for one in heard.proposals]
    return {"words": heard.words, "proposes": proposed, "confirmed": False} | help_now


def _all(kb: Knowledge) -> list[dict[str, Any]]:
    return [entry_json(kb, "aims", one, by_alias=False) for one in kb.aims.values()]
