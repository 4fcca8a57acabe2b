#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce daily` from outside: the shipped truce in its languages, the same bytes anywhere, corrections as notices."""
import hashlib
import os
import re
import shutil
import subprocess
import unittest

from program import AGREEMENT, HEADER, ROOT, ProgramTest, row, run

SYRIA = ROOT / "examples/syria-2016-09"
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")


def text_of(pdf):
    """What a reader can copy from the pages, without the signs that turn directions."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"[ \n]+", " ", re.sub(r"[\u2066-\u2069\u200e\u200f\u202a-\u202e]", "", text))


class Daily(ProgramTest):
    def daily(self, name, *words, agreement=SYRIA / "agreement.truce", incidents=SYRIA / "incidents.csv", **how):
        pdf = self.folder / name
        done = run("daily", agreement, "--incidents", incidents, *words, "--output", pdf, **how)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(f"Written: {pdf}\nSHA-256: {hashlib.sha256(pdf.read_bytes()).hexdigest()}\n", done.stdout)
        return pdf

    def test_a_day_of_the_shipped_truce_in_each_language(self):
        for language, words in {"en": ("Daily report: 19 September 2016", "Is the truce holding?", "Page 1 of"),
                                "fr": ("Rapport quotidien: 19 septembre 2016", "le Gouvernement", "Page 1 sur"),
                                "ru": ("Ежедневный доклад: 19 сентября 2016 года", "Правительство", "Страница 1 из")}.items():
            text = text_of(self.daily(f"{language}.pdf", "--day", "2016-09-19", "--language", language))
            for word in words:
                self.assertIn(word, text)
            # Every account of the convoy that was known by the end of that day stands in the annex.
            self.assertIn("0919-urum-al-kubra", text)
        arabic = self.daily("ar.pdf", "--day", "2016-09-19", "--language", "ar")
        letters = ARABIC.findall(text_of(arabic))
        self.assertGreater(len(letters), 2000)
        fonts = subprocess.run(["pdffonts", arabic], capture_output=True, text=True, check=True).stdout
        self.assertIn("NotoNaskhArabic-Regular", fonts)

    def test_the_same_bytes_from_another_folder_in_another_zone_with_other_settings(self):
        first = self.daily("one.pdf", "--day", "2016-09-17T18:00+03:00", "--language", "ar")
        elsewhere = self.folder / "elsewhere"
        shutil.copytree(SYRIA, elsewhere)
        settings = self.write("home/.config/fontconfig/fonts.conf", "<fontconfig><dir>/nowhere</dir></fontconfig>")
        second = self.daily("two.pdf", "--day", "2016-09-17T15:00Z", "--language", "ar",
                            agreement=elsewhere / "agreement.truce", incidents=elsewhere / "incidents.csv",
                            cwd=elsewhere, environment={"TZ": "Asia/Tokyo", "LANG": "fr_FR.UTF-8",
                                                        "HOME": str(self.folder / "home"),
                                                        "FONTCONFIG_FILE": str(settings)})
        self.assertEqual(first.read_bytes(), second.read_bytes())

    def test_a_correction_is_a_notice_in_the_next_report(self):
        agreement = self.write("small.truce", AGREEMENT)
        told = dict(incident="market", account="mission", according_to="Mission", kind="attack", target="Civilians",
                    weapon="Artillery", from_="2030-02-02T09:00+02:00", to="2030-02-02T09:10+02:00")
        rows = [row(**told, reported_at="2030-02-02T12:00+02:00", actor="North", deaths_best=3),
                row(**told, reported_at="2030-02-03T12:00+02:00", actor="South", deaths_best=4)]
        incidents = self.write("incidents.csv", "\n".join([HEADER, *rows]) + "\n")
        first = text_of(self.daily("first.pdf", "--day", "2030-02-02", agreement=agreement, incidents=incidents))
        self.assertIn("No. At least one breach is on record", first)
        self.assertIn("Nothing reported earlier was changed.", first)
        second = text_of(self.daily("second.pdf", "--day", "2030-02-03", "--corrects", "a" * 64, agreement=agreement,
                                    incidents=incidents))
        self.assertIn("Corrected: what Mission said of market", second)
        self.assertIn("who: North; now South", second)
        self.assertIn("whose SHA-256 is " + "a" * 64, second)
        self.assertIn("No breach is on record", second)

    def test_what_cannot_be_done_is_one_line(self):
        out = self.folder / "out.pdf"
        for words, said in {("--day", "yesterday"): "--day yesterday is no day; write 2016-09-17",
                            ("--day", "2016-09-17", "--language", "de"): "a daily report is written in ar, en, fr, ru",
                            ("--day", "2016-09-17", "--corrects", "x"): "by its SHA-256, 64 digits",
                            ("--day", "2016-09-17", "--names", "nowhere.csv"): "nowhere.csv"}.items():
            done = run("daily", SYRIA / "agreement.truce", "--incidents", SYRIA / "incidents.csv", *words, "--output", out)
            self.assertEqual(2, done.returncode)
            self.assert_one_line(done.stderr)
            self.assertIn(said, done.stderr)
            self.assertFalse(os.path.exists(out))

    def test_an_input_is_never_written_over(self):
        names = self.write("names.csv", "name,ar\n")
        agreement = self.write("small.truce", AGREEMENT)
        incidents = self.write("incidents.csv", HEADER + "\n")
        for taken in (agreement, incidents, names):
            kept = taken.read_bytes()
            done = run("daily", agreement, "--incidents", incidents, "--day", "2030-02-02", "--names", names, "--output",
                       taken)
            self.assertEqual(2, done.returncode)
            self.assertEqual(kept, taken.read_bytes())


if __name__ == "__main__":
    unittest.main()
