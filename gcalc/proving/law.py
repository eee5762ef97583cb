"""Laws: what is stated once and read five ways."""

from __future__ import annotations

from dataclasses import dataclass

from gcalc.kernel.replay import Derivation, Statement


@dataclass(frozen=True)
class Claim:
    """One statement of a law with its derivation.

    windows: whether the claim, made for an infinite group, is also read on pixel windows: f zero outside, u about the centre.
    """

    name: str
    derivation: Derivation
    windows: bool = False

    @property
    def statement(self) -> Statement:
        """What the derivation derives."""
        return self.derivation.statement


@dataclass(frozen=True)
class Law:
    """A law of the calculus: its claims, the hypotheses a reader must know, and where it stands in print."""

    id: str
    title: str
    claims: tuple[Claim, ...]
    source: str
    hypotheses: tuple[str, ...] = ()

    @property
    def statement(self) -> Statement:
        """The statement of the first claim, which names the law."""
        return self.claims[0].statement

    @property
    def derivation(self) -> Derivation:
        """The derivation of the first claim."""
        return self.claims[0].derivation
