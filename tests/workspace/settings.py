"""The workspace's settings for tests: a folder that is gone afterwards; PostgreSQL where TRELLIS_DATABASE names it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="trellis-workspace-")
os.environ["TRELLIS_FOLDER"] = _folder.name
for _name in ("TRELLIS_DEMO", "TRELLIS_HOSTS", "TRELLIS_HTTPS", "TRELLIS_MAIL"):
    os.environ.pop(_name, None)

# Playwright's loop runs in a process from its first test with a browser on; Django would take every test of the
# database after it for code inside that loop:
# https://docs.djangoproject.com/en/5.2/topics/async/#envvar-DJANGO_ALLOW_ASYNC_UNSAFE
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

(Path(_folder.name) / "static").mkdir()

from trellis.workspace.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
