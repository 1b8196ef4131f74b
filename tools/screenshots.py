"""Takes the pictures of docs/teaching: a demo class in a real JupyterLab with nbgrader's formgrader.

    python -m tools.screenshots

grades the class of ``autograder.demo``, opens its folder in JupyterLab, clicks through formgrader as a teacher does,
and writes docs/teaching/images/*.png. It needs Chromium (the variable CHROMIUM names another than /usr/bin/chromium).
"""

import base64
import contextlib
import json
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from autograder import course, demo, grade
from autograder.feedback import feedback as write_feedback
from jejaring.answers import read_notebook
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.lab import closing_context, jupyter

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["main", "take"]

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "teaching" / "images"
LARGEST = 150_000  # bytes
COLOURS = 256
PIXELS = """async (picture) => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
    const brush = new OffscreenCanvas(image.width, image.height).getContext("2d");
    brush.drawImage(image, 0, 0);
    return Array.from(new Uint32Array(brush.getImageData(0, 0, image.width, image.height).data.buffer));
}"""
ESSAY = """Selznick menyebut kooptasi bila unsur baru diserap ke dalam pimpinan untuk menangkal ancaman (1948, hlm. 34).
Di Aceh ancamannya ada, tetapi kursinya diperebutkan lewat pemilihan: UU 11/2006 pasal 75 membuka jalan bagi partai
lokal.

Alasan terkuat sebaliknya: mantan pejuang menjadi kepala daerah. Namun mereka dipilih, bukan diangkat oleh lawannya.
Karena itu saya menyebutnya akomodasi."""
COMMENT = "Argumenmu jelas. Sumber untuk “mantan pejuang menjadi kepala daerah”?"


def take(target: Path) -> list[Path]:
    """Take every picture anew; returns the files.

    Raises
    ------
    RuntimeError
        If a page doesn't show what its picture is for, or a picture is too large to be kept.
    """
    from playwright.sync_api import sync_playwright

    target.mkdir(parents=True, exist_ok=True)
    made = []
    with TemporaryDirectory() as place:
        room, home = Path(place) / "kelas", Path(place) / "home"
        home.mkdir()
        notebook = _graded(room)
        with (
            contextlib.chdir(room),  # formgrader reads the settings of the folder it is started in
            jupyter(room, home) as server,
            sync_playwright() as play,
        ):
            chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            with closing_context(chromium) as context:
                page = context.new_page()
                for name, show in _pictures(page, server.url, notebook, room):
                    show()
                    path = target / f"{name}.png"
                    path.write_bytes(_reduced(page, page.screenshot(animations="disabled")))
                    if path.stat().st_size > LARGEST:
                        raise RuntimeError(f"{path}: {path.stat().st_size} bytes. Show less of the page.")
                    made.append(path)
            chromium.close()
    return made


def main() -> int:
    """Take the pictures and name them; returns the exit code."""
    for path in take(IMAGES):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")
    return 0


def _reduced(page: "Page", picture: bytes) -> bytes:
    """The same picture with at most 256 colours, each 32-bit pixel of it one byte that names its colour."""
    pixels: list[int] = page.evaluate(PIXELS, base64.b64encode(picture).decode())
    width, height = struct.unpack(">II", picture[16:24])
    coarse = (0xFFFFFF, 0xF8F8F8, 0xF0F0F0, 0xE0E0E0, 0xC0C0C0)
    mask = next(mask for mask in coarse if len({pixel & mask for pixel in pixels}) <= COLOURS)
    shades = {pixel & mask: pixel for pixel in sorted(set(pixels))}  # the lightest of those that become one
    number = {colour: place for place, colour in enumerate(shades)}
    table = b"".join(shade.to_bytes(4, "little")[:3] for shade in shades.values())
    indices = bytes(number[pixel & mask] for pixel in pixels)
    lines = b"".join(b"\0" + indices[line * width : (line + 1) * width] for line in range(height))
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": table,
        b"IDAT": zlib.compress(lines, 9),
        b"IEND": b"",
    }
    return picture[:8] + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts.items()
    )


def _graded(room: Path) -> str:
    """Grade the class in a folder; returns the number under which formgrader shows Ayu's notebook."""
    demo.run(ROOT, room, say=lambda _: None)
    with (room / course.SETTINGS).open("a", encoding="utf-8") as settings:
        settings.write(f"\nc.Exchange.root = {str(room.parent / 'exchange')!r}\n")
    (room.parent / "exchange").mkdir(mode=0o777)
    (room.parent / "exchange").chmod(0o777)  # as nbgrader wants it, in a folder that is thrown away
    released = read_notebook(room / "release" / "id" / "ps03" / "ps03.ipynb")
    student = next(one for one in demo.sample()["students"] if one["id"] == "s2601")
    student["answers"]["ps03-aceh"] = ESSAY
    handed_in = room / "submitted" / "s2601" / "ps03" / "ps03.ipynb"
    handed_in.write_text(json.dumps(demo.answer(released, student)), "utf-8")
    grade.grade(room, "ps03", quiet=True)
    with course.gradebook(course.config(room)) as book:
        return str(book.find_submission_notebook("ps03", "ps03", "s2601").id)


def _pictures(page: "Page", url: str, notebook: str, room: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the name of each picture and how to get there from the one before."""

    def menu() -> None:
        page.set_viewport_size({"width": 760, "height": 400})
        page.goto(f"{url}/lab")
        page.wait_for_selector(".jp-LauncherCard")
        page.locator(".lm-MenuBar-item", has_text="Nbgrader").click()
        page.get_by_role("menuitem", name="Formgrader").hover()

    def assignments() -> None:
        page.set_viewport_size({"width": 1200, "height": 790})
        page.goto(f"{url}/formgrader")
        page.get_by_role("link", name="12", exact=True).wait_for()

    def submissions() -> None:
        page.get_by_role("link", name="12", exact=True).click()
        page.get_by_text("Lestari, Ayu").wait_for()

    def manual() -> None:
        page.get_by_role("link", name="Manual Grading").click()
        page.get_by_role("link", name="ps03").click()
        page.get_by_role("link", name="ps03").last.click()
        page.get_by_text("Submission #12").wait_for()

    def rubric() -> None:
        page.goto(f"{url}/formgrader/submissions/{notebook}", wait_until="networkidle")
        score = page.locator("#ps03-aceh")
        score.fill("24")
        page.locator("#ps03-aceh-comment").fill(COMMENT)
        with page.expect_response(lambda one: "/api/comment/" in one.url and one.request.method == "PUT"):
            score.focus()  # formgrader saves a field that is left
        page.set_viewport_size({"width": 1200, "height": 920})
        page.wait_for_timeout(1000)  # formgrader rolls to what has the focus
        page.get_by_text("Rubrik penilaian.").evaluate(
            "(one) => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 70)"
        )

    def feedback() -> None:
        with course.gradebook(course.config(room)) as book:
            essay = book.find_grade("ps03-aceh", "ps03", "ps03", "s2608")
            essay.manual_score, essay.needs_manual_grade = 24, False
            book.db.commit()
        write_feedback(room, "ps03", quiet=True)
        page.set_viewport_size({"width": 1200, "height": 460})
        page.goto((room / "feedback" / "s2608" / "ps03" / "ps03.html").as_uri())
        page.get_by_text("Late submission penalty").wait_for()

    yield from {
        "menu": menu,
        "assignments": assignments,
        "submissions": submissions,
        "manual-grading": manual,
        "essay": rubric,
        "feedback": feedback,
    }.items()


if __name__ == "__main__":
    sys.exit(main())
