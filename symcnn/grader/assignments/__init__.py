"""Assignment files: read, checked, written as text, and made from answers."""
