// SPDX-License-Identifier: Apache-2.0
// Keeps docs/language/grammar.md true: its productions are the kinds of nodes, and what is derived
// from it at random parses without a message and survives the formatter.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "truce/diagnostics/diagnostic.h"
#include "truce/diagnostics/render.h"
#include "truce/language/format.h"
#include "truce/language/parse.h"
#include "truce/language/syntax_tree.h"

namespace truce::language {
namespace {

constexpr int kDocuments = 2'500;
constexpr std::uint32_t kSeed = 20160912;
constexpr int kMaxDepth = 14;

// An expression of the notation.
struct Rule {
  enum class Form { Literal, Token, Production, Sequence, Choice, Option, Repeat };
  Form form = Form::Sequence;
  std::string text;
  std::vector<Rule> parts;
};

using Grammar = std::map<std::string, Rule>;

// Reads the EBNF of the page.
class Reader {
 public:
  explicit Reader(std::string text) : text_(std::move(text)) {}

  Grammar read() {
    Grammar grammar;
    while (!peek().empty()) {
      const std::string name = next();
      EXPECT_EQ(next(), "=") << "behind " << name;
      grammar[name] = choice();
      EXPECT_EQ(next(), ";") << "at the end of " << name;
    }
    return grammar;
  }

 private:
  std::string next() {
    std::string word = peek();
    at_ += word.size();
    return word;
  }

  std::string peek() {
    at_ = std::min(text_.find_first_not_of(" \n", at_), text_.size());
    if (at_ == text_.size()) {
      return {};
    }
    if (text_[at_] == '"') {
      return text_.substr(at_, text_.find('"', at_ + 1) + 1 - at_);
    }
    if (std::isalpha(static_cast<unsigned char>(text_[at_])) == 0) {
      return text_.substr(at_, 1);
    }
    const std::size_t end = text_.find_first_of(" \n", at_);
    return text_.substr(at_, end - at_);
  }

  Rule choice() {
    Rule rule{Rule::Form::Choice, "", {sequence()}};
    while (peek() == "|") {
      next();
      rule.parts.push_back(sequence());
    }
    return rule.parts.size() == 1 ? rule.parts.front() : rule;
  }

  Rule sequence() {
    Rule rule{Rule::Form::Sequence, "", {}};
    for (std::string word = peek(); std::string_view("|;)]}").find(word) == std::string::npos;
         word = peek()) {
      rule.parts.push_back(item());
    }
    return rule;
  }

  Rule item() {
    const std::string word = next();
    if (word == "[" || word == "{" || word == "(") {
      Rule inner = choice();
      next();
      if (word == "(") {
        return inner;
      }
      return {word == "[" ? Rule::Form::Option : Rule::Form::Repeat, "", {inner}};
    }
    if (word.front() == '"') {
      return {Rule::Form::Literal, word.substr(1, word.size() - 2), {}};
    }
    const bool is_token = std::isupper(static_cast<unsigned char>(word.front())) != 0;
    return {is_token ? Rule::Form::Token : Rule::Form::Production, word, {}};
  }

  std::string text_;
  std::size_t at_ = 0;
};

std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Grammar read_grammar() {
  std::istringstream page(read_file("docs/language/grammar.md"));
  std::string ebnf;
  bool is_inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      is_inside = line == "```ebnf";
    } else if (is_inside) {
      ebnf += line + '\n';
    }
  }
  return Reader(ebnf).read();
}

// Derives sentences. What the notation cannot say is said here, as in the text of the page.
class Writer {
 public:
  Writer(const Grammar& grammar, std::uint32_t seed) : grammar_(&grammar), random_(seed) {}

  std::string document() {
    text_.clear();
    for (int sections = pick(1, 5); sections > 0; --sections) {
      production("section");
      text_ += pick(0, 1) == 0 ? "\n\n" : " ";
    }
    return text_;
  }

