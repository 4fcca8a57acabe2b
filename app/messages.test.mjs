// SPDX-License-Identifier: Apache-2.0
// Every file has the keys of the English one, the same values in each, and the forms of plural that its language has.
import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {dirname, join} from "node:path";
import test from "node:test";
import {fileURLToPath} from "node:url";

const app = dirname(fileURLToPath(import.meta.url));
const messagesOf = (language) => JSON.parse(readFileSync(join(app, `src/messages/${language}.json`), "utf8"));
const valuesIn = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
const english = messagesOf("en");
// Of one and two a language may say the word instead of the number.
const mayLackCount = ["zero", "one", "two"];

for (const language of ["en", "ar", "fr", "ru"]) {
  test(language, () => {
    const messages = messagesOf(language);
    assert.deepEqual(Object.keys(english).filter((key) => !(key in messages)), [], "these are missing");
    assert.deepEqual(Object.keys(messages).filter((key) => !(key in english)), [], "these are no message");
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(messages)) {
      assert.equal(typeof message, typeof english[key], `${key} has forms in one language only`);
      const whole = valuesIn(typeof english[key] === "string" ? english[key] : english[key].other);
      if (typeof message !== "string") assert.deepEqual(Object.keys(message).sort(), [...forms].sort(), `${key}: the forms of this language`);
      for (const [form, text] of typeof message === "string" ? [["other", message]] : Object.entries(message)) {
        assert.ok(text.trim() !== "", key);
        const wanted = mayLackCount.includes(form) && typeof message !== "string" ? whole.filter((name) => name !== "count") : whole;
        assert.deepEqual(valuesIn(text).filter((name) => name !== "count" || wanted.includes("count")), wanted, `${language} ${key} ${form}`);
      }
    }
  });
}

// The patterns of the sentences that the server writes: every say("…") and Pattern("…") of the sources, and nothing else is one, because the
// compiler takes only a literal.
function patternsOfServer() {
  const found = new Set();
  for (const folder of ["analysis", "facts", "monitor", "server"]) {
    const path = join(app, "../truce", folder);
    for (const name of readdirSync(path).filter((file) => /\.(cpp|h)$/.test(file) && !/_test\.cpp$/.test(file))) {
      const code = readFileSync(join(path, name), "utf8").replace(/^\s*\/\/.*$/gm, "");
      const calls = [...code.matchAll(/\b(?:say|Pattern)\((?!Pattern|const)\s*((?:"(?:[^"\\]|\\.)*"\s*)*)/g)];
      for (const [, literals] of calls) {
        assert.notEqual(literals, "", `${name}: say() without a literal`);
        found.add([...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\\(.)/g, "$1")).join(""));
      }
    }
  }
  return [...found].sort();
}
test("every sentence that the server writes is there in every language", () => {
  const patterns = patternsOfServer();
  assert.ok(patterns.length > 100);
  const acts = [...readFileSync(join(app, "../vocabulary/ceasefire-1.truce"), "utf8").matchAll(/^act ([a-z ]+?);/gm)].map(([, name]) => name);
  assert.ok(acts.length > 30);
  for (const language of ["ar", "fr", "ru"]) {
    const words = JSON.parse(readFileSync(join(app, `src/messages/wording/${language}.json`), "utf8"));
    assert.deepEqual(patterns.filter((pattern) => !words.patterns[pattern]), [], `${language}: these are missing`);
    assert.deepEqual(Object.keys(words.patterns).filter((pattern) => !patterns.includes(pattern)), [], `${language}: nothing says these`);
    assert.deepEqual(acts.filter((name) => !words.acts[name]), [], `${language}: these acts are missing`);
    for (const [pattern, text] of Object.entries(words.patterns)) {
      const places = [...text.matchAll(/\{(\d)\}/g)].map(([, place]) => Number(place)).sort();
      assert.deepEqual(places, pattern.split("{}").slice(1).map((_, place) => place), `${language}: ${pattern}`);
    }
  }
});

// What a page shows of a refusal: of what somebody entered, and none of it in English alone.
test("the server refuses what was entered in words that can be said in every language", () => {
  const path = join(app, "../truce/server");
  for (const name of readdirSync(path).filter((file) => /\.cpp$/.test(file) && !/_test\.cpp$/.test(file))) {
    const plain = readFileSync(join(path, name), "utf8").match(/\bproblem\(\s*(400|409|413|415),\s*("|fmt::)/);
    assert.equal(plain, null, `${name}: refusal(409, say("…")) is what pages can say`);
  }
});

test("no hole is told, and nothing that follows from it, in English alone", () => {
  const path = join(app, "../truce/analysis");
  for (const name of readdirSync(path).filter((file) => /\.cpp$/.test(file) && !/_test\.cpp$/.test(file))) {
    const plain = readFileSync(join(path, name), "utf8").match(/((\.(message|outcome)|repair\.text) \+?=|notes\.(push|emplace)_back\(|repairs\.push_back\(\{)\s*(fmt::|")/);
    assert.equal(plain?.[0], undefined, `${name}: say("…") is what pages can say`);
  }
});

test("every hole that is looked for has its title in every language", () => {
  const codes = [...readFileSync(join(app, "../truce/analysis/codes.def"), "utf8").matchAll(/^TRUCE_FINDING\((\w+),/gm)].map(([, code]) => `hole.TR-${code}`);
  assert.ok(codes.length > 20);
  assert.deepEqual(Object.keys(english).filter((key) => key.startsWith("hole.")).sort(), codes.sort());
});

test("no key is named that is not there, and none is there that is not named", () => {
  const sources = ["src", "src/lib", "src/pages"].flatMap((folder) => readdirSync(join(app, folder)).filter((name) => /\.(svelte|ts)$/.test(name))
    .map((name) => readFileSync(join(app, folder, name), "utf8"))).join("\n");
  const named = new Set([...sources.matchAll(/"([a-z_]+(?:\.[a-z_-]+)?)"/g)].map(([, key]) => key));
  // Keys made of data, by what they begin with.
  const made = [...sources.matchAll(/[`"]([a-z_]+\.)(?:\$\{|" \+)/g)].map(([, beginning]) => beginning);
  assert.deepEqual(Object.keys(english).filter((key) => !named.has(key) && !made.some((beginning) => key.startsWith(beginning))), []);
});
