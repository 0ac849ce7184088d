"""What a server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.workspace.site.settings")
application = get_wsgi_application()

from trellis.workspace.words.content import knowledge  # noqa: E402 - after the settings are there

knowledge()  # loaded before the first request, which would otherwise wait for it
