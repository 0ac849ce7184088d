"""How the library for accounts behaves here: nobody makes an account without an invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ByInvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed; an invitation makes the account."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False
