// SPDX-License-Identifier: Apache-2.0
// A sound agreement has no finding; with one defect put into it, the finding of that defect
// appears.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/analysis/analyse.h"
#include "truce/base/source_text.h"
#include "truce/language/parse.h"

namespace truce::analysis {
namespace {

constexpr std::string_view kSound = R"(truce "Sound";
  of 2030-01-01;
  clock Northport at UTC+02:00;
  days of 24 hours;
  vocabulary "truce/ceasefire-1".

parties
  North;
  South.

guarantors
  Aland ensures compliance of North;
  Borland ensures compliance of South.

outside the truce
  Band.

bodies
  Watch, monitors Attacks, Movements, Convoys, Sites and Remedies;
  Commission of North and South, decides by consensus within 48 hours, failing which Watch decides.

places
  Country = annex A area;
  Road = annex A line;
  Belt = within 2 km of Road;
  Strip = within 500 m of Road.

moments
  D = 2030-02-01 06:00.

things
  Guns = Artillery with calibre at least 100 mm;
  Light Guns = Artillery with calibre below 100 mm.

situations
  Self Defence = necessary and proportionate response to attack on the same Party within 1 hour, reported to Watch within 24 hours;
  Quiet = no Party attacks Parties with Weapons;
  Seven Quiet Days = end of first uninterrupted period of 7 days in which Quiet holds.

article 1 "Cessation"

1.1 North, South, Aland and Borland each shall not attack Parties or Civilians with Weapons; in Country; from D; until D + 90 days; except against Band; except in Self Defence; monitored by Watch from D; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

1.2 each Party shall not enter Strip with Weapons; from D + 20 days; until D + 90 days; monitored by Watch; determined by Commission within 24 hours; ensured by its Guarantor; consequence 9.1.

1.3 each Party shall not deny Access to Observers; in Country; from D; until D + 90 days; monitored by Watch; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

article 2 "Separation"

2.1 North shall withdraw Guns away from Road at least 50 km; from D; not later than D + 14 days; reciprocally with 2.2; monitored by Watch; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

2.2 South shall withdraw Guns away from Road at least 50 km; from D; not later than D + 14 days; reciprocally with 2.1; monitored by Watch; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

2.3 each Party shall withdraw Light Guns away from Road at least 20 km; from D; within 20 days of D; monitored by Watch; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

2.4 South shall separate Forces away from Forces of Band; from D - 5 days; not later than D; monitored by Watch; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

article 3 "Talks"

3.1 North and South jointly shall begin Talks; upon Seven Quiet Days; within 5 days; monitored by Watch; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

3.2 South shall release Prisoners; upon fulfilment of 3.1; within 10 days; monitored by Watch; determined by Watch within 24 hours; ensured by its Guarantor; consequence 9.1.

3.3 Watch shall inspect Sites; in Country; from D; within 30 days of D; consequence none stated.

3.4 North may terminate 3.2 by notice of 24 hours; surviving 1.1, 1.2, 1.3.

article 9 "Remedies"

9.1 Aland and Borland jointly shall restore Compliance; upon determination of breach of 1.1, 1.2, 1.3, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2; within 24 hours; monitored by Watch; determined by Watch within 24 hours; ensured by Aland and Borland each; consequence 9.2.

9.2 Watch shall publish Findings; upon determination of breach of 9.1; within 24 hours; consequence none stated.

harms
  Soldiers Killed = anyone attack Parties with Weapons;
  Civilians Killed = anyone attack Civilians with Weapons.
)";

struct Mutation {
  std::string name;
  std::string from;
  std::string to;
  Code expected;
  // The clause that the finding must be about; empty where a definition is at fault.
  std::string clause;
};

// Each takes the first place where `from` stands behind the number of its clause.
const std::vector<Mutation>& mutations() {
  static const std::vector<Mutation> kAll = {
      {"drop the end of the first clause's deadline", "; not later than D + 14 days", "", Code::U02,
       "2.1"},
      {"drop a relative deadline", "; within 20 days of D", "", Code::U02, "2.3"},
      {"drop a deadline behind a condition", "; within 5 days", "", Code::U02, "3.1"},
      {"drop the observer", "; monitored by Watch from D", "", Code::U01, "1.1"},
      {"drop the observer of a duty", "; monitored by Watch", "", Code::U01, "2.1"},
      {"drop the observer of a remedy", "; monitored by Watch", "", Code::U01, "9.1"},
      {"drop the remedy", "consequence 9.1", "consequence none stated", Code::U05, "1.1"},
      {"drop the remedy of a duty", "consequence 9.1", "consequence none stated", Code::U05, "2.3"},
      {"forget a clause in the remedy", "1.1, 1.2, 1.3, 2.1", "1.1, 1.3, 2.1", Code::U05, "1.2"},
      {"let the remedy end with the guarantors", "consequence 9.2", "consequence none stated",
       Code::U05, "9.1"},
      {"drop the finder", "; determined by Watch within 24 hours", "", Code::U06, "1.1"},
      {"let the accused find", "determined by Watch", "determined by South", Code::U06, "2.2"},
      {"let the guarantor find", "determined by Watch", "determined by Aland", Code::U06, "2.1"},
      {"bind nobody", "each Party shall not enter", "no one shall enter", Code::U03, "1.2"},
      {"narrow the actors", "North, South, Aland and Borland each shall", "each Party shall",
       Code::L01, "1.1"},
      {"narrow the actors to one side", "North, South, Aland and Borland each shall",
       "North, Aland and Borland each shall", Code::L01, "1.1"},
      {"narrow the objects", "Parties or Civilians with", "Parties with", Code::L01, ""},
      {"narrow the objects to civilians", "Parties or Civilians with", "Civilians with", Code::L01,
       ""},
      {"shorten the protection", "until D + 90 days", "until D + 30 days", Code::L01, "1.1"},
      {"put off the separation", "not later than D;", "not later than D + 5 days;", Code::L01,
       "1.1"},
      {"drop the separation's object", "Forces of Band", "Forces of North", Code::L01, "1.1"},
      {"shift a deadline before the condition", "within 5 days", "not later than D + 5 days",
       Code::T01, "3.1"},
      {"fix a deadline behind a condition", "within 10 days", "not later than D + 40 days",
       Code::T03, "3.2"},
      {"fix another deadline behind a condition", "within 5 days", "not later than D + 30 days",
       Code::T03, "3.1"},
      {"invert a window", "until D + 90 days", "until D + 10 days", Code::T02, "1.2"},
      {"empty a window", "until D + 90 days", "until D", Code::T02, "1.1"},
      {"shift one deadline of an exchange", "not later than D + 14 days",
       "not later than D + 10 days", Code::T02, "2.1"},
      {"shift the other deadline of an exchange", "not later than D + 14 days",
       "not later than D + 15 days", Code::T02, "2.2"},
      {"let one wait for the other", "reciprocally with 2.2", "upon fulfilment of 2.2", Code::T03,
       "2.1"},
      {"let each wait for the other", "upon Seven Quiet Days", "upon fulfilment of 3.2", Code::D01,
       "3.1"},
      {"let each wait for a day of the other", "upon Seven Quiet Days; within",
       "from day 1 of 3.2; within", Code::D01, "3.2"},
      {"add an exception that swallows", "from D + 20 days;", "from D + 20 days; except for Strip;",
       Code::X02, "1.2"},
      {"except all sides", "except against Band",
       "except against Band, North or South; except for Civilians", Code::X02, "1.1"},
      {"wait for a breach that cannot be", "upon fulfilment of 3.1", "upon breach of 3.4",
       Code::X01, "3.2"},
      {"wait for a prohibition to be performed", "upon fulfilment of 3.1", "upon fulfilment of 1.1",
       Code::X01, "3.2"},
      {"forbid what is ordered", "not enter Strip with Weapons; from D + 20 days",
       "not move Forces; in Country; from D - 10 days", Code::C01, "2.4"},
      {"forbid what is ordered of one side",
       "each Party shall not enter Strip with Weapons; from D + 20 days; until D + 90 days",
       "South shall not release Prisoners; from D", Code::C01, "3.2"},
      {"forbid it twice", "each Party shall not deny Access to Observers; in Country; from D",
       "North shall not enter Strip with Weapons; from D + 20 days", Code::X03, "1.3"},
      {"let clauses give way in a circle", "from D + 20 days;",
       "from D + 20 days; subject to 1.3; despite 1.3;", Code::P01, "1.2"},
      {"rename an outsider", "except against Band", "except against Bandits", Code::N01, "1.1"},
      {"rename a moment", "within 30 days of D", "within 30 days of Day", Code::N01, "3.3"},
      {"refer to no clause", "upon fulfilment of 3.1", "upon fulfilment of 3.9", Code::N01, "3.2"},
      {"watch too late", "monitored by Watch from D", "monitored by Watch from D + 3 days",
       Code::U04, "1.1"},
      {"watch other things", "monitors Attacks, Movements,", "monitors Attacks,", Code::U04, "2.1"},
      {"watch no attacks", "monitors Attacks, Movements,", "monitors Movements,", Code::U04, "1.1"},
      {"shut the door", "not deny Access to Observers", "not deny Access to Convoys", Code::U04,
       "3.3"},
      {"drop the tie-break", ", failing which Watch decides", "", Code::U06, "1.2"},
      {"give the tie-break to a side", "failing which Watch decides", "failing which South decides",
       Code::U06, "1.2"},
      {"open self-defence", "necessary and proportionate", "proportionate", Code::U07, "1.1"},
      {"drop the limit of self-defence", " within 1 hour,", ",", Code::U07, "1.1"},
      {"drop the report of self-defence", ", reported to Watch within 24 hours", "", Code::U07,
       "1.1"},
      {"let anyone stop the clock", "no Party attacks", "no one attacks", Code::U08, "3.1"},
      {"say nothing of survival", "; surviving 1.1, 1.2, 1.3", "", Code::U09, "3.4"},
      {"open a gap between calibres", "calibre below 100 mm", "calibre below 76 mm", Code::O02,
       "2.3"},
      {"let calibres overlap", "calibre below 100 mm", "calibre below 122 mm", Code::O01, "2.3"},
      {"define a class from another kind", "Artillery with calibre below 100 mm",
       "Tubes with calibre below 122 mm", Code::N02, "2.3"},
      {"leave words open",
       "within 24 hours; monitored by Watch; determined by Watch within 24 hours; ensured by Aland",
       "within [North: 24 hours | South: 48 hours]; monitored by Watch; determined by Watch within "
       "24 hours; ensured by Aland",
       Code::B01, "9.1"},
      {"end the first stage before the second",
       "until D + 90 days; except against Band; except in Self Defence",
       "for 48 hours; except against Band; except in Self Defence", Code::L01, "1.1"},
  };
  return kAll;
}

std::optional<Analysis> analysed(const std::string& text, std::string& complaints) {
  diagnostics::Sink sink;
  const auto tree = language::parse(base::SourceText("sound.truce", text), 0, sink);
  const auto agreement = agreement::from_syntax(
      {&tree}, {*agreement::read_embedded_vocabulary(agreement::kCeasefire1), {}}, sink);
  for (const diagnostics::Diagnostic& diagnostic : sink.sorted()) {
    if (diagnostics::info(diagnostic.kind).level == diagnostics::Level::Error) {
      complaints += diagnostics::message(diagnostic) + "\n";
    }
  }
  return sink.has_errors() ? std::nullopt : std::optional(analyse(agreement, sink));
}

std::string listed(const Analysis& analysis) {
  std::string text;
  for (const Finding& finding : analysis.findings) {
    text += std::string(info(finding.code).id) + " " + finding.message.english() + "\n";
  }
  return text;
}

std::string mutated(const Mutation& mutation) {
  std::string text(kSound);
  const std::size_t start = mutation.clause.empty() ? 0 : text.find("\n" + mutation.clause + " ");
  std::size_t at = text.find(mutation.from, start);
  if (at == std::string::npos) {
    at = text.find(mutation.from);
  }
  EXPECT_NE(std::string::npos, at) << mutation.name;
  return at == std::string::npos ? text : text.replace(at, mutation.from.size(), mutation.to);
}

bool has_it(const Analysis& analysis, const Mutation& mutation) {
  for (const Finding& finding : analysis.findings) {
    bool is_about = mutation.clause.empty();
    for (const agreement::ClauseId clause : finding.clauses) {
      // Clauses stand in the order of their numbers, and no mutation adds or drops one.
      static const std::vector<std::string> kNumbers = {"1.1", "1.2", "1.3", "2.1", "2.2",
                                                        "2.3", "2.4", "3.1", "3.2", "3.3",
                                                        "3.4", "9.1", "9.2"};
      is_about = is_about || kNumbers[clause.index] == mutation.clause;
    }
    if (finding.code == mutation.expected && is_about) {
      return true;
    }
  }
  return false;
}

TEST(AnalysisMutation, ASoundAgreementHasNoFinding) {
  std::string complaints;
  const auto analysis = analysed(std::string(kSound), complaints);
  ASSERT_TRUE(analysis.has_value()) << complaints;
  EXPECT_EQ("", listed(*analysis));
}

TEST(AnalysisMutation, FindsTheDefectsThatArePutIn) {
  std::size_t found = 0;
  for (const Mutation& mutation : mutations()) {
    std::string complaints;
    const auto analysis = analysed(mutated(mutation), complaints);
    const bool is_found = analysis.has_value() && has_it(*analysis, mutation);
    found += is_found ? 1 : 0;
    EXPECT_TRUE(is_found) << mutation.name << ": wanted " << info(mutation.expected).id << " on "
                          << mutation.clause << ", got\n"
                          << complaints << (analysis.has_value() ? listed(*analysis) : "");
  }
  std::cout << "mutation score: " << found << " of " << mutations().size() << "\n";
  EXPECT_GE(20 * found, 19 * mutations().size());
}

// A sound agreement of examples/defects, as text.
struct Sound {
  std::string name;
  std::string text;
};

std::vector<Sound> sound_agreements() {
  std::vector<Sound> all;
  for (const auto& entry : std::filesystem::directory_iterator("examples/defects")) {
    const std::string name = entry.path().filename().string();
    const bool is_sound =
        name.starts_with("c") || name.starts_with("t00") || name.starts_with("t02b");
    if (is_sound && name.ends_with(".truce")) {
      std::ifstream file(entry.path());
      all.push_back({name, {std::istreambuf_iterator<char>(file), {}}});
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Sound& one, const Sound& other) { return one.name < other.name; });
  return all;
}

// One clause of a text: its number and where its sentence stands.
struct Sentence {
  std::string number;
  std::size_t begin;
  std::size_t end;
};

std::vector<Sentence> sentences_of(const std::string& text) {
  static const std::regex kNumber("\n([0-9]+\\.[0-9]+) ");
  std::vector<Sentence> sentences;
  for (std::sregex_iterator at(text.begin(), text.end(), kNumber), end; at != end; ++at) {
    const auto begin = static_cast<std::size_t>(at->position()) + 1;
    sentences.push_back({(*at)[1], begin, text.find(".\n", begin)});
  }
  return sentences;
}

// A change of one kind, wherever a sentence has what it changes; empty where it has not.
struct Operator {
  std::string name;
  Code expected;
  std::function<std::optional<std::string>(const std::string& sentence)> change;
};

std::function<std::optional<std::string>(const std::string&)> by_pattern(
    const std::string& needed, const std::string& pattern, const std::string& replacement) {
  return [=](const std::string& sentence) -> std::optional<std::string> {
    const std::regex words(pattern);
    if (!std::regex_search(sentence, std::regex(needed)) || !std::regex_search(sentence, words)) {
      return std::nullopt;
    }
    return std::regex_replace(sentence, words, replacement,
                              std::regex_constants::format_first_only);
  };
}

const std::vector<Operator>& operators() {
  static const std::vector<Operator> kAll = {
      {"drop the deadline", Code::U02,
       by_pattern("^[^;]* shall (?!not)[^;]*;", ";\\s+(not later than [^;\\[]*|within [^;]*)(?=;)",
                  "")},
      {"drop the observer", Code::U01, by_pattern("shall", ";\\s+monitored by [^;]*", "")},
      {"drop the finder", Code::U06, by_pattern("consequence 9", ";\\s+determined by [^;]*", "")},
      {"delete the remedy", Code::U05,
       by_pattern("shall", "consequence 9\\.[0-9]", "consequence none stated")},
      {"bind nobody", Code::U03, by_pattern("", "each Party shall not", "no one shall")},
      {"invert the window", Code::T02,
       by_pattern("shall not[^;]*;[^\\[]*from [A-Z][A-Za-z ]*;",
                  "until ([A-Z][A-Za-z ]*) \\+ [0-9]+ days", "until $1 - 2 days")},
      {"shift the deadline before the beginning", Code::T02,
       by_pattern("from [A-Z][A-Za-z ]*;",
                  "not later than ([A-Z][A-Za-z ]*) \\+ [0-9]+ (days|hours)",
                  "not later than $1 - 2 days")},
      {"except the place it holds in", Code::X02,
       by_pattern("shall not", ";\\s+in ([A-Z][A-Za-z]*);", "; in $1; except for $1;")},
      {"wait for each other", Code::D01, by_pattern("", "reciprocally with", "upon fulfilment of")},
      {"rename a moment", Code::N01, by_pattern("", "from ([A-Z][A-Za-z ]*);", "from Another $1;")},
      {"wait for a clause that is not there", Code::N01,
       by_pattern("", "upon fulfilment of [0-9]+\\.[0-9]+", "upon fulfilment of 8.8")},
      {"narrow the actors", Code::L01,
       by_pattern(
           "",
           "[A-Z][A-Za-z ]*, [A-Z][A-Za-z ]*, [A-Z][A-Za-z ]* and [A-Z][A-Za-z ]* each shall not",
           "each Party shall not")},
  };
  return kAll;
}

bool is_found_in(const Analysis& analysis, const agreement::Agreement& agreement, Code code,
                 const std::string& number) {
  return std::any_of(analysis.findings.begin(), analysis.findings.end(), [&](const Finding& one) {
    return one.code == code &&
           std::any_of(one.clauses.begin(), one.clauses.end(), [&](agreement::ClauseId id) {
             return agreement.clause(id).number == number;
           });
  });
}

// A text with one operator's change, and the clause in which it is; empty where nothing can change.
struct Mutant {
  std::string text;
  std::string clause;
};

// On the first clause that can be changed. A circle of waits needs both sides: there on each.
std::optional<Mutant> mutant_of(const Sound& sound, const Operator& one) {
  Mutant mutant{sound.text, {}};
  std::vector<Sentence> sentences = sentences_of(sound.text);
  // From behind, so that those before stay where they are.
  std::reverse(sentences.begin(), sentences.end());
  for (const Sentence& sentence : sentences) {
    const std::size_t length = sentence.end - sentence.begin;
    const auto changed = one.change(sound.text.substr(sentence.begin, length));
    const bool is_wanted = mutant.clause.empty() || one.expected == Code::D01;
    if (is_wanted && changed.has_value() && !sentence.number.starts_with("9")) {
      mutant.text.replace(sentence.begin, length, *changed);
      mutant.clause = sentence.number;
    }
  }
  return mutant.clause.empty() ? std::nullopt : std::optional(mutant);
}

bool is_found(const Mutant& mutant, Code code) {
  std::string complaints;
  const auto agreement = testing::agreement_of(mutant.text, &complaints);
  const auto analysis = analysed(mutant.text, complaints);
  const bool has_finding =
      analysis.has_value() && is_found_in(*analysis, agreement, code, mutant.clause);
  if (!has_finding) {
    std::cout << "not found in " << mutant.clause << ":\n"
              << complaints << (analysis.has_value() ? listed(*analysis) : "");
  }
  return has_finding;
}

TEST(AnalysisMutation, FindsWhatOperatorsDoToSoundAgreements) {
  std::map<std::string, std::pair<int, int>> scores;
  int found = 0;
  int all = 0;
  const std::vector<Sound> sounds = sound_agreements();
  ASSERT_EQ(32U, sounds.size());
  for (const Sound& sound : sounds) {
    for (const Operator& one : operators()) {
      if (const auto mutant = mutant_of(sound, one)) {
        const int point = is_found(*mutant, one.expected) ? 1 : 0;
        found += point;
        ++all;
        scores[one.name].first += point;
        ++scores[one.name].second;
      }
    }
  }
  for (const auto& [name, score] : scores) {
    std::cout << "mutation score, " << name << ": " << score.first << " of " << score.second
              << "\n";
  }
  std::cout << "mutation score on sound agreements: " << found << " of " << all << "\n";
  EXPECT_EQ(operators().size(), scores.size());
  EXPECT_GE(20 * found, 19 * all);
}

// A term renamed in the file of another language, each in turn.
TEST(AnalysisMutation, FindsATermRenamedInOneLanguage) {
  const auto agreement = testing::agreement_of(kSound);
  std::vector<std::string> names;
  for (const agreement::Actor& actor : agreement.actors) {
    if (actor.span.end > 0) {
      names.push_back(actor.name);
    }
  }
  for (const agreement::Place& place : agreement.places) {
    names.push_back(place.name);
  }
  Languages languages;
  LanguageTerms terms;
  terms.language = "fr";
  terms.file = "sound.fr.lexicon";
  terms.is_there = true;
  for (const std::string& name : names) {
    terms.names[name] = name + " en français";
  }
  languages.terms = {terms};
  const auto has_finding = [&] {
    const Analysis analysis = analyse(agreement, {}, Depth::FindingsOnly, false, &languages);
    return std::any_of(analysis.findings.begin(), analysis.findings.end(),
                       [](const Finding& one) { return one.code == Code::V01; });
  };
  EXPECT_FALSE(has_finding());
  for (const std::string& name : {names.front(), names.back()}) {
    auto& words = languages.terms.front().names;
    words = terms.names;
    words["Another " + name] = words[name];
    words.erase(name);
    EXPECT_TRUE(has_finding()) << name;
  }
}

}  // namespace
}  // namespace truce::analysis
