"""A mail server that is not there."""

from __future__ import annotations

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """Refuses every letter, and quotes the address as servers do."""

    def send_messages(self, email_messages: Any) -> int:
        raise OSError(f"550 no such mailbox: {email_messages[0].to}")
