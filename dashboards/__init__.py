"""The web app. It reads the published warehouse and, on the page about quality, the ledger."""
