"""The formal reading: what is exported, what Coq accepts and what it must reject, and what a certificate is worth."""
