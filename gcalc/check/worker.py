"""The process in which a layer is run: a request as JSON on the standard input, the answer as JSON to a descriptor.

Requests
    {"do": "check", "object", "factory", "init", "vjp", "words"}: answered by {"report", "case", "script"}.
    {"do": "infer", "object", "factory", "words"}: answered by {"proposals"}.
    {"do": "replay", "object", "case"}: answered by {"state", "text"}.

Lines of the answer
    {"loaded": true} once the object is there; then {"answer": …}, or {"usage": …} or {"target": …} with the reason.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gcalc.errors import GcalcError, UsageError

__all__ = ["main"]

Json = Mapping[str, Any]
PR_SET_PDEATHSIG = 1


def main(number: int) -> None:
    """Answer one request; number: the descriptor to which the answer goes."""
    _die_first()
    _limit_memory()
    request = json.loads(sys.stdin.buffer.read())
    with os.fdopen(number, "w", encoding="utf-8", buffering=1) as answers:

        def say(**line: Any) -> None:
            answers.write(json.dumps(line, default=_plain) + "\n")

        say(**_answer(request, lambda: say(loaded=True)))
    with suppress(Exception):
        sys.stdout.flush()
    os._exit(0)  # threads and exit handlers of the layer must not hold this up


def _die_first() -> None:
    """End with the process that asked; and where memory runs out the layer is to be killed, not somebody else."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


def _limit_memory() -> None:
    """What is free now, so that a layer that takes more gets a MemoryError instead of taking the machine down."""
    if sys.platform != "linux":
        return
    import resource

    with suppress(OSError, ValueError, KeyError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = {name: int(rest.split()[0]) << 10 for name, _, rest in (line.partition(":") for line in lines)}
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = free["MemAvailable"]
        resource.setrlimit(
            resource.RLIMIT_DATA, (limit if most == resource.RLIM_INFINITY else min(limit, most), most)
        )


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else repr(value)


def _answer(request: Json, loaded: Callable[[], None]) -> dict[str, Any]:
    what = request["object"]
    try:
        return {"answer": DO[request["do"]](request, loaded)}
    except UsageError as error:
        return {"usage": str(error)}
    except GcalcError as error:
        return {"target": str(error)}
    except MemoryError:
        return {"target": f"{what} ran out of memory; give smaller sizes"}
    except (SystemExit, KeyboardInterrupt) as error:
        return {"target": f"{what} raised {type(error).__name__}({error}); a layer must return"}
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}, line {last.lineno}"
        first = (str(error).splitlines() or [""])[0]
        return {"target": f"{what} could not be checked: {type(error).__name__}: {first} ({where})"}


def _check(request: Json, loaded: Callable[[], None]) -> dict[str, Any]:
    from gcalc.check.cases import stored
    from gcalc.check.check import check_equivariance
    from gcalc.check.command import command
    from gcalc.check.reproduce import script
    from gcalc.check.targets import load

    address, said = request["object"], {name: request[name] for name in ("factory", "init", "vjp")}
    layer = load(address, said["factory"])
    words = dict(request["words"])
    words |= {name: load(said[key]) for key, name in (("init", "parameters"), ("vjp", "vjp")) if said[key]}
    loaded()
    report = check_equivariance(layer, **words).as_json()
    again = command(request["words"], address, **said)
    program = None
    if report["verdict"] in ("FAILED", "CONVENTION", "INCONCLUSIVE"):
        is_class = type(layer).__qualname__ == address.rpartition(":")[2]
        program = script(report, layer, words, address, called=said["factory"] or is_class)
        report["reproduction"] = {"command": again, "script": program}
    case = stored(report, request["words"], address, **said)
    return {"report": report, "case": case, "script": program}


def _infer(request: Json, loaded: Callable[[], None]) -> dict[str, Any]:
    from gcalc.check.infer import infer
    from gcalc.check.targets import load

    layer = load(request["object"], request["factory"])
    loaded()
    return {"proposals": [asdict(proposal) for proposal in infer(layer, **request["words"])]}


def _replay(request: Json, loaded: Callable[[], None]) -> dict[str, Any]:
    from gcalc.check.replay import replay

    loaded()
    return replay(request["case"]).as_json()


DO: Mapping[str, Callable[[Json, Callable[[], None]], dict[str, Any]]] = {
    "check": _check,
    "infer": _infer,
    "replay": _replay,
}
