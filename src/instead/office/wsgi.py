"""The office as a WSGI application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from instead.office.built_assets import require_assets

require_assets()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "instead.office.settings")
application = get_wsgi_application()
