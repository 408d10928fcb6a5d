"""Marking at scale: batches in children with limits, a journal, a cluster."""
