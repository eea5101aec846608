"""A question taken apart: its text made ready, its parts read, earlier questions recalled, filters, refusals."""
