#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce render` from outside: the shipped examples in both languages, its files, its digests, terms beside a text."""
import hashlib
import re
import unittest

from program import AGREEMENT, ROOT, ProgramTest, run

SYRIA = ROOT / "examples/syria-2016-09/agreement.truce"
MINSK = ROOT / "examples/minsk-2/agreement.truce"


def rendered(path, *words):
    done = run("render", path, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def joined(text):
    return re.sub(r"[ \n]+", " ", text)


class Render(ProgramTest):
    def test_clause_3_1_reads_as_a_treaty_does(self):
        text = joined(rendered(SYRIA))
        self.assertIn(
            "3.1 The Government and the Opposition shall, within 3,500 metres of Castello Road, proceed step by step at "
            "intervals of six hours, beginning not later than Day D and ending not later than [24]^RF [48]^US hours "
            "thereafter: (a) the Government shall withdraw its Heavy Weapons to a distance of at least 3,500 metres from "
            "Castello Road; (b) the Opposition shall withdraw its Heavy Weapons to a distance of at least 3,500 metres "
            "from Castello Road. The UN Monitor and the Task Force shall monitor compliance. Each Party’s Guarantor shall "
            "ensure it. Article 5.1 applies to any breach.", text)

    def test_examples_are_whole_in_french(self):
        paths = sorted(ROOT.glob("examples/*/agreement.truce"))
        self.assertGreaterEqual(len(paths), 4)
        for path in paths:
            text = joined(rendered(path, "--language", "fr"))
            self.assertNotIn("tels qu’ils ont été écrits", text)
            for clause in re.findall(r"(?m)^(\d+\.\d+) ", path.read_text(encoding="utf-8")):
                self.assertIn(f" {clause} ", text)
            # No English word is left in a sentence.
            self.assertIsNone(re.search(r"\b(shall|each|the|with|not later than)\b", text))

    def test_implied_text_is_not_printed_as_agreed(self):
        text = joined(rendered(MINSK))
        self.assertIn("2.7 Nothing stands agreed under this number", text)
        self.assertNotIn("No Party shall return", text)

    def test_what_is_not_for_signature_is_left_out(self):
        text = rendered(SYRIA, "--beside-language", "fr")
        for word in ("Coalition", "Deir", "Soldiers Killed", "was read", "are recalled"):
            self.assertNotIn(word, text)

    def test_same_input_same_bytes(self):
        words = ("--to", "html", "--beside-language", "fr")
        self.assertEqual(rendered(SYRIA, *words), rendered(SYRIA, *words))

    def test_digests_can_be_recomputed(self):
        text = joined(rendered(SYRIA))
        canonical = run("fmt", "-", stdin=SYRIA.read_text(encoding="utf-8")).stdout
        self.assertIn(hashlib.sha256(canonical.encode()).hexdigest(), text)
        for annex in ("annex-a.geojson", "annex-b.geojson"):
            digest = hashlib.sha256((SYRIA.parent / annex).read_bytes()).hexdigest()
            self.assertIn(f"File {annex}, SHA-256 {digest}", text)

    def test_page_asks_for_nothing_and_says_its_languages(self):
        page = rendered(SYRIA, "--to", "html", "--beside-language", "fr")
        self.assertNotRegex(page, r"(src|href)=|url\(|<script|@import")
        self.assertIn('lang="en" dir="ltr"', page)
        self.assertIn('lang="fr" dir="ltr"', page)
        self.assertEqual(page.count("<svg role=\"img\" aria-label="), 2)
        self.assertIn(">Castello Road</text>", page)
        self.assertIn("[24]<sup>RF</sup> [48]<sup>US</sup> hours", page)

    def test_map_speaks_the_language_of_the_document(self):
        page = rendered(SYRIA, "--to", "html", "--language", "fr")
        self.assertIn(">route du Castello</text>", page)
        self.assertNotIn("Castello Road", page)

    def test_output_goes_to_a_file(self):
        target = self.folder / "treaty.html"
        done = run("render", SYRIA, "--to", "html", "--output", target)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertTrue(target.read_text(encoding="utf-8").endswith("</html>\n"))

    def test_terms_beside_a_text_stand_over_the_names(self):
        path = self.write("small.truce", AGREEMENT)
        self.write("small.fr.lexicon", "name North (m sg art) = Nord\nname South (m sg art) = Sud\n"
                                       "name Local = Ville\nname D (m sg art) = jour J\nheading title = Petit\n"
                                       "heading 1 = Cessation\n")
        text = joined(rendered(path, "--language", "fr"))
        self.assertIn("Le Nord et le Sud, ci-après les Parties", text)
        self.assertIn("à compter du jour J", text)
        self.assertNotIn("tels qu’ils ont été écrits", text)

    def test_language_of_ones_own_lists_what_is_missing(self):
        path = self.write("small.truce", AGREEMENT)
        self.write("small.ru.lexicon", "set language = ru\nname North = Север\n")
        done = run("render", path, "--language", "ru")
        self.assertEqual(done.returncode, 1)
        self.assertIn("small.ru.lexicon: phrase clause.duty", done.stdout)
        self.assertNotIn("Север", done.stdout)

    def test_mistake_in_a_lexicon_names_its_line(self):
        path = self.write("small.truce", AGREEMENT)
        self.write("small.fr.lexicon", "\nphrase clause.duty = {subject} {akt}\n")
        done = run("render", path, "--language", "fr")
        self.assertEqual(done.returncode, 2)
        self.assertIn("small.fr.lexicon:2: `phrase clause.duty` has no slot `akt`", done.stderr)

    def test_wording_by_hand_goes_stale_when_the_clause_changes(self):
        text = AGREEMENT.replace("consequence none stated.", 'consequence none stated;\n      text en "Nobody attacks.".')
        path = self.write("small.truce", text)
        first = joined(rendered(path))
        digits = re.search(r"not compared with the numbered sentence \((\w{16})\)", first).group(1)
        self.write("small.en.lexicon", f"checked 1.1 = {digits}\n")
        self.assertIn("compared with the numbered sentence (" + digits, joined(rendered(path)))
        self.write("small.truce", text.replace("48 hours", "49 hours"))
        self.assertIn("the numbered sentence has changed since", joined(rendered(path)))

    def test_right_to_left_needs_only_data(self):
        path = self.write("small.truce", AGREEMENT)
        english = (ROOT / "vocabulary/lexicon/en.lexicon").read_text(encoding="utf-8")
        self.write("small.ar.lexicon", english.replace("set language = en", "set language = ar")
                   .replace("set direction = ltr", "set direction = rtl"))
        page = rendered(path, "--to", "html", "--language", "ar")
        self.assertIn('<html lang="ar" dir="rtl">', page)


if __name__ == "__main__":
    unittest.main()
