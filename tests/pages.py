"""Pages as tests look at them: made by the program, read by html5lib, which knows HTML as browsers do."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import html5lib
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF

Element = Any  # html5lib's trees are those of ElementTree, without namespaces here


def made(folder: Path, *arguments: str, name: str = "page.html") -> str:
    """The page that a command writes, run in *folder* on the tests' day."""
    done = invoke(folder, *arguments, "--as-of", AS_OF, "-o", name)
    assert done.code == 0, done.error
    return (folder / name).read_text(encoding="utf-8")


def read(page: str) -> Element:
    """The tree of *page*; raises html5lib's ParseError where it breaks a rule of HTML."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    for one in tree.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.rpartition("}")[2]  # those of pictures have one
    return tree


def text_of(element: Element) -> str:
    """All text within, spaces made single."""
    return " ".join("".join(element.itertext()).split())


def table_under(tree: Element, heading: str) -> list[list[str]]:
    """The first table of the section with this heading, its body as texts; footnote numbers left out."""
    section = next(one for one in tree.iter("section") if any(text_of(h) == heading for h in one.iter("h2")))
    return [[cell_text(cell) for cell in row.iter("td")] for row in next(section.iter("tbody")).iter("tr")]


def cell_text(cell: Element) -> str:
    """The text of a cell without the numbers of its sources."""
    return text_of(next(cell.iter("span")))


def allowed_hash(content: str) -> str:
    """What a policy calls *content*, reckoned here anew."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def violations(page: str) -> list[str]:
    """What would fetch, run or repeat something that it must not."""
    tree = read(page)
    found = [
        f"<{one.tag}>"
        for one in tree.iter()
        if one.tag in ("iframe", "object", "embed", "link", "base", "img", "image", "use")
    ]
    for one in tree.iter():
        attributes = {str(name): value for name, value in one.attrib.items()}
        found += [f"{name}={value}" for name, value in attributes.items() if name.startswith("on") or name == "style"]
        found += [f"src={value}" for name, value in attributes.items() if name in ("src", "srcset", "data", "action")]
        href = attributes.get("href", "#")
        found += [f"href={href}"] if not href.startswith(("#", "https://", "http://")) else []
    ids = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
    found += [f"id {one} twice" for one in {i for i in ids if ids.count(i) > 1}]
    inner = (one.attrib["href"][1:] for one in tree.iter("a") if one.attrib.get("href", "").startswith("#"))
    found += [f"#{target} leads nowhere" for target in set(inner) - set(ids)]
    style = next(tree.iter("style")).text
    policy = next(m.attrib["content"] for m in tree.iter("meta") if "http-equiv" in m.attrib)
    found += [] if allowed_hash(style) in policy and "default-src 'none'" in policy else ["style is not allowed"]
    found += [word for word in ("@import", "url(http", "url(//") if word in style]
    return found
