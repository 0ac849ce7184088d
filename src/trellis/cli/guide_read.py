"""``trellis guide read``: what a person kept in the guide, for the clinician to whom they gave the passphrase."""

from __future__ import annotations

import getpass
import json
import os
import shlex
import warnings
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from trellis.cli import save
from trellis.cli.guide_view import KeptView, show
from trellis.cli.inputs import STANDARD_INPUT, STANDARD_INPUT_SHOWN, read_day, read_text
from trellis.cli.options import AsJson, AsOf, Folder, Lang, Parameters, examples, guarded, load_knowledge, print_json
from trellis.cli.terminal import Terminal
from trellis.errors import AnswerError, Problem, TrellisError
from trellis.guide.keep import KeepError, KeptAnswers, check_kept, is_code, open_kept
from trellis.library.write_yaml import to_yaml
from trellis.say import Say

VARIABLE = "TRELLIS_PASSPHRASE"
TRIES = 3
HOW = f"Set the variable {VARIABLE}, or give --passphrase-file FILE."

Out = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Save the answers for `trellis decide`.")]
Over = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Whole = Annotated[bool, typer.Option("--full", help="Show every question as it was read.")]
PassphraseFile = Annotated[
    str | None, typer.Option("--passphrase-file", metavar="FILE", help="A file that holds the passphrase.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        name="read",
        epilog=examples(
            "trellis guide read notes-2026-11-20.json",
            "trellis guide read notes-2026-11-20.json --save answers.yaml",
            "trellis guide read - < code.txt",
        ),
    )
    @guarded
    def read(
        file: Annotated[
            str, typer.Argument(metavar="FILE", help="The file or code that was kept; - is standard input.")
        ],
        out: Out = None,
        force: Over = False,
        full: Whole = False,
        passphrase_file: PassphraseFile = None,
        as_json: AsJson = False,
        lang: Lang = "en",
        knowledge: Folder = None,
        parameters: Parameters = None,
        as_of: AsOf = None,
    ) -> None:
        """Open what a person kept in the guide, with the passphrase they tell you.

        It asks for the passphrase and shows nothing as you type. A program sets the variable TRELLIS_PASSPHRASE or
        gives --passphrase-file. With --save the answers are written for `trellis decide` and `trellis explain`.
        """
        say, term = Say(lang), Terminal()
        day = read_day(as_of) or date.today()
        kept = _opened(file, passphrase_file, say, term)
        view = KeptView.of(load_knowledge(knowledge, parameters), kept, as_of=day, say=say, term=term)
        if out is not None:
            save.put(out, _answers_file(view, out), over=force)
        if as_json:
            print_json(view.to_json())
            return
        show(view, full=full)
        if out is None:
            term.text(say("kept.together"))
        else:
            term.text(say("kept.saved", out=out))
            term.line(f"  trellis decide {shlex.quote(str(out))} --role clinician")
        term.line()
        term.text(say.review(view.rec.review, "clinician"), style="bold")


def _opened(file: str, passphrase_file: str | None, say: Say, term: Terminal) -> KeptAnswers:
    """Open the file with the passphrase of the file, the variable or the keyboard, in this order."""
    shown = STANDARD_INPUT_SHOWN if file == STANDARD_INPUT else file
    if is_code(file) and len(file) > 100:
        what, remedy = (
            "a code is given, where a file is meant.",
            "Write the code into a file, or give - and pipe it in.",
        )
        raise AnswerError([Problem("FILE", what, remedy)])
    text = read_text(file, "what the guide kept")
    check_kept(text, shown)
    if passphrase_file is not None:
        if STANDARD_INPUT in (file, passphrase_file) and file == passphrase_file:
            raise typer.BadParameter("standard input can be one of both only.", param_hint="--passphrase-file")
        given = read_text(passphrase_file, "the passphrase")
        return open_kept(text, _not_empty(given, passphrase_file), shown)
    if VARIABLE in os.environ:
        return open_kept(text, _not_empty(os.environ[VARIABLE], VARIABLE), shown)
    return _asked(text, shown, say, term)


def _not_empty(passphrase: str, where: str) -> str:
    if not passphrase.strip():
        raise AnswerError([Problem(where, "holds no passphrase.", "Write it there, or leave it out to be asked.")])
    return passphrase


def _asked(text: str, shown: str, say: Say, term: Terminal) -> KeptAnswers:
    for attempt in range(1, TRIES + 1):
        try:
            return open_kept(text, _typed(say("kept.asks")), shown)
        except KeepError as error:
            if error.code != "passphrase" or attempt == TRIES:
                raise
        term.text(say("kept.again"))
    raise AssertionError("the last attempt returns or raises")


def _typed(prompt: str) -> str:
    """A passphrase typed without being shown. Where it would be shown, it is not asked for."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError, OSError):
        raise TrellisError([Problem("passphrase", "there is no terminal to type it on unseen.", HOW)]) from None


def _answers_file(view: KeptView, out: Path) -> bytes:
    """The answers as ``trellis decide`` reads them: each with its day, so that it ages; for no one day of deciding."""
    answers = {name: given[0] if len(given) == 1 else given for name, given in view.answers.items()}
    tree: dict[str, Any] = {"answers": answers}
    kept = view.kept
    person = {"aims": view.aims, "matters": view.matters, "approaches": {"chosen": view.approaches}}
    said = {name: value for name, value in person.items() if value and value != {"chosen": []}}
    tree |= {"person": said} if said else {}
    tree |= {"knowledge": kept.version, "digest": kept.digest}
    if out.suffix.lower() == ".json":
        return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()
    return to_yaml(tree, flow=None, width=200).encode()
