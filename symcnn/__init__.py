"""symcnn."""