 private:
  int pick(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  std::string pick_of(const std::vector<std::string>& words) {
    return words[static_cast<std::size_t>(pick(0, static_cast<int>(words.size()) - 1))];
  }

  void put(const std::string& word) {
    if (!text_.empty() && text_.back() != '\n' && text_.back() != ' ') {
      const int gap = pick(0, 60);
      text_ += gap == 0   ? "\n"
               : gap == 1 ? "  -- an aside\n"
               : gap == 2 ? "\n  -- an aside\n\n"
                          : " ";
    }
    text_ += word;
    last_word_ = word;
  }

  std::string name() {
    static const std::vector<std::string> kNames = {
        "North",  "South",    "Heavy Weapons", "Castello Road", "D",      "«الغوطة الشرقية»",
        "Sana'a", "Tochka U", "Дебальцево",    "Area Held",     "Al-Bab", "Zone A1"};
    return pick_of(kNames);
  }

  std::string word() {
    if (inside_ == "verb") {
      return pick_of({"withdraw", "fly", "escorts", "report", "open", "accept", "monitor"});
    }
    if (inside_ == "language" || inside_ == "text" || inside_ == "prevailing-line" ||
        inside_ == "frame") {
      return pick_of({"en", "ru", "ar", "fr"});
    }
    if (inside_ == "parameter" || inside_ == "parameter-place" || inside_ == "frequency") {
      return pick_of({"k", "zones", "threshold"});
    }
    return inside_ == "measure" ? pick_of({"mm", "tonnes"}) : pick_of({"calibre", "range"});
  }

  std::string token(const std::string& kind) {
    if (kind == "NAME") {
      return name();
    }
    if (kind == "WORD") {
      return word();
    }
    if (kind == "NUMBER") {
      return pick_of({"1", "48", "3.5", "3500"});
    }
    if (kind == "CLAUSE") {
      return pick_of({"1.1", "3.4.2", "5.1a", "12.10"});
    }
    if (kind == "DATE") {
      return pick_of({"2016-09-12", "2016-02-29"});
    }
    if (kind == "TIME") {
      return pick_of({"19:00", "00:00", "06:30"});
    }
    if (kind == "STRING") {
      return pick_of(
          {"\"a text\"", "\"said \"\"no\"\"; then.\"", "\"\"", "\"two\n  lines\"", "\"«نص»\""});
    }
    EXPECT_EQ(kind, "CODE");
    return pick_of({"TR-O01", "TR-C01"});
  }

  void production(const std::string& name) {
    const auto found = grammar_->find(name == "content" ? held_.back() : name);
    ASSERT_NE(found, grammar_->end()) << name;
    const std::string outside = inside_;
    const std::size_t begin = text_.size();
    inside_ = found->first;
    ++depth_;
    const bool can_hold = name != "bracket" && name != "alternative" && name != "content";
    if (can_hold) {
      held_.push_back(name);
    }
    rule(found->second);
    if (can_hold) {
      held_.pop_back();
    }
    --depth_;
    inside_ = outside;
    if (name == "subject") {
      is_joint_ = needs_jointly(text_.substr(begin));
    }
  }

  static bool needs_jointly(const std::string& subject) {
    const bool is_list = subject.find(" and ") != std::string::npos ||
                         subject.find('\n') != std::string::npos ||
                         subject.find(',') != std::string::npos;
    return is_list && subject.find('[') == std::string::npos &&
           subject.find(" or ") == std::string::npos;
  }

  void rule(const Rule& rule) {
    switch (rule.form) {
      case Rule::Form::Literal:
        put(rule.text);
        return;
      case Rule::Form::Token:
        put(token(rule.text));
        return;
      case Rule::Form::Production:
        production(rule.text);
        return;
      case Rule::Form::Sequence:
        for (const Rule& part : rule.parts) {
          this->rule(part);
        }
        return;
      case Rule::Form::Choice:
        this->rule(rule.parts[choose(rule)]);
        return;
      case Rule::Form::Option:
        if (is_wanted(rule.parts.front(), 50)) {
          this->rule(rule.parts.front());
        }
        return;
      case Rule::Form::Repeat:
        for (int count = 0; count < 4 && is_wanted(rule.parts.front(), 40); ++count) {
          this->rule(rule.parts.front());
        }
        return;
    }
  }

  bool is_wanted(const Rule& part, int percent) {
    // The subject of a norm that joins its members says how they act.
    if (inside_ == "norm" && is_joint_) {
      return true;
    }
    // What measures a noun stands behind all of it.
    if (inside_ == "noun" && contains(part, "measure-test") && held_.size() > 1 &&
        held_[held_.size() - 2] == "noun") {
      return false;
    }
    return depth_ < kMaxDepth && pick(1, 100) <= percent;
  }

  static bool contains(const Rule& rule, std::string_view name) {
    return rule.text == name || std::any_of(rule.parts.begin(), rule.parts.end(),
                                            [&](const Rule& part) { return contains(part, name); });
  }

  std::size_t choose(const Rule& rule) {
    const std::size_t last = rule.parts.size() - 1;
    const bool has_bracket = contains(rule.parts[last], "bracket");
    // Behind `from` and `for` stands a noun and nothing else.
    const bool is_after_word =
        inside_ == "nouns" && held_.size() > 1 &&
        (held_[held_.size() - 2] == "complement" || held_[held_.size() - 2] == "role") &&
        (last_word_ == "from" || last_word_ == "for");
    const bool is_plain = has_bracket && (is_after_word || depth_ > 8 || pick(1, 4) > 1);
    const auto count = static_cast<int>(is_plain ? last : last + 1);
    return static_cast<std::size_t>(pick(0, count - 1));
  }

  const Grammar* grammar_;
  std::mt19937 random_;
  std::string text_;
  std::string last_word_;
  std::string inside_;
  // The productions around, without brackets: a bracket holds what it stands for.
  std::vector<std::string> held_;
  int depth_ = 0;
  bool is_joint_ = false;
};

TEST(Grammar, ProductionsAreTheKindsOfNodes) {
  const Grammar grammar = read_grammar();
  std::set<std::string> productions;
  for (const auto& [name, rule] : grammar) {
    productions.insert(name);
  }
  for (const char* choice : {"section", "header-line", "body-option", "place-term", "step",
                             "content", "particular", "act-line"}) {
    EXPECT_EQ(productions.erase(choice), 1U) << choice;
  }
  std::set<std::string> kinds;
  for (std::size_t kind = 0; kind < static_cast<std::size_t>(NodeKind::Error); ++kind) {
    kinds.insert(std::string(production_name(static_cast<NodeKind>(kind))));
  }
  EXPECT_EQ(productions, kinds);
}

TEST(Grammar, DerivedDocumentsParseAndKeepTheirStructureWhenFormatted) {
  const Grammar grammar = read_grammar();
  Writer writer(grammar, kSeed);
  for (int count = 0; count < kDocuments; ++count) {
    const std::string text = writer.document();
    diagnostics::Sink sink;
    const SyntaxTree tree = parse(base::SourceText("derived.truce", text), 0, sink);
    ASSERT_TRUE(sink.all().empty()) << text << "\n"
                                    << diagnostics::to_lines(sink.sorted(), {&tree.source_text()});
    const std::string formatted = format(tree);
    const SyntaxTree again = parse(base::SourceText("derived.truce", formatted), 0, sink);
    ASSERT_TRUE(same_structure(tree, again)) << text << "\n" << formatted;
    ASSERT_EQ(format(again), formatted) << text;
  }
}

TEST(Grammar, EveryKindOfNodeIsDerived) {
  const Grammar grammar = read_grammar();
  Writer writer(grammar, kSeed + 1);
  std::set<NodeKind> seen;
  for (int count = 0; count < kDocuments; ++count) {
    diagnostics::Sink sink;
    const SyntaxTree tree = parse(base::SourceText("derived.truce", writer.document()), 0, sink);
    for (const SyntaxTree::Node& node : tree.nodes()) {
      seen.insert(node.kind);
    }
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(NodeKind::Error));
  EXPECT_FALSE(seen.contains(NodeKind::Error));
}

}  // namespace
}  // namespace truce::language
