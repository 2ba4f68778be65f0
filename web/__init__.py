"""Floor 4: pages for people, JSON for programs."""

from web.app import create_app

__all__ = ["create_app"]
