"""Marking through nbgrader. This package alone imports nbgrader; ``install`` is how a course turns it on."""

from engagekit.marking.install import install

__all__ = ["install"]
