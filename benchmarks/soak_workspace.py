"""The workspace under kill -9: answers are saved one after another while the server is killed in the middle.

    python -m benchmarks.soak_workspace kill

Every save that was acknowledged must be there after the server has started again. ``tests/workspace/test_kill.py``
runs the small form, 100 saves and one kill; here it is 1,000 saves and twenty kills. It runs on SQLite, or on the
PostgreSQL that TRELLIS_DATABASE names.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
SAVES_A_ROUND = 100
SAVES, KILLS = 1000, 20
STARTS_WITHIN = 120
PEOPLE = ("clinician", "case_manager")


@dataclass
class Site:
    """A workspace of its own, served by granian in a process of its own, that can be killed and started again.

    Args:
        folder: where it keeps its things.
        port: where it listens.
        environment: of its processes.
        made: what was filled in: sessions by name, keys of assessments, facts with a value each.
    """

    folder: Path
    port: int
    environment: dict[str, str]
    made: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it answers. Raises ``TimeoutError``."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port"]
        command += [str(self.port), "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
        self.process = subprocess.Popen(
            [*command, "trellis.workspace.site.wsgi:application"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(asked):
                asked.request("GET", "/health", headers={"Host": "localhost"})
                if asked.getresponse().status == 200:
                    return
            time.sleep(0.05)
        raise TimeoutError("The site did not start.")

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def run(self, what: str) -> Any:
        """Run one of this file's functions in a process that knows the site, and read what it prints."""
        code = f"from benchmarks import soak_workspace; soak_workspace.{what}"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE
        )
        return json.loads(done.stdout.decode().splitlines()[-1])


@contextlib.contextmanager
def site(assessments: int = 1) -> Iterator[Site]:
    """A site with a clinic of invented people, not started yet.

    Args:
        assessments: how many open assessments it has.
    """
    with tempfile.TemporaryDirectory(prefix="trellis-soak-") as place, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = os.environ | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "trellis.workspace.site.settings",
            "TRELLIS_FOLDER": place,
            "TRELLIS_DEMO": "1",
        }
        made = Site(Path(place), port, environment)
        database = environment.get("TRELLIS_DATABASE")
        if database:
            name = f"soak_{os.getpid()}_{port}"
            _on(database, f"CREATE DATABASE {name}")
            environment["TRELLIS_DATABASE"] = f"{database.rpartition('/')[0]}/{name}"
        try:
            made.made = made.run(f"fill({assessments})")
            yield made
        finally:
            made.kill()
            if database:
                _on(database, f"DROP DATABASE {name} WITH (FORCE)")


