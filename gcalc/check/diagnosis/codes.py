"""The codes of diagnoses, in a line each; every one has a page in docs/codes, which is shipped as gcalc.codes.

Main definitions
    CODES: what each code means.
    page: its page.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import resources

from gcalc.errors import UsageError

__all__ = ["CODES", "page"]

CODES = {
    "axis_flipped": "an axis of space is reflected",
    "axis_transposed": "two axes of space are exchanged",
    "batch_leak": "an example's output depends on the others of its batch",
    "boundary": "the boundary is not what the group maps to itself",
    "centre": "the layer turns about another point than the centre of the array",
    "channel_order": "channels and fibre share an axis in the other order",
    "convolution": "it is a convolution where a correlation was declared, or the reverse",
    "fibre_omitted": "the fibre does not move with the group",
    "filter_not_transformed": "the filter is the same for every orientation",
    "filter_wrongly_transformed": "the filters of the orientations are not the turned copies that they should be",
    "gradient": "a gradient is wrong",
    "input_changed": "the layer writes into its input",
    "interpolation": "it interpolates, and interpolation is no action of the group on pixels",
    "leak": "a small part of the output does not go with the group",
    "nondeterministic": "the same input gives another output",
    "not_linear": "it is not linear where that was claimed",
    "orientation_order": "the orientations stand in another order, or turn the other way",
    "padding": "one side is padded more than the other",
    "position": "the weights depend on the place",
    "representation": "a declared representation is no action of the group",
    "scale_per_orientation": "the orientations are scaled or shifted by different numbers",
    "stride": "the places at which a strided layer reads are not mapped to themselves by the group",
    "ties": "of equal numbers the first is taken, and the group changes which is first",
    "training_only": "it holds for the given parameters only: training will break it",
    "unexpected": "the symmetry is not the one that was expected",
    "unexplained": "no known convention or fault explains it",
    "vacuous": "an output does not depend on the input",
}
"""What each code means."""


def page(code: str) -> str:
    """The page of a code, in Markdown.

    Raises:
        UsageError: there is no such code.
    """
    if code not in CODES:
        near = get_close_matches(code, CODES, n=3, cutoff=0.5) or sorted(CODES)
        raise UsageError(f"no code {code!r}; there {'is' if len(near) == 1 else 'are'} {', '.join(near)}")
    return (resources.files("gcalc.codes") / f"{code}.md").read_text(encoding="utf-8")
