"""One module a page: which questions it asks, and how it lays out the answers."""
