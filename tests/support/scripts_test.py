# SPDX-License-Identifier: Apache-2.0
"""Tests of what start and test say when they cannot go on, with stand-ins for the system's tools."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ("bash", "cat", "dirname", "mkdir", "tail", "env")


class Scripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)
        # A copy, so that the build folder of the real tree is not touched.
        for name in ("start", "test", "tools/packages.sh"):
            (self.place / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.place / "tree" / name)
        self.bin = self.place / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.stand_in("dpkg-query", "exit 1")
        self.stand_in("apt-get", "echo no network here; exit 100")
        self.stand_in("id", "echo 1000")

    def stand_in(self, name, script):
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.bin / name).chmod(0o755)

    def run_script(self, name, *arguments):
        return subprocess.run([self.place / "tree" / name, *arguments], cwd=self.place, stdin=subprocess.DEVNULL,
                              env={"PATH": str(self.bin)}, capture_output=True, text=True, check=False)

    def test_help(self):
        for name in ("start", "test"):
            result = self.run_script(name, "--help")
            self.assertEqual(result.returncode, 0)
            self.assertIn(f"usage: ./{name}", result.stdout)

    def test_unknown_option(self):
        for name in ("start", "test"):
            result = self.run_script(name, "--fast")
            self.assertEqual((result.returncode, result.stderr), (2, f"{name}: unknown option --fast; see ./{name} --help\n"))

    def test_neither_root_nor_sudo(self):
        result = self.run_script("start", "--no-serve")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"\Astart: not root and no sudo; have an administrator install: g\+\+ [^\n]+\n\Z")

    def test_sudo_refused(self):
        self.stand_in("sudo", "exit 1")
        self.assertRegex(self.run_script("start").stderr, r"\Astart: sudo was refused; [^\n]+\n\Z")

    def test_apt_fails(self):
        self.stand_in("id", "echo 0")
        result = self.run_script("test")
        self.assertEqual(result.returncode, 2)
        self.assertIn("no network here", result.stderr)
        self.assertIn("test: failed after", result.stderr.splitlines()[-1])

    def test_nothing_missing_asks_no_network(self):
        self.stand_in("dpkg-query", "printf installed")
        self.stand_in("id", "echo 0")
        self.stand_in("cmake", "echo stand-in; exit 1")
        result = self.run_script("start")
        self.assertNotIn("Debian packages", result.stdout)
        self.assertIn("stand-in", result.stderr)

    def serve_arguments(self, *options):
        """What start asks the program to serve, with stand-ins for everything that takes long."""
        self.stand_in("dpkg-query", "printf installed")
        self.stand_in("cmake", "exit 0")
        program = self.place / "tree" / "build" / "release" / "truce"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\nif [ $1 = serve ]; then echo \"$@\"; exit 0; fi\n"
                           "for file in report.html verdicts.json incidents.geojson; do echo x > out/syria-2016-09/$file; done\n")
        program.chmod(0o755)
        result = self.run_script("start", *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.splitlines()[-1]

    def test_start_serves_the_demonstration_or_a_workspace_of_ones_own(self):
        self.assertEqual("serve --data out/workspace --demonstration examples/syria-2016-09 --port 8080", self.serve_arguments())
        self.assertEqual("serve --data out/mission --port 8080", self.serve_arguments("--empty"))
        self.assertTrue(self.serve_arguments("--no-serve").startswith("Written: out/syria-2016-09/report.html"))

    def fetch_browser_tests(self):
        return subprocess.run(["bash", "-c", "source tools/packages.sh && truce_install_browser_tests build/log"],
                              cwd=self.place / "tree", env={"PATH": str(self.bin)}, capture_output=True, text=True, check=False)

    def test_browser_tests_are_fetched_once(self):
        for tool in ("cmp", "cp"):
            (self.bin / tool).symlink_to(shutil.which(tool))
        browser = self.place / "tree" / "tests" / "browser"
        browser.mkdir(parents=True)
        (browser / "package-lock.json").write_text("{}")
        self.stand_in("npm", "echo no network here; exit 1")
        result = self.fetch_browser_tests()
        self.assertEqual(result.returncode, 0)
        self.assertIn("npm could not fetch them, so the browser tests are skipped (log: build/log)", result.stdout)
        self.stand_in("npm", "mkdir node_modules")
        self.assertNotIn("skipped", self.fetch_browser_tests().stdout)
        self.stand_in("npm", "exit 1")
        self.assertEqual("", self.fetch_browser_tests().stdout)
        # Another list of packages is fetched again.
        (browser / "package-lock.json").write_text("{ }")
        self.assertIn("skipped", self.fetch_browser_tests().stdout)


if __name__ == "__main__":
    unittest.main()
