"""Readers of tracking data, one module a format."""
