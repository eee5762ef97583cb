"""What somebody says of a layer: the group, the axes of what it takes and gives, and how the group acts on them.

Main definitions
    Declaration: everything that is declared, checked.
    declare: read it from names and patterns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.grids import Declared, declared, turn
from gcalc.check.layout import BATCH, Layout
from gcalc.check.representations import Representation, element_order, representation
from gcalc.errors import UsageError, short

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Declaration", "declare"]

INERT = "inert"
"""What is passed through: with the names of its axes, "inert k j p q", or a vector as long as the batch."""
FIBRE = "g"
SIZES = (9, 8)
"""Space axes are tried with these lengths, where none are declared."""
Sizes = Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Declaration:
    """A layer's declaration.

    Attributes:
        group: the declared group.
        inputs, outputs: a layout for each array; None for an array that is passed through.
        input_names, output_names: what they are called, where they were declared by name.
        reps: the representation on each represented axis.
        given: the lengths that were declared of named axes, one or several.
        space: the names of the space axes.
        text: the words of the declaration, as they were given.
    """

    group: Declared
    inputs: tuple[Layout | None, ...]
    outputs: tuple[Layout | None, ...]
    reps: Mapping[str, Representation]
    given: Mapping[str, tuple[int, ...]]
    space: tuple[str, ...]
    input_names: tuple[str, ...] | None = None
    output_names: tuple[str, ...] | None = None
    text: Mapping[str, Any] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, int]:
        """The lengths of the represented axes."""
        return {name: rep.dimension for name, rep in self.reps.items()}

    @property
    def moves(self) -> bool:
        """Whether all representations permute with signs."""
        return all(rep.moves for rep in self.reps.values())

    @property
    def has_space(self) -> bool:
        """Whether some input has space axes."""
        return any(layout is not None and layout.space for layout in self.inputs)

    @property
    def all_output_space(self) -> bool:
        """Whether every output has space axes."""
        return all(layout is None or bool(layout.space) for layout in self.outputs)

    def windows(self) -> Iterator[tuple[int, ...]]:
        """The lengths of the space axes that are to be tried, squares first."""
        if not self.has_space:
            yield ()
            return
        lengths = [self.given.get(name, SIZES) for name in self.space]
        every = dict.fromkeys(product(*lengths))
        if not any(name in self.given for name in self.space):
            every = {shape: None for shape in every if len(set(shape)) == 1 or shape == tuple(sorted(shape))}
        yield from sorted(every, key=lambda shape: len(set(shape)) > 1)

    def act(self, u: int, array: Array, layout: Layout | None) -> Array:
        """``L_u`` on one array, about the centre of its space axes."""
        if layout is None:
            return array
        split = layout.split(array, self.known)
        for name in layout.represented:
            split = self.reps[name].act(u, split, layout.axis(name))
        if layout.space:
            matrix = self.group.matrix(u)
            if matrix is not None:
                split = turn(split, matrix, [layout.axis(name) for name in layout.space])
        return layout.join(split)

    def act_in(self, u: int, arrays: Sequence[Array]) -> tuple[Array, ...]:
        """``L_u`` on all inputs."""
        return tuple(self.act(u, a, layout) for a, layout in zip(arrays, self.inputs, strict=True))

    def act_out(self, u: int, arrays: Sequence[Array]) -> tuple[Array, ...]:
        """``L_u`` on all outputs."""
        return tuple(self.act(u, a, layout) for a, layout in zip(arrays, self.outputs, strict=True))

    def input_shapes(self, window: Sequence[int], batch: int, inert: Sizes) -> list[tuple[int, ...]]:
        """The shapes of the inputs on a window; inert: the lengths of the axes that no group moves."""
        sizes = dict(self.known) | dict(inert) | dict(zip(self.space, window, strict=False)) | {BATCH: batch}
        return [(batch,) if layout is None else layout.shape(sizes) for layout in self.inputs]

    def inert_names(self) -> tuple[str, ...]:
        """The names of input axes that nothing moves and whose length is not declared."""
        names = dict.fromkeys(name for layout in self.inputs if layout is not None for name in layout.names)
        moved = {BATCH, *self.space, *self.reps}
        return tuple(name for name in names if name not in moved and name not in self.given)

    def inert(self) -> dict[str, int]:
        """The declared lengths of inert axes, the first of several."""
        return {
            name: sizes[0]
            for name, sizes in self.given.items()
            if name not in self.space and name not in self.reps
        }

    def describe(self, **changed: Any) -> str:
        """The arguments of `gcalc.check_equivariance` that declare this, some of them changed."""
        words = {**self.text, **changed}
        return ", ".join(f"{name}={value!r}" for name, value in words.items() if value is not None)


def declare(
    *,
    group: Any,
    input: Any,
    output: Any,
    sizes: Mapping[str, Any] | None = None,
    space: str | Sequence[str] | None = None,
    reps: Mapping[str, Any] | None = None,
    order: Any = None,
) -> Declaration:
    """Read a declaration.

    Raises:
        UsageError: some of it is not possible; the message says what, and how to mend it.
    """
    given = space if isinstance(space, Sequence) else ()
    names = tuple(
        space.split() if isinstance(space, str) else _space(input, output) if space is None else given
    )
    wrong = space is not None and not isinstance(space, Sequence)
    if wrong or not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        raise UsageError(f"space= is the names of the space axes, rows first: 'h w', got {short(space)}")
    if len(names) > 3:
        raise UsageError(f"space={' '.join(names)!r} has {len(names)} axes; one to three can be")
    patterns = " ".join(str(p) for p in (*_all(input), *_all(output)))
    shown = " and ".join(dict.fromkeys(repr(str(p)) for p in (*_all(input), *_all(output))))
    for name in names:
        if not _stands(name, patterns):
            raise UsageError(
                f"space={' '.join(names)!r}: {name!r} stands in no layout; the layouts are {shown}"
            )
    acting = declared(group, len(names))
    wanted = dict(_mapping("reps", reps))
    if FIBRE not in wanted and _stands(FIBRE, patterns):
        wanted[FIBRE] = "regular"
    for name in wanted:
        if not _stands(name, patterns):
            raise UsageError(f"reps={{{name!r}: …}}: it stands in no layout; the layouts are {shown}")
    order_ = element_order(order, acting.P)
    made = {name: representation(spec, acting.P, order_, acting.matrix) for name, spec in wanted.items()}
    inputs, input_names = _layouts(input, names, tuple(wanted), "input")
    outputs, output_names = _layouts(output, names, tuple(wanted), "output")
    text = {
        "group": acting.name,
        "input": input,
        "output": output,
        "sizes": sizes,
        "space": space,
        "reps": reps,
        "order": order,
    }
    lengths = _lengths(_mapping("sizes", sizes), patterns, shown)
    _refuse_sizes(lengths, made)
    found = Declaration(acting, inputs, outputs, made, lengths, names, input_names, output_names, text)
    _refuse_what_nothing_moves(found)
    return found


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise UsageError(f"{name}= is a dict with names of axes as keys, got {short(value)}")
    return value


def _refuse_sizes(given: Mapping[str, tuple[int, ...]], reps: Mapping[str, Representation]) -> None:
    """Of axes whose length is not the user's to choose."""
    if BATCH in given:
        raise UsageError(
            f"sizes={{{BATCH!r}: …}}: this is the batch, whose length gcalc chooses; leave it out"
        )
    for name, rep in reps.items():
        if name in given and given[name] != (rep.dimension,):
            told = ", ".join(map(str, given[name]))
            raise UsageError(
                f"sizes={{{name!r}: {told}}}: its representation has {rep.dimension} places; leave it out"
            )


