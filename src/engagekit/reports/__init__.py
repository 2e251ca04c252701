"""Pages that people read: what a learner gets back."""
