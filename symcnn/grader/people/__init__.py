"""Where people decide: what is open for them, what they decided, and what that changes."""
