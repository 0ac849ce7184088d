"""How much a page of the workspace costs beyond its queries and its bytes.

The ratio is that to a bare Django view that runs the same queries, with the same values, and sends as many bytes: both
in one run, turn about, in one process; the median of each.

    python -m benchmarks.workspace                                              # SQLite
    python -m scripts.with_postgresql -- python -m benchmarks.workspace         # PostgreSQL
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

PEOPLE = 10_000
ROUNDS = 15
AT_MOST = 1.5
CASELOAD = "/team/people/?sort=attention"


@dataclass(frozen=True)
class Ratio:
    """One page beside a bare one.

    Args:
        page, bare: milliseconds, the median.
        queries: how many the page asks.
        size: bytes it sends.
    """

    page: float
    bare: float
    queries: int
    size: int

    @property
    def ratio(self) -> float:
        return self.page / self.bare


def fill(people: int) -> Any:
    """An organisation with so many people, each with an assessment, a lead and a task. Returns its supervisor."""
    from allauth.mfa.models import Authenticator
    from django.utils import timezone

    from trellis.workspace.access.viewer import upkeep
    from trellis.workspace.assessment.models import Assessment, Task
    from trellis.workspace.people.models import Account, Membership, Organisation, Person, Relation

    now = timezone.now()
    with upkeep("a benchmark"):
        organisation = Organisation.objects.create(name="Measured Clinic (invented)", demo=True)
        accounts = [
            Account.objects.create_user(f"{role}@measured.example", name=role) for role in ("supervisor", "lead")
        ]
        supervisor, lead = (
            Membership.objects.create(organisation=organisation, account=account, role=role)
            for account, role in zip(accounts, ("supervisor", "clinician"), strict=True)
        )
        # Whoever works there has a second factor, or is led to its set-up instead of the page.
        Authenticator.objects.bulk_create(
            Authenticator(user=one, type="totp", data={"secret": "x"}) for one in accounts
        )
        several = Person.objects.bulk_create(
            [Person(organisation=organisation, name=f"Invented {number:05}") for number in range(people)],
            batch_size=500,
        )
        common = {"organisation": organisation}
        Relation.objects.bulk_create(
            [Relation(person=one, membership=lead, kind="care_team", leads=True, **common) for one in several],
            batch_size=500,
        )
        Assessment.objects.bulk_create(
            [
                Assessment(
                    person=one, least="iop", most="php", urgent=number % 50 == 0,
                    due=timezone.localdate() + timedelta(days=number % 60), **common,
                )
                for number, one in enumerate(several)
            ],
            batch_size=500,
        )  # fmt: skip
        Task.objects.bulk_create(
            [
                Task(person=one, kind="call", owner=lead, due=now + timedelta(days=number % 90), **common)
                for number, one in enumerate(several)
                if number % 3 == 0
            ],
            batch_size=500,
        )
    return supervisor


def measure(member: Any, address: str = CASELOAD, rounds: int = ROUNDS) -> Ratio:
    """One page of a member beside a bare one."""
    from django.db import connection
    from django.http import HttpResponse
    from django.test import Client, override_settings
    from django.urls import path

    from trellis.workspace.access.viewer import upkeep
    from trellis.workspace.people.middleware import MEMBERSHIP

    client = Client(headers={"host": "localhost"})
    client.force_login(member.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[MEMBERSHIP] = member.pk
    session.save()
    asked: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    client.get(address)
    with connection.execute_wrapper(listen):
        size = len(client.get(address).content)
    asked = [one for one in asked if not one[0].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]

    def bare(_: Any) -> HttpResponse:
        with connection.cursor() as cursor:
            for sql, params in asked:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
        return HttpResponse(b"x" * size)

    urls = type("Bare", (), {"urlpatterns": [path("bare/", bare)]})
    plain = Client(headers={"host": "localhost"})
    taken: dict[str, list[float]] = {"page": [], "bare": []}
    for _ in range(rounds):
        start = time.perf_counter()
        client.get(address)
        taken["page"].append(time.perf_counter() - start)
        with override_settings(ROOT_URLCONF=urls, MIDDLEWARE=[]), upkeep("a benchmark"):
            plain.handler._middleware_chain = None
            start = time.perf_counter()
            plain.get("/bare/")
            taken["bare"].append(time.perf_counter() - start)
    page, alone = (1000 * statistics.median(taken[name]) for name in ("page", "bare"))
    return Ratio(page, alone, len(asked), size)


def main() -> None:
    """Fill a database, measure, say it."""
    with tempfile.TemporaryDirectory(prefix="trellis-bench-") as folder:
        os.environ |= {"TRELLIS_FOLDER": folder, "DJANGO_SETTINGS_MODULE": "trellis.workspace.site.settings"}
        import django

        django.setup()
        from django.db import connection

        from trellis.workspace.site import serving
        from trellis.workspace.words.content import knowledge

        os.mkdir(os.path.join(folder, "static"))
        serving.migrate()
        member = fill(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        knowledge()
        found = measure(member)
        print(
            f"{connection.vendor}: caseload {found.page:.1f} ms, bare {found.bare:.1f} ms, ratio {found.ratio:.2f} "
            f"({found.queries} queries, {found.size} bytes)"
        )
        connection.close()


if __name__ == "__main__":
    main()
