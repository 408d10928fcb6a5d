"""Speed, always as a ratio of two ways of doing the same thing, measured in one run."""
