"""Scale runs, side by side with the floor and with peers."""
