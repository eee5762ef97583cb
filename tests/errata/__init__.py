"""The errata: their data are complete, their witnesses fail and are the smallest, and their scopes hold."""
