"""The web app: what people look at. It reads the published warehouse, and on one page the ledger."""
