"""Screenshots of the running program: of every state by `lapak shots DIR`, of the till by `--screenshot`."""
