"""Pages in a real browser: they show, ask nothing of the network, fit phones and desktops, print, and pass axe."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.interop.programs import FOLDER, SET_UP
from tests.pages import made
from tests.people import GOAL_AND_HOLDINGS, NASTY_CATALOG, nasty_profile
from tests.tools import require_tool

PAGES = {
    "report": ("report",),
    "risk": ("report", "--to", "pmo-analyst", "--alternatives", "2", "--risk", "--samples", "100"),
    "renewals": ("renewals", "--details"),
    "map": ("map",),
    "nasty": ("report", "--profile", "nasty.yaml", "--catalog", "overlay"),
    "nasty-map": ("map", "--profile", "nasty.yaml", "--catalog", "overlay"),
}
OURS = ("report", "risk", "renewals", "map")
WIDTHS = {"phone": 390, "desktop": 1280}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium")
    require_tool(program, f"chromium ({SET_UP})")
    require_tool(importlib.util.find_spec("playwright"), "playwright (the extra test)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def axe() -> str:
    script = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    require_tool(script.exists(), f"axe-core ({SET_UP})")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every page of PAGES."""
    made_here = tmp_path_factory.mktemp("pages")
    (made_here / "pmcareer.yaml").write_text(GOAL_AND_HOLDINGS, encoding="utf-8")
    (made_here / "nasty.yaml").write_text(nasty_profile(), encoding="utf-8")
    for name, text in NASTY_CATALOG.items():
        (made_here / "overlay" / name).parent.mkdir(parents=True, exist_ok=True)
        (made_here / "overlay" / name).write_text(text, encoding="utf-8")
    for name, arguments in PAGES.items():
        made(made_here, *arguments, name=f"{name}.html")
    return made_here


class Seen:
    """A page opened from a file, and what it said, asked for and broke."""

    def __init__(self, browser: Any, path: Path, scheme: str = "light", width: int = 1280, **more: Any) -> None:
        self.context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, **more)
        self.page = self.context.new_page()
        self.trouble: list[str] = []
        self.page.on("console", lambda told: self.trouble.append(f"{told.type}: {told.text}"))
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.trouble.append(f"dialog: {dialog.message}"))
        self.page.on("request", self._asked)
        self.address = path.as_uri()
        self.page.goto(self.address)

    def _asked(self, request: Any) -> None:
        if request.url != self.address:
            self.trouble.append(f"request: {request.url}")

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_says_nothing_and_asks_for_nothing(browser: Any, folder: Path, name: str, width: str) -> None:
    with Seen(browser, folder / f"{name}.html", width=WIDTHS[width]) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
        assert seen.page.locator("h1").count() == 1
        assert seen.trouble == []


@pytest.mark.parametrize(("name", "scheme"), [*((name, "light") for name in PAGES), *((name, "dark") for name in OURS)])
def test_axe_finds_nothing(browser: Any, folder: Path, axe: str, name: str, scheme: str) -> None:
    """With everything unfolded, so that what is shown on demand is looked at too; of a map's many entries some."""
    with Seen(browser, folder / f"{name}.html", scheme) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        seen.page.evaluate("[...document.querySelectorAll('article')].slice(9).forEach(one => one.remove())")
        # From outside of the page: its own policy rightly allows no such script.
        seen.page.evaluate(axe)
        found = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(one["id"], one["help"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
        assert len(found["passes"]) > 10


def test_charts_are_seen_wide_or_narrow_and_never_both(browser: Any, folder: Path) -> None:
    for width, shown, hidden in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
        with Seen(browser, folder / "report.html", width=width) as seen:
            assert seen.page.locator(f"figure .{shown} svg").first.is_visible()
            assert not seen.page.locator(f"figure .{hidden} svg").first.is_visible()
            boxes = [box.bounding_box() for box in seen.page.locator(f"figure .{shown} svg").all()]
            assert len(boxes) >= 5
            assert all(box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] > 60 for box in boxes)


def test_dark_charts_have_light_ink(browser: Any, folder: Path) -> None:
    def ink(scheme: str) -> tuple[Any, ...]:
        with Seen(browser, folder / "report.html", scheme) as seen:
            text = seen.page.locator("figure .wide svg text").first
            colour = text.evaluate("one => getComputedStyle(one).fill")
            return tuple(map(int, str(colour).removeprefix("rgb(").removesuffix(")").split(",")))

    assert max(ink("light")) < 130 and min(ink("dark")) > 140


@pytest.mark.parametrize("name", ["report", "map"])
def test_a_page_prints_with_what_was_folded(browser: Any, folder: Path, name: str) -> None:
    with Seen(browser, folder / f"{name}.html") as seen:
        printed = seen.page.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF-") and len(printed) > 20_000
        seen.page.emulate_media(media="print")
        if name == "report":
            assert seen.page.get_by_text("Ledger", exact=True).first.is_visible()
        assert not seen.page.locator(".skip").is_visible()


# --- the map's own script ---------------------------------------------------------------------------------------------


def kept(page: Any) -> set[str]:
    found = page.evaluate(
        "[...document.querySelectorAll('article[data-entry]:not([hidden])')].map(a => a.dataset.entry)"
    )
    return set(found)


def test_the_map_is_searched_and_filtered(browser: Any, folder: Path) -> None:
    with Seen(browser, folder / "map.html") as seen:
        page = seen.page
        everything = kept(page)
        page.get_by_label("Search").fill("prince2 found")
        assert "prince2-foundation" in kept(page) and "pmp" not in kept(page)
        assert page.locator("#told").inner_text() == f"{len(kept(page))} of {len(everything)} entries fit"
        assert page.locator("svg a[data-entry=pmp]").get_attribute("tabindex") == "-1"
        page.get_by_role("button", name="Show all").click()
        page.wait_for_function(
            f"document.querySelectorAll('article[data-entry]:not([hidden])').length == {len(everything)}"
        )
        page.get_by_label("Price at most, USD").fill("300")
        # CAPM costs 300 US dollars for who is no member; PMP more; CSM's price is a course's.
        assert "pmp" not in kept(page) and "psm-i" in kept(page)
        page.get_by_label("Credits to keep it").select_option("0")
        assert "psm-i" in kept(page) and "capm" not in kept(page)  # for life; fifteen PDUs in three years
        page.get_by_label("only the plan’s way").check()
        assert {"project-coordinator", "senior-project-manager"} <= kept(page) and "cto" not in kept(page)
        assert seen.trouble == []


def test_the_map_is_used_by_keyboard(browser: Any, folder: Path) -> None:
    with Seen(browser, folder / "map.html") as seen:
        page = seen.page
        page.locator("svg a[data-entry=pmp]").focus()
        assert page.locator("path.way.seen").count() > 3
        page.keyboard.press("Enter")
        panel = page.locator("#panel")
        assert "Project Management Professional" in panel.inner_text() and page.url == seen.address
        assert page.evaluate("document.activeElement.id") == "panel"
        page.keyboard.press("Escape")
        assert not panel.is_visible()
        assert page.evaluate("document.activeElement.dataset.entry") == "pmp"
        assert page.locator("path.way.seen").count() > 0  # it is looked at again, being in focus
        assert seen.trouble == []


def test_without_scripts_the_map_is_a_picture_with_a_list(browser: Any, folder: Path) -> None:
    with Seen(browser, folder / "map.html", java_script_enabled=False) as seen:
        page = seen.page
        assert not page.locator("#choose").is_visible()
        page.locator("svg a[data-entry=pmp]").click()
        assert page.url == f"{seen.address}#entry-pmp"
        assert page.locator("#entry-pmp").is_visible()
