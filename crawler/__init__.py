"""Fetch politely and keep exactly what came."""
