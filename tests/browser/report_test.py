#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens the report of the shipped example in Chromium, at desk and phone width, and uses it as a reader would.

The program is TRUCE_PROGRAM. Usage: report_test.py [--keep FOLDER] [unittest arguments]; with --keep the report and
pictures of it are left in FOLDER. Exit 77, skipped, where there is no Chromium.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from browser import Browser, find_chromium  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "syria-2016-09"
SKIPPED = 77
DESK, PHONE = (1280, 900), (390, 844)
# What sticks out of the window to the right, as tag and class; what scrolls by itself or is clipped may.
WIDE = """[...document.querySelectorAll('body *')].filter((element) => {
  if (element.closest('svg, .unseen, thead')) return false;
  return element.getBoundingClientRect().right > innerWidth + 0.5;
}).map((element) => element.tagName + '.' + element.className).slice(0, 5)"""


def shown(browser):
    return browser.value("truce.incidents.filter((incident) => incident.shown).length")


class ReportTest(unittest.TestCase):
    folder = None

    @classmethod
    def setUpClass(cls):
        cls.page = cls.folder / "report.html"
        program = os.environ.get("TRUCE_PROGRAM", str(ROOT / "build" / "dev" / "truce"))
        run = subprocess.run([program, "monitor", str(EXAMPLE / "agreement.truce"), "--incidents",
                              str(EXAMPLE / "incidents.csv"), "--format", "html", "--output", str(cls.folder)],
                             capture_output=True, text=True, check=False)
        if run.returncode != 0 or not cls.page.is_file():
            raise RuntimeError(f"no report was written (exit {run.returncode}): {run.stderr.strip()}")

    def opened(self, size, **options):
        browser = Browser(*size, **options)
        self.addCleanup(browser.__exit__)
        browser.open(self.page)
        browser.value("void (document.documentElement.style.scrollBehavior = 'auto')")
        return browser

    def assert_sound(self, browser):
        self.assertEqual([], browser.errors)
        self.assertEqual("0", browser.value("document.documentElement.dataset.errors"))
        self.assertEqual("true", browser.value("document.documentElement.dataset.ready"))
        self.assertEqual([self.page.resolve().as_uri()], browser.requests, "the page asks for nothing but itself")

    def test_is_drawn_at_desk_and_phone_width_without_scrolling_sideways(self):
        for name, size in (("desk", DESK), ("phone", PHONE)):
            for dark in (False, True):
                with self.subTest(width=size[0], dark=dark):
                    browser = self.opened(size, dark=dark)
                    browser.value("truce.open(truce.order[0])")
                    self.assert_sound(browser)
                    self.assertLessEqual(browser.value("document.documentElement.scrollWidth"), size[0])
                    self.assertEqual([], browser.value(WIDE))
                    self.assertGreater(browser.value("document.querySelectorAll('#map-drawing .mark').length"), 50)
                    self.assertGreater(browser.value("document.querySelectorAll('#timeline-drawing .band').length"), 0)
                    browser.picture(self.folder / f"{name}{'-dark' if dark else ''}.png", whole=True)

    def test_narrowest_phone(self):
        browser = self.opened((320, 640))
        self.assertLessEqual(browser.value("document.documentElement.scrollWidth"), 320)

    def test_the_convoy_stands_contested_with_its_accounts_side_by_side(self):
        browser = self.opened(DESK)
        browser.value("truce.open(truce.incidents.find((incident) => incident.id === '0919-urum-al-kubra-convoy'))")
        self.assertEqual("contested", browser.value("document.querySelector('details[open]').classList[1]"))
        self.assertGreater(browser.value("document.querySelectorAll('details[open] .account').length"), 5)
        self.assertGreater(browser.value("document.querySelectorAll('details[open] blockquote mark').length"), 0)
        self.assertIn("0919-urum-al-kubra-convoy", browser.value("document.querySelector('details[open]').innerText"))
        self.assert_sound(browser)

    def test_filters(self):
        browser = self.opened(DESK)
        everything = shown(browser)
        browser.value("document.querySelector('button.figure[data-mark=unknown]').click()")
        without_unknown = shown(browser)
        self.assertLess(without_unknown, everything)
        self.assertEqual(0, browser.value("document.querySelectorAll('.group.unknown').length"))
        browser.value("document.getElementById('shown-reset').click()")
        self.assertEqual(everything, shown(browser))
        for name in ("clause", "side", "account"):
            browser.value(f"""(() => {{ const select = document.getElementById('filter-{name}');
                select.value = select.options[1].value; select.dispatchEvent(new Event('change')); }})()""")
            self.assertTrue(0 < shown(browser) < everything, name)
            browser.value("truce.reset()")
        browser.value("document.getElementById('filter-text').focus()")
        browser.call("Input.insertText", text="Urum")
        browser.value("new Promise((done) => setTimeout(done, 300))")
        self.assertTrue(0 < shown(browser) < everything)
        self.assert_sound(browser)

    def test_days_are_chosen_by_mouse_and_by_keyboard(self):
        browser = self.opened(DESK)
        everything = shown(browser)
        browser.value("document.getElementById('timeline').scrollIntoView()")
        box = browser.value("""(() => { const box = document.getElementById('timeline-drawing').getBoundingClientRect();
            return [box.left, box.top, box.width, box.height]; })()""")
        middle = box[1] + box[3] / 2
        browser.drag((box[0] + box[2] * 0.3, middle), (box[0] + box[2] * 0.6, middle))
        by_mouse = browser.value("[truce.choice().from, truce.choice().to]")
        self.assertLess(0, by_mouse[0])
        self.assertLess(by_mouse[0], by_mouse[1])
        self.assertLess(shown(browser), everything)
        browser.value("document.getElementById('range-from').focus()")
        browser.press("ArrowRight")
        self.assertEqual(by_mouse[0] + 1, browser.value("truce.choice().from"))
        self.assert_sound(browser)

    def test_the_map_moves_and_names_incidents_by_keyboard(self):
        browser = self.opened(DESK)
        browser.value("document.getElementById('map-drawing').focus()")
        before = browser.value("document.querySelector('#map-drawing .world').getAttribute('transform')")
        browser.press("+", "Equal", "+")
        self.assertNotEqual(before, browser.value("document.querySelector('#map-drawing .world').getAttribute('transform')"))
        browser.press("n", "KeyN", "n")
        self.assertFalse(browser.value("document.getElementById('map-tip').hidden"))
        self.assertNotEqual("", browser.value("document.getElementById('map-said').textContent"))
        browser.press("Enter", text="\r")
        self.assertEqual(1, browser.value("document.querySelectorAll('details.incident[open]').length"))
        self.assert_sound(browser)

    def test_reads_without_scripts(self):
        browser = Browser(*DESK)
        self.addCleanup(browser.__exit__)
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(self.page)
        text = browser.value("document.body.innerText")
        for part in ("The map, the timeline and the list of incidents need scripts", "Clause 1.1 was in force from",
                     "19 September 2016"):
            self.assertIn(part, text)
        self.assertEqual([], browser.errors)

    def test_headings_and_landmarks_are_in_order(self):
        browser = self.opened(DESK)
        levels = browser.value("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map((title) => Number(title.tagName[1]))")
        self.assertEqual(1, levels[0])
        self.assertEqual(1, levels.count(1))
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1)
        for tag in ("header", "main", "nav", "footer"):
            self.assertEqual(1, browser.value(f"document.querySelectorAll('{tag}').length"), tag)
        self.assertEqual([], browser.value("""[...document.querySelectorAll('button, select, input')].filter((control) =>
            !control.innerText && !control.getAttribute('aria-label') && control.labels.length === 0)
            .map((control) => control.id)"""))


def main():
    if find_chromium() is None:
        print("skipped: no Chromium here; on Debian: apt-get install chromium")
        return SKIPPED
    arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="truce-report-") as temporary:
        ReportTest.folder = pathlib.Path(temporary)
        if arguments[:1] == ["--keep"]:
            ReportTest.folder = pathlib.Path(arguments[1])
            ReportTest.folder.mkdir(parents=True, exist_ok=True)
            arguments = arguments[2:]
        result = unittest.main(argv=[sys.argv[0], *arguments], exit=False, verbosity=2).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
