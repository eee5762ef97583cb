"""What the pages are made of: fenced blocks, headings, links, law ids, commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))
EXAMPLES = ROOT / "docs" / "examples"
CODES = sorted((ROOT / "docs" / "codes").glob("*.md"))
PAGES = [*DOCS, *CODES, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))]

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]*)\)")
HEADING = re.compile(r"^#+ (?P<title>.*)$", re.MULTILINE)
NAMED_LAWS = re.compile(r"\blaws?\b[^.`|\n]*((?:`\w+`(?:, | and | to )?)+)")


class Block(NamedTuple):
    """A fenced block: its language, what follows on the fence (for an excerpt, its file), its text and first line."""

    language: str
    file: str
    text: str
    line: int


def read(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a text."""
    found = []
    for match in FENCE.finditer(text):
        language, _, file = match["info"].partition(" ")
        found.append(Block(language, file.strip(), match["text"], text.count("\n", 0, match.start("text"))))
    return found


def prose(text: str) -> str:
    """The text without its fenced and indented blocks."""
    return re.sub(r"^ {4}.*$", "", FENCE.sub("", text), flags=re.MULTILINE)


def examples(text: str) -> str:
    """The python blocks without a file, every other line blank, so that doctest tells the page's line numbers."""
    lines = [""] * (text.count("\n") + 1)
    for block in blocks(text):
        if block.language == "python" and not block.file:
            rows = block.text.splitlines()
            lines[block.line : block.line + len(rows)] = rows
    return "\n".join(lines) + "\n"


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub and MyST make them."""
    titles = (match["title"].lower() for match in HEADING.finditer(prose(text)))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def broken_links(page: Path, text: str) -> list[str]:
    """The links to files and headings of the checkout that lead nowhere."""
    broken = []
    for match in LINK.finditer(re.sub(r"`[^`\n]*`", "", prose(text))):
        file, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", file):
            continue
        target = (page.parent / file) if file else page
        there = target.exists() and (not anchor or anchor in anchors(read(target) if file else text))
        broken += [] if there else [match["target"]]
    return broken


def commands(text: str, program: str) -> Iterator[list[str]]:
    """The command lines of sh blocks that begin with the program, as words, without comments."""
    for block in blocks(text):
        if block.language == "sh":
            for line in block.text.splitlines():
                words = shlex.split(line, comments=True)
                if words and " ".join(words).startswith(program):
                    yield words


def law_ids(text: str) -> set[str]:
    """The ids that a page names: after --law, after the word law, or as a row of a table of laws."""
    named = set(re.findall(r"--law (\w+)", text)) - {"ID"}
    for line in prose(text).splitlines():
        if "planned" not in line:
            named |= {id for match in NAMED_LAWS.finditer(line) for id in re.findall(r"`(\w+)`", match[1])}
    return named | table_of_laws(text)


def table_of_laws(text: str) -> set[str]:
    """The first column of the table whose header begins with `law`."""
    table = re.search(r"^\| law \|.*\n\|[-| ]*\n((?:\|.*\n)*)", text, re.MULTILINE)
    return set(re.findall(r"^\| `(\w+)` \|", table[1], re.MULTILINE)) if table else set()
