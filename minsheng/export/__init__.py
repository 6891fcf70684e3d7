"""Snapshot → bytes, one module a format."""
