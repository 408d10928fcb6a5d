"""A folder of submissions in, fair marks and useful words out."""
