"""From YAML files to the course: ``check`` reports every problem, ``load_course`` is the only door."""

from engagekit.content.check import ContentError, Report, check, load_course

__all__ = ["ContentError", "Report", "check", "load_course"]