def _refuse_what_nothing_moves(declaration: Declaration) -> None:
    """Every layer would be equivariant."""
    layouts = [layout for layout in declaration.inputs if layout is not None]
    if not any(layout.space or layout.represented for layout in layouts):
        shown = "; ".join(layout.pattern for layout in layouts)
        axes = [name for layout in layouts for name in layout.names if name != BATCH]
        space = " ".join(axes[-2:])
        mend = f"name the axes of space, rows first, if they are the last: space={space!r}"
        if not declaration.group.acts_on_pixels:
            mend = f"name what it permutes: reps={{{axes[0]!r}: 'node'}}" if axes else "declare an axis"
        raise UsageError(f"{declaration.group.name} moves no axis of the input {shown!r}; {mend}")
    represented = any(layout.represented for layout in layouts)
    if not represented and all(set(window) == {1} for window in declaration.windows()):
        raise UsageError("a window of one pixel is moved by nothing; give larger sizes")


def _space(input: Any, output: Any) -> tuple[str, ...]:
    """The usual names that stand in the layouts of inputs."""
    patterns = " ".join(str(p) for p in (*_all(input), *_all(output)))
    for names in (("d", "h", "w"), ("x", "y", "z"), ("x", "y"), ("h", "w"), ("x",)):
        if all(_stands(name, patterns) for name in names):
            return names
    return ()


def _stands(name: str, patterns: str) -> bool:
    return name in patterns.replace("(", " ").replace(")", " ").split()


def _all(layouts: Any) -> list[Any]:
    if isinstance(layouts, str):
        return [layouts]
    if isinstance(layouts, Mapping):
        return list(layouts.values())
    if isinstance(layouts, Sequence) and layouts:
        return list(layouts)
    raise UsageError(
        f"a layout is a string such as 'b (k g) x y', or a tuple or dict of these, got {short(layouts)}"
    )


def _layouts(
    layouts: Any, space: tuple[str, ...], represented: tuple[str, ...], what: str
) -> tuple[tuple[Layout | None, ...], tuple[str, ...] | None]:
    read: list[Layout | None] = []
    for pattern in _all(layouts):
        if not isinstance(pattern, str):
            raise UsageError(f"{what}: a layout is a string such as 'b (k g) x y', got {short(pattern)}")
        word, _, rest = pattern.strip().partition(" ")
        if word == INERT:
            read.append(Layout.parse(rest, space=(), represented=()) if rest.strip() else None)
        else:
            read.append(Layout.parse(pattern, space=space, represented=represented))
    return tuple(read), tuple(layouts) if isinstance(layouts, Mapping) else None


def _lengths(sizes: Mapping[str, Any], patterns: str, shown: str) -> dict[str, tuple[int, ...]]:
    found = {}
    for name, value in sizes.items():
        lengths = tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
        if not _stands(name, patterns):
            raise UsageError(f"sizes={{{name!r}: …}}: it stands in no layout; the layouts are {shown}")
        if not lengths or not all(
            isinstance(n, int | np.integer) and not isinstance(n, bool) and n > 0 for n in lengths
        ):
            raise UsageError(f"the size of {name!r} is a positive integer or several, got {short(value)}")
        found[name] = tuple(int(n) for n in lengths)
    return found
