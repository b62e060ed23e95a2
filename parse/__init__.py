"""Pages to threads whose replies form a graph."""
