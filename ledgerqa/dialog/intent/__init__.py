"""Intent detection and slot filling, but for names: what is asked for, its form, bounds, and what is left out."""
