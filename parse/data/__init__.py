"""JSON and tables of unknown make: what their fields are called, and which of them are posts."""
