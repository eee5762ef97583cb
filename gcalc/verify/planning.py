"""What a campaign does: the profiles, the groups and laws that are named, and a task for each reading.

Main definitions: `PROFILES`, `Task`, `plan`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from gcalc.errors import UsageError
from gcalc.groups.wallpaper import aliases, wallpaper_symbols
from gcalc.lawbook import laws
from gcalc.verify import backends
from gcalc.verify.evaluation import Effort
from gcalc.verify.models import SPLIT
from gcalc.verify.subjects import subject

READINGS = ("kernel", "formal", "exact", "property", "fast")
IMPLEMENTED = ("exact", "property", "fast")
"""The readings that call an implementation."""
OPERATORS = "operators_are_sums"
"""The law under which the operators of the fast path are compared with the reference."""
ON_WINDOWS = ("boundary_zero", "boundary_valid", "stride", "closing_claim", "filter_transform_adjoint")
"""Laws of which some operators are compared on windows, though no claim is about these."""
ANY = "any"


STANDARD = Effort()
LITTLE = Effort(sides=1_000, numbers=700, line=500, places=1)
MUCH = Effort(terms=2_000_000, numbers=20_000, line=10_000, places=12)


@dataclass(frozen=True)
class Extent:
    """How far the reading `fast` goes.

    laws, split, operators: the groups on which laws are read, laws about split groups are, and operators are compared
    with the reference, on NumPy's arrays. rounded: those of the last on which the errors of float32 are compared with
    their bounds. elsewhere: those on which operators are compared in every other namespace; everywhere: whether laws
    are read in these too. outputs: how many an operator has where these are checked by random combinations. effort: of
    the evaluation of a law.
    """

    laws: tuple[str, ...]
    split: tuple[str, ...]
    operators: tuple[str, ...]
    rounded: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    everywhere: bool = False
    outputs: int = 10_000
    effort: Effort = STANDARD


@dataclass(frozen=True)
class Profile:
    """Which groups a campaign covers, and how hard it tries.

    examples, inputs: of the property reading, a law, and an example. effort: of the exact reading. fast: of the reading
    of that name.
    """

    groups: tuple[str, ...]
    examples: int
    fast: Extent
    inputs: int = 8
    effort: Effort = STANDARD


_NAMED = ("C1", "C2", "C3", "C4", "C5", "C6", "S3", "D4", "Q8", "A4")
_MOD_2_AND_3 = tuple(f"{symbol} mod {n}" for n in (2, 3) for symbol in wallpaper_symbols)
_WINDOWS = ("p4m 3x3", "p4m 4x4", "p4m 4x3", "p4 5x4", "pmm 2x5", "cmm 3x3")
_LARGE = (
    "D6",
    "C12",
    "S4",
    "C2xC2xC2",
    "p4 mod 4",
    "p3 mod 4",
    "pgg mod 4",
    "p4 mod 5",
    "p4m 5x5",
    "p4m 6x6",
    "p4m 6x5",
)

_MOD_3 = tuple(name for name in _MOD_2_AND_3 if name.endswith("3"))
_SPATIAL = ("P-1 mod 3", "P23 mod 2")
_SMALL = Extent(
    laws=("S3",),
    split=("p2 mod 2",),
    operators=("S3", "p2 mod 2", "p2 3x2"),
    effort=Effort(0, 40, 40, 0, trials=1),
)
_USUAL = Extent(
    laws=("S3", "p4 mod 3", "p4m 4x3"),
    split=("p4 mod 3", "cm mod 2", "p4m 4x3"),
    operators=("S3", "Q8", *_MOD_3, "p4m mod 2", "p6m mod 2", *_WINDOWS[2:5], *_SPATIAL, "p4m mod 6"),
    rounded=("S3", "p4 mod 3", "p4m 4x3", "P-1 mod 3"),
    elsewhere=("p4 mod 3", "p2 3x2"),
    outputs=1_000_000,
    effort=Effort(0, 200, 200, 0, trials=3),
)
_EVERY = (*_NAMED, *_MOD_2_AND_3, *_WINDOWS, *_LARGE, *_SPATIAL)
_ALL = Extent(
    laws=("S3", "D4", "p4 mod 3", "p6m mod 2", "pgg mod 2", "p4m 4x3", "cmm 3x3"),
    split=("p4 mod 3", "p6m mod 2", "cm mod 2", "p4m 4x3", "cmm 3x3"),
    operators=(*_EVERY, "P23 mod 3", "p4m mod 8", "p6m mod 7", "p4m 28x28"),
    rounded=_EVERY,
    elsewhere=("S3", "p4m mod 3", "p6m mod 3", "pgg mod 2", "p4m 4x3", "P-1 mod 3", "p4m mod 6"),
    everywhere=True,
    outputs=100_000_000,
    effort=Effort(0, 3_000, 3_000, 0),
)

PROFILES = {
    "smoke": Profile(("C1", "C2", "S3", "p2 mod 2", "p4m 3x2"), 3, _SMALL, 4, LITTLE),
    "default": Profile((*_NAMED, *_MOD_2_AND_3, *_WINDOWS), 30, _USUAL, 5),
    "thorough": Profile((*_NAMED, *_MOD_2_AND_3, *_WINDOWS, *_LARGE), 250, _ALL, effort=MUCH),
}


@dataclass(frozen=True)
class Task:
    """One reading of one law: on one group, or (property) on inputs drawn from several.

    elsewhere: the claims that are read as those of another law, with its id. backend: the name of the implementation,
    if it is not that of the campaign.
    """

    law: str
    reading: str
    groups: tuple[str, ...]
    profile: Profile
    elsewhere: tuple[tuple[str, str], ...] = ()
    backend: str | None = None


def groups_named(names: Iterable[str], profile: Profile) -> tuple[str, ...]:
    """The groups a user asked for: "p4m" means all quotients and windows of p4m in the profile, or p4m mod 3."""
    chosen: list[str] = []
    for name in (" ".join([aliases.get(word, word) for word in name.split()]) for name in names):
        found = [g for g in profile.groups if g == name or g.split(" ")[0] == name]
        if not found:
            found = [f"{name} mod 3"] if name in wallpaper_symbols else [name]
            subject(found[0])
        chosen += found
    return tuple(dict.fromkeys(chosen))


def laws_named(names: Iterable[str]) -> tuple[str, ...]:
    """The ids of the laws asked for, all if none.

    Raises:
        UsageError: no law of that id; the closest ones are offered.
    """
    for name in names:
        if name not in laws():
            close = get_close_matches(name.lower(), laws(), n=3, cutoff=0.4) or list(laws())
            raise UsageError(f"no law {name!r}; did you mean {', '.join(close)}?")
    return tuple(dict.fromkeys(names)) or tuple(laws())


def plan(
    ids: Sequence[str],
    readings: Sequence[str],
    groups: Sequence[str],
    profile: Profile,
    backend: backends.Backend,
) -> Iterator[Task]:
    """All readings of all laws, one task a group where the reading is made group by group.

    An implementation other than the reference is given the laws it has the operators for, and no reading that
    does not use it.
    """
    reference = backend.name == "reference"
    for reading in readings if reference else [r for r in readings if r in IMPLEMENTED]:
        if reading == "fast":
            yield from _fast(ids, groups, profile, backend)
            continue
        for law_id in ids:
            claims = laws()[law_id].claims
            if not reference and not any(map(backend.reads, claims)):
                continue
            if backend.missing:
                yield Task(law_id, reading, (ANY,), profile)
                continue
            chosen = tuple(g for g in groups if any(c.windows for c in claims) or subject(g).window is None)
            if reading == "exact":
                others = tuple(shared_claims(law_id, ids).items())
                yield from (Task(law_id, reading, (g,), profile, others) for g in chosen or groups)
            else:
                yield Task(law_id, reading, chosen or tuple(groups), profile)


def _fast(
    ids: Sequence[str], groups: Sequence[str], profile: Profile, backend: backends.Backend
) -> Iterator[Task]:
    """The reading `fast`: of the fast path on NumPy's arrays and, where it is compared with the reference, on others.

    One task a group where operators are compared, except in other namespaces, whose import takes longer than that.
    """
    reference = backend.name == "reference"
    given = tuple(groups) if tuple(groups) != profile.groups else ()
    rest = [i for i in ids if i != OPERATORS]
    for member in backends.named("fast") if reference else (backend,) if backend.family == "fast" else ():
        name, is_other = member.name if reference else None, reference and member.name != "fast.numpy"
        for law_id in ids if profile.fast.elsewhere or not is_other else ():
            where = _where(law_id, given, profile.fast, is_other=is_other)
            if member.missing:
                yield Task(law_id, "fast", (ANY,), profile, backend=name)
            elif law_id == OPERATORS and not is_other:
                yield from (Task(law_id, "fast", (g,), profile, backend=name) for g in where)
            elif where:
                others = shared_claims(law_id, rest) if law_id in rest else {}
                yield Task(law_id, "fast", where, profile, tuple(others.items()), name)


def _where(law_id: str, given: tuple[str, ...], extent: Extent, *, is_other: bool) -> tuple[str, ...]:
    """The groups on which a law is read on the fast path: those given, or those of the extent that suit it."""
    law = laws()[law_id]
    if law_id == OPERATORS:
        return given or (extent.elsewhere if is_other else extent.operators)
    if is_other and not extent.everywhere:
        return ()
    if given:
        return given
    windows = law_id in ON_WINDOWS or any(claim.windows for claim in law.claims)
    of_extent = extent.split if SPLIT in law.hypotheses else extent.laws
    return tuple(g for g in of_extent if windows or subject(g).window is None)


def shared_claims(law_id: str, ids: Sequence[str]) -> dict[str, str]:
    """The claims of a law that are also those of another that is read, a smaller one, with its id: read once."""
    size = {i: (len(laws()[i].claims), i) for i in ids}
    found: dict[str, str] = {}
    for claim in laws()[law_id].claims:
        owners = [i for i in ids for c in laws()[i].claims if c.derivation is claim.derivation]
        least = min(owners, key=size.__getitem__)
        found |= {claim.name: least} if least != law_id else {}
    return found
