"""From checked derivations to text."""
