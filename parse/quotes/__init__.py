"""Quotes without an element of their own, and the heads that say whom a quote is from."""
