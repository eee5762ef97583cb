"""Pixel windows, beside the sets that a group brings along: regular, grid and cosets."""

from __future__ import annotations

from gcalc.spaces.window import Window, WindowRegular, window

__all__ = ["Window", "WindowRegular", "window"]
