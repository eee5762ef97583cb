"""A report in words: what the command line prints and what an assertion says.

Main definitions
    headline: verdict, layer and a sentence.
    told: everything else, as labels and texts.
    written: all of it.
    drawing: a small counterexample as grids.
    changes: of the declaration, under which the layer would pass.

Implementation notes
    All of it is read from the report's JSON data, so that it can be told by another process than the one that checked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gcalc.check.declaration import Declaration, declare
from gcalc.errors import GcalcError, short

__all__ = ["changes", "drawing", "headline", "told", "written"]

Json = Mapping[str, Any]
HOLDS = {"EXACT": "exactly", "NUMERICAL": "up to rounding"}
WIDEST = 12
"""Rows and columns of a grid that is drawn."""
PLANES = 3
"""So many channels of an input are drawn."""
WORST = 8
"""So many violations are told."""


def headline(report: Json) -> str:
    """The verdict in a sentence."""
    symmetry, verdict = report["symmetry"], report["verdict"]
    if verdict in HOLDS:
        return (
            f"equivariant to {_group(symmetry)}{_only_there(report)}, {HOLDS[verdict]}"
            if symmetry
            else "it holds"
        )
    if verdict == "CONVENTION":
        return "right under another convention than was declared"
    if verdict == "INCONCLUSIVE":
        return "a difference that is neither rounding nor clearly a fault"
    if verdict == "NOT_TESTED":
        return f"no verdict: {_why_not(report)}"
    unexpected = [f["text"] for f in report["diagnosis"] if f["code"] == "unexpected"]
    if symmetry is None or unexpected:
        return unexpected[0] if unexpected else "not what was declared"
    grid = next((c["reason"] for c in report["checks"] if c["how"] == "grid"), None)
    if grid and any(f["code"] == "stride" for f in report["diagnosis"]):
        return str(grid)
    declared = symmetry["declared"]
    if symmetry["name"] == declared and symmetry["index"] in (None, 1):
        return f"equivariant to {declared}, but something else fails"
    if symmetry["name"] == declared:
        return f"equivariant to a part of {declared} only ({_sizes(symmetry)})"
    return f"not equivariant to {declared}, only to {_group(symmetry)}"


def _only_there(report: Json) -> str:
    """That translations were not tested, where they would have been."""
    plane = [c["verdict"] for c in report["checks"] if c["check"] == "plane"]
    return (
        " on the window"
        if plane and set(plane) == {"NOT_TESTED"} and "torus" not in report["domains"]
        else ""
    )


def _group(symmetry: Json) -> str:
    """Its name, and how much of the declared group it is."""
    return str(symmetry["name"]) + (f" ({_sizes(symmetry)})" if _sizes(symmetry) else "")


def _sizes(symmetry: Json) -> str:
    sizes = []
    if symmetry["order"] is not None:
        sizes.append(f"order {symmetry['order']}")
    if symmetry["index"] not in (None, 1):
        sizes.append(f"index {symmetry['index']} in {symmetry['declared']}")
    return ", ".join(sizes)


def _why_not(report: Json) -> str:
    reasons = [note for note in report["notes"] if "was asked for" in note]
    reasons += [c["reason"] for c in report["checks"] if c["reason"] and c["code"]]
    reasons += [c["reason"] for c in report["checks"] if c["reason"]]
    return reasons[0] if reasons else "nothing could be checked"


def told(report: Json) -> list[tuple[str, str]]:
    """Labels and texts, in the order in which they are read; a text may have several lines."""
    return [(label, text) for label, text in _every(report) if text]


def written(report: Json, first: Sequence[tuple[str, str]] = (), last: Sequence[tuple[str, str]] = ()) -> str:
    """Target, verdict and headline, then labels and texts below each other, others before and after them."""
    rows = [*first, *told(report), *last]
    width = max((len(label) for label, _ in rows), default=0)
    lines = [f"{report['target']}: {report['verdict']}, {headline(report)}"]
    for label, text in rows:
        start, *more = text.splitlines() or [""]
        lines += [f"  {label.ljust(width)}  {start}", *(f"  {' ' * width}  {line}" for line in more)]
    return "\n".join(lines)


def _every(report: Json) -> Iterator[tuple[str, str]]:
    declaration = report["declaration"]
    yield (
        "declared",
        f"{declaration['group']}: {_layouts(declaration['input'])} → {_layouts(declaration['output'])}",
    )
    for domain in report["domains"].values():
        yield f"on the {domain['domain']}", _domain(domain)
    if report["verdict"] not in HOLDS:
        yield "violations", _violations(report["symmetry"])
    yield "where", _where(report["where"])
    yield "example", _example(report)
    for finding in report["diagnosis"]:
        yield "diagnosis", f"{finding['code']}: {finding['text']}"
    for words in filter(None, (changes(report, f) for f in report["diagnosis"])):
        yield "would pass", ", ".join(f"{name}={value!r}" for name, value in words.items())
    for note in report["notes"]:
        yield "note", note


def _layouts(layouts: Any) -> str:
    if isinstance(layouts, str):
        return layouts
    named = layouts.items() if isinstance(layouts, Mapping) else (("", pattern) for pattern in layouts)
    return "; ".join(f"{name} = {pattern}" if name else pattern for name, pattern in named)


def _domain(symmetry: Json) -> str:
    text = _group(symmetry)
    lattice = symmetry["lattice"] or []
    if any(row[i] != 1 for i, row in enumerate(lattice)):
        text += f", translations by {' and '.join(str(tuple(row)) for row in lattice)}"
    by_size = symmetry["by_size"]
    if len(set(by_size.values())) > 1:
        text += ": " + ", ".join(f"{name} on {size}" for size, name in by_size.items())
    alone = symmetry["order"] == 1 and "complete" not in symmetry["evidence"]
    return text if alone else f"{text}; {symmetry['evidence']}"


def _violations(symmetry: Json | None) -> str:
    """The relative difference that each element makes, largest first."""
    if symmetry is None:
        return ""
    holding = {"e", *(symmetry["elements"] or ())}
    found = {u: v for u, v in symmetry["violations"].items() if v and u not in holding}
    worst = sorted(found, key=lambda u: -found[u])
    more = f", and {len(worst) - WORST} more" if len(worst) > WORST else ""
    shown = ", ".join(f"{u} {found[u]:.2g}" for u in worst[:WORST]) + more
    return f"{shown} (times the largest |Φ(x)|)" if shown else ""


def _where(where: Json | None) -> str:
    if where is None:
        return ""
    after = f"; the last that does is {where['after'] or 'the input'}" if "after" in where else ""
    name = (
        f"{where['module']} ({where['kind']})" if where["module"] else f"the module itself ({where['kind']})"
    )
    return f"{name}: its output is the first that does not turn under {where['element']}{after}"


def _example(report: Json) -> str:
    found = report["counterexample"]
    if found is None:
        return ""
    shapes = ", ".join("×".join(map(str, shape)) for shape in found["shapes"])
    count = sum(map(len, found["inputs"]))
    parameters = {"given": ", with the given parameters", "random": ", with random parameters"}
    entry = ", ".join(f"{axis} = {i}" for axis, i in _indices(report, found["entry"]).items())
    entries = f"with {count} nonzero {'entry' if count == 1 else 'entries'}" if count else "of zeros"
    lines = [
        f"{found['claim']} fails for u = {found['element']}, an input {shapes} {entries}"
        + parameters.get(found["parameters"], ""),
        *(drawing(report) or _listed(found["inputs"]) if count else []),
        f"at {entry or 'the output'}: Φ(L_u x) is {found['left']:g}, L_u Φ(x) is {found['right']:g}"
        if entry
        else "the two sides have different shapes",
    ]
    return "\n".join(lines)


def _indices(report: Json, entry: Mapping[str, int]) -> dict[str, int]:
    """An index for each name, where the names that share an axis have known lengths."""
    declaration = _declared(report)
    known = {} if declaration is None else declaration.known
    indices: dict[str, int] = {}
    for axis, i in entry.items():
        first, *others = axis.split() or [axis]
        if not all(name in known for name in others):
            indices[axis] = i
            continue
        rest, found = i, {}
        for name in reversed(others):
            rest, found[name] = divmod(rest, known[name])
        indices |= {first: rest, **dict(reversed(found.items()))}
    return indices


def _listed(inputs: Sequence[Any]) -> list[str]:
    """The entries of inputs that are not drawn."""
    lines = []
    for i, entries in enumerate(inputs):
        shown = [f"{tuple(at)} ↦ {value:g}" for at, value in entries[:6]]
        more = f", and {len(entries) - 6} more" if len(entries) > 6 else ""
        lines.append(f"x{i if len(inputs) > 1 else ''}: " + (", ".join(shown) or "zero") + more)
    return lines


def drawing(report: Json) -> list[str]:
    """Lines with the inputs of the counterexample and what u makes of them, zeros as dots.

    Empty where an input is not planar, or large.
    """
    found = report["counterexample"]
    declaration = _declared(report)
    if declaration is None or found is None or len(declaration.space) != 2:
        return []
    from gcalc.check.reproduce import sides

    lines: list[str] = []
    for i, (x, moved) in enumerate(zip(*sides(declaration, found), strict=True)):
        layout = declaration.inputs[i]
        axes = None if layout is None else _planar(layout.products, layout.space)
        if axes is None or max(x.shape[a] for a in axes) > WIDEST or not x.any():
            return []
        name = f"x{i}" if len(found["inputs"]) > 1 else "x"
        blocks = [
            _grid(f"{title}[{', '.join(':' if at is None else str(at) for at in place)}]", plane)
            for title, array in ((name, x), (f"{found['element']} {name}", moved))
            for place, plane in _planes(array, axes)
        ]
        if len(blocks) > 2 * PLANES:
            return []
        lines += _beside(blocks)
    return lines


def _declared(report: Json) -> Declaration | None:
    try:
        return declare(**{k: v for k, v in report["declaration"].items() if v is not None})
    except (GcalcError, TypeError):
        return None


def _planar(products: Sequence[Sequence[str]], space: Sequence[str]) -> tuple[int, int] | None:
    """The places of the two space axes, where each is an axis of its own."""
    places = [i for name in space for i, names in enumerate(products) if tuple(names) == (name,)]
    return (places[0], places[1]) if len(places) == 2 else None


def _planes(array: Any, axes: tuple[int, int]) -> Iterator[tuple[list[int | None], Any]]:
    """Index (None for space) and values of each plane that is not 0."""
    import numpy as np

    others = [a for a in range(array.ndim) if a not in axes]
    for at in np.argwhere(np.any(array, axis=axes)):
        place: list[int | None] = [None] * array.ndim
        for axis, i in zip(others, at, strict=True):
            place[axis] = int(i)
        plane = array[tuple(slice(None) if i is None else i for i in place)]
        yield place, plane if axes[0] < axes[1] else plane.T


def _grid(title: str, plane: Any) -> list[str]:
    """A title and the rows, all of one width."""
    cells = [["·" if value == 0 else f"{value:g}" for value in row] for row in plane]
    width = max((len(cell) for row in cells for cell in row), default=1)
    lines = [title, *(" ".join(cell.rjust(width) for cell in row) for row in cells)]
    return [line.ljust(max(map(len, lines))) for line in lines]


def _beside(blocks: Sequence[list[str]], widest: int = 48) -> list[str]:
    """Blocks in rows, as many beside each other as there is room for."""
    lines: list[str] = []
    row: list[list[str]] = []
    for block in [*blocks, None]:
        if block is not None and sum(len(b[0]) + 3 for b in [*row, block]) <= widest:
            row.append(block)
            continue
        height = max(map(len, row), default=0)
        padded = [[*b, *[" " * len(b[0])] * (height - len(b))] for b in row]
        lines += ["   ".join(parts).rstrip() for parts in zip(*padded, strict=True)]
        row = [block] if block is not None else []
    return lines


def changes(report: Json, finding: Json) -> dict[str, Any]:
    """The arguments by which the declaration that would pass differs from the one that was given.

    Empty where there is none; what cannot be read as plain values stands in one word, "declaration".
    """
    if not finding["passes"]:
        return {}
    try:
        call = ast.parse(f"f({finding['passes']})", mode="eval").body
        words = {k.arg: ast.literal_eval(k.value) for k in call.keywords if k.arg}  # type: ignore[attr-defined]
    except (SyntaxError, ValueError):
        return {"declaration": short(finding["passes"])}
    given, declared = dict(report["declaration"]), _declared(report)
    if declared is not None:
        given["space"] = declared.space
    plain = {name: _plain(value) for name, value in given.items()}
    return {name: value for name, value in words.items() if _plain(value) != plain.get(name)}


def _plain(value: Any) -> Any:
    """Tuples as lists, as JSON has them; names of space axes as a list."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