def _on(database: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def fill(assessments: int) -> None:
    """Fill the site with invented people, sign two of them in, and print what there is."""
    import django

    django.setup()
    from django.test import Client

    from trellis.workspace.access.viewer import upkeep
    from trellis.workspace.assessment.deciding import is_evaluation, knowledge
    from trellis.workspace.assessment.models import Assessment
    from trellis.workspace.people.middleware import MEMBERSHIP
    from trellis.workspace.people.models import Account, Membership, Organisation, Person, Relation
    from trellis.workspace.site import serving

    serving.migrate()
    made: dict[str, Any] = {"sessions": {}, "assessments": [], "facts": {}}
    with upkeep("a soak test"):
        clinic = Organisation.objects.create(name="Harbor Clinic (invented)", demo=True)
        dana = Person.objects.create(organisation=clinic, name="Dana Invented")
        for name in PEOPLE:
            title = name.replace("_", " ").title()
            account = Account.objects.create_user(f"{name}@example.org", None, name=f"{title} Invented")
            member = Membership.objects.create(organisation=clinic, account=account, role=name)
            Relation.objects.create(
                organisation=clinic, person=dana, membership=member, kind="care_team", leads=name == PEOPLE[0]
            )
            client = Client()
            client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.session
            session[MEMBERSHIP] = member.pk
            session.save()
            made["sessions"][name] = session.session_key
        for _ in range(assessments):
            made["assessments"].append(Assessment.objects.create(organisation=clinic, person=dana, why="intake").key)
    made["person"] = dana.key
    facts = knowledge().facts
    made["facts"] = {name: fact.step_at(0).id for name, fact in facts.items() if not is_evaluation(name)}
    print(json.dumps(made))


def kept() -> None:
    """Print every answer that is kept, as ``[assessment, fact, value]``."""
    import django

    django.setup()
    from trellis.workspace.access.viewer import upkeep
    from trellis.workspace.assessment.models import GivenAnswer

    with upkeep("a soak test"):
        rows = GivenAnswer.objects.values_list("assessment__key", "fact", "value")
        print(json.dumps([list(row) for row in rows]))


class Saver:
    """A browser's part: it posts an answer and reads whether it was saved."""

    def __init__(self, made: Site, who: str = PEOPLE[0]) -> None:
        self.made = made
        self.session = made.made["sessions"][who]
        self.token = ""
        self.status = 0

    def save(self, assessment: str, fact: str, value: str) -> bool:
        """Whether the save was acknowledged. Raises ``OSError`` or ``HTTPException`` when the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.made.port, timeout=60)
        try:
            if not self.token:
                self._begin(connection, assessment)
            body = urlencode({f"v.{fact}": value, f"n.{fact}": "0"})
            headers = self._headers() | {
                "Content-Type": "application/x-www-form-urlencoded",
                "HX-Request": "true",
                "X-CSRFToken": self.token,
            }
            connection.request("POST", f"/team/assessments/{assessment}/answer/", body, headers)
            answer = connection.getresponse()
            self.status = answer.status
            return answer.status == 200 and 'class="saved"' in answer.read().decode()
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}" + (f"; csrftoken={self.token}" if self.token else "")
        return {"Host": "localhost", "Cookie": cookies}

    def _begin(self, connection: http.client.HTTPConnection, assessment: str) -> None:
        connection.request("GET", f"/team/assessments/{assessment}/part/contexts/", headers=self._headers())
        answer = connection.getresponse()
        answer.read()
        cookies = answer.headers.get_all("Set-Cookie") or []
        self.token = next(one.partition("=")[2].partition(";")[0] for one in cookies if one.startswith("csrftoken="))


def at_once(facts: int) -> tuple[list[tuple[int, ...]], int]:
    """Two people answer the same facts at the same moment, each from a page drawn before.

    Args:
        facts: how many.

    Returns:
        per fact, the two statuses in order, and how many rows there are at the end.
    """
    found = []
    with site() as made:
        made.start()
        (assessment,) = made.made["assessments"]
        savers = [Saver(made, who) for who in PEOPLE]
        for fact, value in list(made.made["facts"].items())[:facts]:
            answers = ("not_known", value)
            threads = [
                threading.Thread(target=saver.save, args=(assessment, fact, answer))
                for saver, answer in zip(savers, answers, strict=True)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            found.append(tuple(sorted(saver.status for saver in savers)))
        made.kill()
        rows = len(made.run("kept()"))
    return found, rows


@dataclass
class Soaked:
    """What came of it: saves that were acknowledged, those that were cut off, and those of the first that are gone."""

    acknowledged: int
    cut_off: int
    kills: int
    lost: list[tuple[str, str]]


def kill_in_the_middle(saves: int, kills: int, seed: int = 1) -> Soaked:
    """Save one answer after another, and kill the server while it saves.

    Args:
        saves: how many answers.
        kills: how often the server is killed, spread evenly.
        seed: of the moments within a save at which it is.
    """
    rounds = -(-saves // SAVES_A_ROUND)
    chance = random.Random(seed)
    told: dict[tuple[str, str], str] = {}
    cut_off = 0
    with site(rounds) as made:
        work = [
            (assessment, fact, value)
            for assessment in made.made["assessments"]
            for fact, value in list(made.made["facts"].items())[:SAVES_A_ROUND]
        ][:saves]
        at = {(number + 1) * len(work) // (kills + 1) for number in range(kills)}
        made.start()
        saver = Saver(made)
        usual = 0.05
        for place, (assessment, fact, value) in enumerate(work):
            killer = threading.Timer(chance.random() * usual, made.kill) if place in at else None
            if killer is not None:
                killer.start()
            begun = time.monotonic()
            try:
                if saver.save(assessment, fact, value):
                    told[assessment, fact] = value
                usual = 0.8 * usual + 0.2 * (time.monotonic() - begun)
            except (OSError, http.client.HTTPException):
                cut_off += 1
            if killer is not None:
                killer.join()
                made.start()
        made.kill()
        there = {(assessment, fact): value for assessment, fact, value in made.run("kept()")}
    lost = [key for key, value in told.items() if there.get(key) != value]
    return Soaked(len(told), cut_off, kills, lost)


def main() -> None:
    """The full form, with its figures."""
    if sys.argv[1:] != ["kill"]:
        raise SystemExit(__doc__)
    begun = time.monotonic()
    found = kill_in_the_middle(SAVES, KILLS)
    print(
        f"{found.acknowledged} of {SAVES} saves acknowledged, {found.cut_off} cut off by {found.kills} kills, "
        f"{len(found.lost)} acknowledged ones lost, {time.monotonic() - begun:.0f} s"
    )
    if found.lost:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
