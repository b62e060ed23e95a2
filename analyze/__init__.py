"""Threads to findings: proposals, stances, moderation events."""
