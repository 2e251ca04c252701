"""Marking through nbgrader. This package alone imports nbgrader; ``install`` is how a course turns it on.

Nothing is imported here: worker processes use a part of the package and must not wait for nbgrader.
"""
