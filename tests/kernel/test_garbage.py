"""A true derivation with anything at all put anywhere into it: refused, or it still proves what it says."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from random import Random

import pytest

import gcalc
from gcalc.kernel.replay import Derivation, Line, replay
from gcalc.kernel.sorts import Theory
from gcalc.kernel.terms import TERMS, KernelError, Num, Sort
from gcalc.lawbook import theory

DERIVATIONS = [claim.derivation for law in ("eq2", "eq3", "eq6") for claim in gcalc.laws()[law].claims]
GARBAGE = [
    None,
    True,
    0,
    -1,
    2.5,
    "",
    "x",
    "hypothesis",
    b"x",
    [],
    (),
    {},
    frozenset(),
    object(),
    len,
    Sort,
    Num,
]
GARBAGE += [Num(1), Sort("G", "group"), Sort("G", "index"), Line(Num(1), "", ()), Theory()]


class Sly:
    """Says yes to whatever it is asked."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *arguments):
        return self

    def __bool__(self):
        return True

    __class__ = Num


def parts(value):
    """What a tuple or a record holds, by number or name."""
    if isinstance(value, tuple):
        return dict(enumerate(value))
    return {f.name: getattr(value, f.name) for f in fields(value)} if is_dataclass(value) else {}


def put(value, path, new):
    """The value with something else at a path, whatever its class would say to that."""
    if not path:
        return new
    changed = parts(value)
    changed[path[0]] = put(changed[path[0]], path[1:], new)
    if isinstance(value, tuple):
        return tuple(changed.values())
    copy = object.__new__(type(value))
    copy.__dict__.update(changed)
    return copy


def somewhere(random, value):
    """A random path into the data, and what is there."""
    path = ()
    while (inner := parts(value)) and random.random() < 0.93:
        name = random.choice([*inner])
        path, value = (*path, name), inner[name]
    return path, value


def derived(random, value):
    """A copy of a record in a class of its own."""
    kind = type(value)
    if not is_dataclass(value) or isinstance(value, type):
        return Sly()
    copy = object.__new__(
        type(kind.__name__, (kind,), {"__eq__": lambda *_: True, "__hash__": kind.__hash__})
    )
    copy.__dict__.update(vars(value))
    return copy


@pytest.mark.parametrize("seed", range(600))
def test_garbage_is_refused_or_harmless(seed):
    random = Random(seed)
    derivation = random.choice(DERIVATIONS)
    path, value = somewhere(random, derivation)
    new = random.choice((random.choice(GARBAGE), Sly(), derived(random, value)))
    forged = put(derivation, path, new)
    try:
        replay(theory(), forged)
    except KernelError:
        return
    assert type(forged) is Derivation
    assert forged.statement == derivation.statement
    assert [line.term for line in forged.lines] == [line.term for line in derivation.lines]
    assert path[-1] == "reason" or type(new) is type(value)


@pytest.mark.parametrize("seed", range(150))
def test_a_part_in_another_s_place_is_refused_or_harmless(seed):
    """Parts of one derivation exchanged for parts of another: all are the kernel's own data."""
    random = Random(seed)
    derivation, other = random.sample(DERIVATIONS, 2)
    path, value = somewhere(random, derivation)
    new = next(part for _ in range(10_000) if type(part := somewhere(random, other)[1]) is type(value))
    forged = put(derivation, path, new)
    try:
        replay(theory(), forged)
    except KernelError:
        return
    assert forged.statement in (derivation.statement, other.statement)
    assert path == () or forged.statement == derivation.statement


def test_every_kind_of_term_is_known():
    kinds = {
        kind for kind in vars(gcalc.kernel.terms).values() if isinstance(kind, type) and is_dataclass(kind)
    }
    abstract = {kind for kind in kinds if any(issubclass(one, kind) and one is not kind for one in kinds)}
    assert {*TERMS} == kinds - abstract - {Sort}
