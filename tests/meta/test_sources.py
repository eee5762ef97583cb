"""House rules that the linter does not know: size, constructs never used, docstrings and annotations."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from .sources import called, imports, modules, tree

LONGEST_MODULE = 400
LONGEST_PROOF = 120
LARGEST_KERNEL = 600
UNSAFE_CALLS = {"eval", "exec"}
UNSAFE_MODULES = {"pickle", "dill", "cloudpickle", "marshal", "shelve"}


def lines(name: str) -> int:
    return len(modules()[name].read_text(encoding="utf-8").splitlines())


def longest(name: str) -> int:
    is_law = name.startswith("gcalc.proofs.") and name != "gcalc.proofs.definitions"
    return LONGEST_PROOF if is_law else LONGEST_MODULE


def test_a_module_is_read_in_a_sitting():
    assert {name: lines(name) for name in modules() if lines(name) > longest(name)} == {}


def code_lines(source: str) -> int:
    """How many lines hold code: no blank lines, comments, docstrings or imports."""
    syntax, skipped = ast.parse(source), set[int]()
    for node in ast.walk(syntax):
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if text or isinstance(node, ast.Import | ast.ImportFrom):
            skipped |= {*range(node.lineno, node.end_lineno + 1)}
    kept = [n for n, line in enumerate(source.splitlines(), 1) if line.split("#")[0].strip()]
    return len({*kept} - skipped)


def test_the_whole_kernel_is_read_in_a_sitting():
    kernel = [path for name, path in modules().items() if name.startswith("gcalc.kernel")]
    assert kernel
    assert sum(code_lines(path.read_text(encoding="utf-8")) for path in kernel) <= LARGEST_KERNEL


def test_code_lines_are_counted():
    assert (
        code_lines(
            '"""Text."""\n\nimport ast\n\n\ndef f():\n    """Text\n    on."""\n    # why\n    return (\n        1)\n'
        )
        == 3
    )


def offenders(find: Callable[[str, ast.Module], list]) -> dict[str, list]:
    """What a finder finds, by module; a module where it finds nothing is left out."""
    found = {name: find(name, tree(path)) for name, path in modules().items()}
    return {name: offences for name, offences in found.items() if offences}


def unsafe(syntax: ast.Module, name: str) -> list[int]:
    """The lines of bare asserts, of eval and exec, and of whatever reads pickles."""
    found = [
        item.line
        for item in imports(syntax, name, is_package=False)
        if item.module.split(".")[0] in UNSAFE_MODULES
    ]
    for node in ast.walk(syntax):
        if (
            isinstance(node, ast.Assert)
            or (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and called(node) in UNSAFE_CALLS
            )
            or (isinstance(node, ast.keyword) and node.arg == "allow_pickle" and not is_false(node.value))
        ):
            found.append(node.lineno)
    return sorted(found)


def is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_no_assert_no_eval_no_pickle():
    assert offenders(lambda name, syntax: unsafe(syntax, name)) == {}


@pytest.mark.parametrize(
    "source",
    [
        "assert x",
        "def f():\n    assert x",
        "eval('1')",
        "exec('1')",
        "import pickle",
        "def f():\n    from pickle import loads",
        "from importlib import import_module\nimport_module('marshal')",
        "numpy.load(p, allow_pickle=True)",
        "numpy.load(p, allow_pickle=trusted)",
    ],
)
def test_what_is_unsafe_is_found(source):
    assert unsafe(ast.parse(source), "m")


def test_what_is_safe_is_not_found():
    assert unsafe(ast.parse("import json\nnumpy.load(p, allow_pickle=False)\nexpression.eval(1)"), "m") == []


Function = ast.FunctionDef | ast.AsyncFunctionDef


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """The public functions, classes and methods of a module by qualified name."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{prefix}{node.name}.")


def undocumented(syntax: ast.Module) -> list[str]:
    """The module and its public names without a docstring; an overload or a property's setter needs none."""
    found = [] if ast.get_docstring(syntax) else ["the module"]
    for name, node in public(syntax.body):
        decorators = {ast.unparse(d).rpartition(".")[2] for d in node.decorator_list}
        if not ast.get_docstring(node) and not decorators & {"overload", "setter"}:
            found.append(name)
    return found


def unannotated(syntax: ast.Module) -> list[str]:
    """The public functions of which the result or an argument has no annotation."""
    found = []
    for name, node in public(syntax.body):
        if isinstance(node, ast.ClassDef):
            continue
        arguments = [
            *node.args.posonlyargs,
            *node.args.args,
            *node.args.kwonlyargs,
            node.args.vararg,
            node.args.kwarg,
        ]
        named = [a for a in arguments if a is not None and a.arg not in ("self", "cls")]
        if node.returns is None or any(a.annotation is None for a in named):
            found.append(name)
    return found


def test_every_public_name_has_a_docstring():
    assert offenders(lambda _, syntax: undocumented(syntax)) == {}


def test_every_public_function_is_annotated():
    assert offenders(lambda _, syntax: unannotated(syntax)) == {}


def test_a_missing_docstring_and_a_missing_annotation_are_found():
    syntax = ast.parse(
        "class A:\n    def f(self, x: int): ...\n    def g(self, *y) -> int: ...\n    def _h(self, z): ..."
    )
    assert undocumented(syntax) == ["the module", "A", "A.f", "A.g"]
    assert unannotated(syntax) == ["A.f", "A.g"]
