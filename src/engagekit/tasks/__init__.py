"""What `start` and `test` do once the course is installed; quick to import, each step loads what it needs."""
