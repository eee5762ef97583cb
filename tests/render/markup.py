"""Reading pages back: MathML by ElementTree, HTML by a parser that wants every element closed."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree

VOID = {"meta", "br"}
CHILDREN = {
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mfrac": 2,
    "mi": 0,
    "mn": 0,
    "mo": 0,
    "mtext": 0,
    "mspace": 0,
}
"""How many children an element of MathML has, where that is fixed."""


class Page(HTMLParser):
    """A page: its elements with their attributes, ids and links; `faults` of nesting."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.faults, self.words = [], [], [], []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        self.faults += [f"{tag} has {name} twice" for name in {*names} if names.count(name) > 1]
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} is closed out of turn")

    def handle_data(self, data):
        self.words.append(data)

    def values(self, attribute):
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def elements(mathml):
    """All elements of a formula."""
    return list(ElementTree.fromstring(mathml).iter())


def misplaced(mathml):
    """The elements with a wrong number of children."""
    return [e.tag for e in elements(mathml) if e.tag in CHILDREN and len(e) != CHILDREN[e.tag]]
