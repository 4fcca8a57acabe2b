// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/analyse.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "truce/analysis/internal/draft.h"
#include "truce/analysis/internal/mixes.h"
#include "truce/analysis/internal/search.h"
#include "truce/analysis/internal/time_network.h"
#include "truce/smt/known_answers.h"

namespace truce::analysis {

struct Memory::Parts {
  smt::KnownAnswers answers;
  internal::KnownPlaces places;
};

namespace {

using agreement::ActorId;
using agreement::Agreement;
using agreement::ClauseId;
using agreement::Reading;
using internal::Draft;

// Many more than any two passages of a text with hundreds ask for.
constexpr std::size_t kMaxMixes = 64;

// What was found in one reading.
struct InReading {
  std::optional<ActorId> party;
  std::vector<Finding> findings;
  std::set<Code> asked;
  std::set<Code> open;
  std::map<Code, std::string> too_complex;
  std::vector<std::string> not_searched;
  Flexibility flexibility;
};

bool is_same(const Finding& one, const Finding& other) {
  return std::tie(one.code, one.key, one.reason, one.harms, one.clauses, one.particulars,
                  one.cascade) == std::tie(other.code, other.key, other.reason, other.harms,
                                           other.clauses, other.particulars, other.cascade);
}

// Holes are told by the order of the catalogue; one whose clauses all have an earlier one is left
// out: it would go, or change, once that is mended.
std::vector<Finding> without_superfluous(std::vector<Finding> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.code, a.clauses) < std::tie(b.code, b.clauses);
  });
  std::vector<Finding> kept;
  for (Finding& finding : findings) {
    const auto has_earlier = [&](ClauseId id) {
      return std::any_of(kept.begin(), kept.end(), [&](const Finding& earlier) {
        const auto& clauses = earlier.clauses;
        const auto& cascade = earlier.cascade;
        return info(earlier.code).level == Level::Hole && earlier.code < finding.code &&
               (std::find(clauses.begin(), clauses.end(), id) != clauses.end() ||
                std::find(cascade.begin(), cascade.end(), id) != cascade.end());
      });
    };
    const std::vector<ClauseId> subjects =
        finding.subject.has_value() ? std::vector<ClauseId>{*finding.subject} : finding.clauses;
    const bool is_superfluous = info(finding.code).level == Level::Hole && !subjects.empty() &&
                                std::all_of(subjects.begin(), subjects.end(), has_earlier);
    if (!is_superfluous) {
      kept.push_back(std::move(finding));
    }
  }
  return kept;
}

InReading search_in(const Agreement& agreement, const diagnostics::Sink& sink, Memory& memory,
                    std::optional<ActorId> party, std::vector<Question>* questions = nullptr) {
  const Draft draft(agreement, &memory.parts().places);
  std::vector<ClauseId> unordered;
  for (const std::vector<ClauseId>& circle : internal::circles_of_waits(draft)) {
    unordered.insert(unordered.end(), circle.begin(), circle.end());
  }
  internal::TimeNetwork time(draft, unordered);
  internal::Matching matching(draft);
  internal::Search search{.draft = draft,
                          .time = time,
                          .sink = sink,
                          .matching = matching,
                          .answers = memory.parts().answers};
  search.questions = questions;
  // Those that others build on come first.
  internal::find_undefined_terms(search);
  internal::find_circles(search);
  internal::find_timing(search);
  internal::find_swallowed(search);
  internal::find_swallowed_or_lifted(search);
  internal::find_unenforceable(search);
  internal::find_dead(search);
  internal::find_contradictions(search);
  internal::find_contradictions_of_chains(search);
  internal::find_implied(search);
  internal::find_covered(search);
  internal::find_harms(search);
  internal::find_narrow_harms(search);
  internal::find_set_up_to_fail(search);
  internal::find_unseen(search);
  internal::find_partial_finders(search);
  internal::find_loose_ends(search);
  internal::find_definitions(search);
  internal::find_zones(search);
  return {.party = party,
          .findings = without_superfluous(std::move(search.findings)),
          .asked = std::move(search.asked),
          .open = std::move(search.open),
          .too_complex = std::move(search.too_complex),
          .not_searched = std::move(search.not_searched),
          .flexibility = internal::flexibility_of(draft)};
}

// Of several readings of a text; each is searched once.
class Readings {
 public:
  Readings(const Agreement& agreement, const diagnostics::Sink& sink, Memory& memory)
      : agreement_(agreement), sink_(sink), memory_(memory), interplay_(agreement) {}

  [[nodiscard]] const internal::Interplay& interplay() const { return interplay_; }

  const InReading& in(const Reading& reading, std::vector<Question>* questions = nullptr) {
    const auto known = searched_.find(reading);
    if (known != searched_.end()) {
      return known->second;
    }
    return searched_
        .emplace(reading, search_in(agreement::in_reading(agreement_, reading), sink_, memory_,
                                    std::nullopt, questions))
        .first->second;
  }

  bool has(const Reading& reading, const Finding& finding) {
    // Passages that do not bear on its clauses may stand as they do in a reading that was searched.
    const auto is_like_it = [&](const auto& searched) {
      for (std::size_t i = 0; i < reading.size(); ++i) {
        if (searched.first[i] != reading[i] && interplay_.bears_on(i, finding.clauses)) {
          return false;
        }
      }
      return true;
    };
    const auto known = std::find_if(searched_.begin(), searched_.end(), is_like_it);
    const auto& findings = known == searched_.end() ? in(reading).findings : known->second.findings;
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& one) { return is_same(one, finding); });
  }

  // Whether it is still there when this passage alone is written in any other way.
  bool stays_without(const Finding& finding, const Reading& own, std::size_t bracket) {
    for (std::uint32_t i = 0; i < agreement_.brackets[bracket].alternatives.size(); ++i) {
      Reading other = own;
      other[bracket] = i;
      if (i != own[bracket] && !has(other, finding)) {
        return false;
      }
    }
    return true;
  }

  // Which disputed passages make a finding of one party's reading: those that, written as another
  // proposed them, would make it go.
  std::vector<ReadingRef> refs_of(const Finding& finding, ActorId party) {
    const Reading own = agreement::reading_of(agreement_, party);
    std::vector<ReadingRef> decisive;
    std::vector<ReadingRef> all;
    for (std::size_t i = 0; i < agreement_.brackets.size(); ++i) {
      const ReadingRef ref{party, agreement_.brackets[i].clause};
      all.push_back(ref);
      if (agreement_.brackets.size() > 1 && !stays_without(finding, own, i)) {
        decisive.push_back(ref);
      }
    }
    return in_order(decisive.empty() ? all : decisive);
  }

  // Which passages, as who wrote them, make a finding that no party's text has: as few as may be
  // taken from the mix into that party's text which needs the fewest, and those of its own without
  // which it goes.
  std::vector<ReadingRef> refs_of_mix(const Finding& finding, const Reading& mix,
                                      const std::vector<ActorId>& parties) {
    Reading best = mix;
    Reading base = mix;
    std::size_t fewest = agreement_.brackets.size() + 1;
    for (const ActorId party : parties) {
      const Reading own = agreement::reading_of(agreement_, party);
      Reading reading = mix;
      for (std::size_t i = 0; i < reading.size(); ++i) {
        Reading less = reading;
        less[i] = own[i];
        if (less != reading && has(less, finding)) {
          reading = std::move(less);
        }
      }
      const auto taken = differing(reading, own);
      if (taken < fewest) {
        fewest = taken;
        best = reading;
        base = own;
      }
    }
    std::vector<ReadingRef> refs;
    for (std::size_t i = 0; i < best.size(); ++i) {
      if (best[i] != base[i] || !stays_without(finding, best, i)) {
        if (const auto party = proposer_of(i, best[i], parties)) {
          const auto& written = agreement_.brackets[i].alternatives[best[i]];
          refs.push_back({*party, agreement_.brackets[i].clause,
                          written.is_none ? "nothing" : "`" + written.text + "`"});
        }
      }
    }
    return refs;
  }

 private:
  static std::size_t differing(const Reading& one, const Reading& other) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
      count += one[i] == other[i] ? 0 : 1;
    }
    return count;
  }

  static std::vector<ReadingRef> in_order(std::vector<ReadingRef> refs) {
    std::sort(refs.begin(), refs.end());
    refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
    return refs;
  }

  [[nodiscard]] std::optional<ActorId> proposer_of(std::size_t bracket, std::uint32_t alternative,
                                                   const std::vector<ActorId>& parties) const {
    for (const agreement::Agent& agent :
         agreement_.brackets[bracket].alternatives[alternative].proposers) {
      for (const ActorId party : agreement_.resolve(agent, {})) {
        if (std::find(parties.begin(), parties.end(), party) != parties.end()) {
          return party;
        }
      }
    }
    return std::nullopt;
  }

  const Agreement& agreement_;
  const diagnostics::Sink& sink_;
  Memory& memory_;
  internal::Interplay interplay_;
  std::map<Reading, InReading> searched_;
};

// One list for all readings: what stands in each of them names none.
std::vector<Finding> merged(Readings& all_readings, const std::vector<InReading>& readings,
                            Depth depth) {
  std::vector<Finding> all;
  for (const InReading& reading : readings) {
    for (const Finding& finding : reading.findings) {
      const auto has_it = [&](const std::vector<Finding>& findings) {
        return std::any_of(findings.begin(), findings.end(),
                           [&](const Finding& one) { return is_same(one, finding); });
      };
      if (has_it(all)) {
        continue;
      }
      Finding& added = all.emplace_back(finding);
      const bool is_in_all =
          std::all_of(readings.begin(), readings.end(),
                      [&](const InReading& other) { return has_it(other.findings); });
      for (const InReading& other : readings) {
        if (depth == Depth::Full && !is_in_all && other.party.has_value() &&
            has_it(other.findings)) {
          const auto refs = all_readings.refs_of(finding, *other.party);
          added.readings.insert(added.readings.end(), refs.begin(), refs.end());
        }
      }
    }
  }
  return all;
}

// Adds holes that no party's text has, and that come where passages of several stand together.
void add_of_mixes(Readings& all_readings, const std::vector<Reading>& mixed,
                  const std::vector<ActorId>& parties, Depth depth,
                  std::vector<Finding>& findings) {
  for (const Reading& reading : mixed) {
    for (const Finding& found : all_readings.in(reading).findings) {
      // Of the same clauses in other words: that is told already.
      const bool is_told = std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
        return std::tie(found.code, found.reason, found.harms, found.clauses) ==
               std::tie(other.code, other.reason, other.harms, other.clauses);
      });
      if (is_told) {
        continue;
      }
      Finding& added = findings.emplace_back(found);
      added.is_of_mix = true;
      if (depth == Depth::Full) {
        added.readings = all_readings.refs_of_mix(found, reading, parties);
      }
    }
  }
}

// What was found, by whose text is taken.
void list_readings(const std::vector<ActorId>& parties, bool has_mixes, Analysis& analysis) {
  const auto positions = [&](const auto& is_in) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
      const Finding& finding = analysis.findings[i];
      if (info(finding.code).level != Level::Information && is_in(finding)) {
        found.push_back(i);
      }
    }
    return found;
  };
  for (const ActorId party : parties) {
    analysis.readings.push_back({party, positions([&](const Finding& finding) {
                                   const auto& refs = finding.readings;
                                   return refs.empty() || (!finding.is_of_mix &&
                                                           std::any_of(refs.begin(), refs.end(),
                                                                       [&](const ReadingRef& ref) {
                                                                         return ref.party == party;
                                                                       }));
                                 })});
  }
  if (has_mixes) {
    analysis.readings.push_back(
        {std::nullopt, positions([](const Finding& finding) { return finding.is_of_mix; })});
  }
}

// What is said of several harms in the same words is told once, with the story of the first.
std::vector<Finding> joined_by_harm(std::vector<Finding> findings) {
  std::vector<Finding> joined;
  for (Finding& finding : findings) {
    const auto same = std::find_if(joined.begin(), joined.end(), [&](const Finding& other) {
      return finding.harm_words.has_value() &&
             std::tie(finding.code, finding.reason, finding.key, finding.clauses,
                      finding.particulars, finding.readings, finding.harm_words, finding.outcome) ==
                 std::tie(other.code, other.reason, other.key, other.clauses, other.particulars,
                          other.readings, other.harm_words, other.outcome);
    });
    if (same == joined.end()) {
      joined.push_back(std::move(finding));
      continue;
    }
    same->harms.insert(same->harms.end(), finding.harms.begin(), finding.harms.end());
    for (diagnostics::Label& label : finding.labels) {
      const bool is_there = std::any_of(
          same->labels.begin(), same->labels.end(),
          [&](const auto& other) { return other.span == label.span && other.text == label.text; });
      if (!is_there) {
        same->labels.push_back(std::move(label));
      }
    }
    same->message = internal::sentence_of(*same->harm_words, same->harms);
  }
  return joined;
}

void add_disputed(const Agreement& agreement, std::vector<Finding>& findings) {
  for (const agreement::Bracket& bracket : agreement.brackets) {
    Finding finding{.code = Code::B01};
    finding.span = bracket.span;
    finding.labels = {{bracket.span, "not agreed", true}};
    if (bracket.clause.has_value()) {
      finding.clauses = {*bracket.clause};
    }
    std::vector<facts::Wording> texts;
    for (const auto& alternative : bracket.alternatives) {
      std::vector<facts::Wording> names;
      for (const agreement::Agent& agent : alternative.proposers) {
        names.emplace_back(agent.text);
        for (const ActorId party : agreement.resolve(agent, {})) {
          finding.readings.push_back({party, bracket.clause});
        }
      }
      const bool is_one = names.size() == 1;
      facts::Wording who = facts::Wording::all(std::move(names));
      const std::string what = "`" + alternative.text + "`";
      texts.push_back(alternative.is_none
                          ? (is_one ? facts::say("{} writes nothing", std::move(who))
                                    : facts::say("{} write nothing", std::move(who)))
                          : (is_one ? facts::say("{} writes {}", std::move(who), what)
                                    : facts::say("{} write {}", std::move(who), what)));
    }
    finding.message = facts::Wording::all(std::move(texts));
    finding.key = finding.message.english();
    findings.push_back(std::move(finding));
  }
}

// A finding that somebody takes upon themselves, for these clauses, moves to the annex.
void accept(const Agreement& agreement, std::vector<Finding>& findings) {
  for (std::size_t i = 0; i < agreement.acceptances.size(); ++i) {
    const agreement::Acceptance& acceptance = agreement.acceptances[i];
    const auto code = find_code(acceptance.code);
    for (Finding& finding : findings) {
      const bool is_of_it =
          !acceptance.clauses.empty() && code == finding.code &&
          std::all_of(acceptance.clauses.begin(), acceptance.clauses.end(), [&](const auto& ref) {
            return std::find(finding.clauses.begin(), finding.clauses.end(), ref.clause) !=
                   finding.clauses.end();
          });
      if (is_of_it && !finding.acceptance.has_value()) {
        finding.acceptance = static_cast<std::uint32_t>(i);
      }
    }
  }
}

// Codes whose search is exact: a definition that is looked up, clause by clause.
bool is_exact(Code code) {
  switch (code) {
    case Code::N01:
    case Code::P01:
    case Code::U01:
    case Code::U02:
    case Code::U03:
    case Code::U08:
    case Code::U09:
    case Code::B01:
      return true;
    default:
      return false;
  }
}

// How far the search for a code went that was not found.
Absence::Status status_of(Code code, const std::vector<InReading>& readings,
                          bool is_every_reading) {
  bool is_complete = true;
  for (const InReading& reading : readings) {
    if (reading.too_complex.contains(code)) {
      return Absence::Status::TooComplex;
    }
    const bool is_searched =
        is_every_reading && reading.asked.contains(code) && !reading.open.contains(code);
    is_complete = is_complete && (is_exact(code) || is_searched);
  }
  return is_complete ? Absence::Status::ProvedAbsent : Absence::Status::NotFoundWithin;
}

bool needs_harms(Code code) { return code == Code::L01 || code == Code::L02 || code == Code::L03; }

void add_absences(const Agreement& agreement, const std::vector<InReading>& readings,
                  bool is_every_reading, Analysis& analysis) {
  for (const CodeInfo& one : codes()) {
    const bool is_found =
        std::any_of(analysis.findings.begin(), analysis.findings.end(),
                    [&](const Finding& finding) { return finding.code == one.code; });
    if (!is_found && !(needs_harms(one.code) && agreement.harms.empty())) {
      analysis.absent.push_back({one.code, status_of(one.code, readings, is_every_reading)});
    }
  }
}

// Whose texts of what is disputed were read, and which mixes of them.
void tell_readings(const Agreement& agreement, const std::vector<InReading>& readings,
                   bool is_every_reading, Analysis& analysis) {
  std::vector<std::string> parties;
  for (const InReading& reading : readings) {
    if (reading.party.has_value()) {
      parties.push_back(agreement.actor(*reading.party).name);
    }
  }
  if (!parties.empty()) {
    analysis.searched.push_back(fmt::format(
        "disputed text as {} wrote it, each text as a whole{}", internal::listed(parties),
        readings.size() == parties.size() ? ""
        : is_every_reading                ? ", and every mix of them"
                           : ", and any two passages mixed that bear on each other"));
  }
  if (!parties.empty() && !is_every_reading) {
    analysis.not_searched.emplace_back("every mix of three or more disputed passages");
  }
}

void tell_scope(const Agreement& agreement, const std::vector<InReading>& readings,
                bool is_every_reading, Analysis& analysis) {
  analysis.searched.push_back(
      fmt::format("{} clause{}: what they name, what they wait for, when they fall due, whether "
                  "they can be kept "
                  "together, and who sees, finds and answers for a breach",
                  agreement.clauses.size(), agreement.clauses.size() == 1 ? "" : "s"));
  std::vector<std::string> harms;
  for (const agreement::Harm& harm : agreement.harms) {
    harms.push_back(harm.name);
  }
  if (harms.empty()) {
    analysis.not_searched.emplace_back(
        "TR-L01, TR-L02 and TR-L03: the text and its companion name no harms that must be "
        "answered");
  } else {
    analysis.searched.push_back(
        fmt::format("for the {} {}, by every side, guarantor and other that is named, and by the "
                    "narrower means, targets and places of those who are bound; listed "
                    "outsiders, bodies and those the text does not name are bound by no text and "
                    "were left out",
                    harms.size() == 1 ? "harm" : "harms", internal::listed(harms)));
  }
  tell_readings(agreement, readings, is_every_reading, analysis);
  for (const InReading& reading : readings) {
    for (const std::string& sentence : reading.not_searched) {
      const auto& all = analysis.not_searched;
      if (std::find(all.begin(), all.end(), sentence) == all.end()) {
        analysis.not_searched.push_back(sentence);
      }
    }
  }
  for (const InReading& reading : readings) {
    for (const auto& [code, why] : reading.too_complex) {
      const std::string sentence =
          fmt::format("{} to the end: the solver gave up on a question ({})", info(code).id, why);
      const auto& all = analysis.not_searched;
      if (std::find(all.begin(), all.end(), sentence) == all.end()) {
        analysis.not_searched.push_back(sentence);
      }
    }
  }
  analysis.not_searched.emplace_back("several breaches together");
}

void tell_languages(const Agreement& agreement, const Languages* languages, Analysis& analysis) {
  const auto absence = std::find_if(analysis.absent.begin(), analysis.absent.end(),
                                    [](const Absence& one) { return one.code == Code::V01; });
  if (languages == nullptr) {
    if (absence != analysis.absent.end()) {
      analysis.absent.erase(absence);
    }
    analysis.not_searched.emplace_back("TR-V01: no text in another language was given");
    return;
  }
  std::vector<std::string> files;
  for (const LanguageTerms& terms : languages->terms) {
    if (terms.is_there) {
      files.push_back(terms.file);
    }
  }
  const bool has_wordings =
      std::any_of(agreement.clauses.begin(), agreement.clauses.end(), [](const auto& clause) {
        return clause.template find<agreement::LanguageText>() != nullptr;
      });
  if (!files.empty()) {
    analysis.searched.push_back("the terms in " + internal::listed(files));
  }
  if (has_wordings) {
    analysis.not_searched.emplace_back(
        "TR-V01, what wordings by hand mean: only whether they were compared");
  } else if (absence != analysis.absent.end()) {
    // Every other text is made of this one, by its terms, and these were looked up.
    absence->status = Absence::Status::ProvedAbsent;
  }
}

}  // namespace

Memory::Memory() : parts_(std::make_unique<Parts>()) {}
Memory::~Memory() = default;
Memory::Memory(Memory&&) noexcept = default;
Memory& Memory::operator=(Memory&&) noexcept = default;

Analysis analyse(const Agreement& agreement, const diagnostics::Sink& sink, Depth depth,
                 bool keeps_questions, const Languages* languages, Memory* memory) {
  Memory own;
  Memory& known = memory == nullptr ? own : *memory;
  Analysis analysis;
  std::vector<Question>* questions = keeps_questions ? &analysis.questions : nullptr;
  Readings all_readings(agreement, sink, known);
  const std::vector<ActorId> parties = agreement::proposers(agreement);
  std::vector<InReading> readings;
  std::vector<Reading> whole;
  for (const ActorId party : parties) {
    whole.push_back(agreement::reading_of(agreement, party));
    readings.push_back(all_readings.in(whole.back(), questions));
    readings.back().party = party;
  }
  if (readings.empty()) {
    whole.push_back(Reading(agreement.brackets.size(), 0));
    readings.push_back(search_in(agreement, sink, known, std::nullopt, questions));
  }
  analysis.flexibility = readings.front().flexibility;
  analysis.findings = merged(all_readings, readings, depth);
  const std::vector<Reading> mixed =
      internal::mixes(agreement, all_readings.interplay(), whole, kMaxMixes);
  for (const Reading& reading : mixed) {
    readings.push_back(all_readings.in(reading, questions));
    whole.push_back(reading);
  }
  add_of_mixes(all_readings, mixed, parties, depth, analysis.findings);
  const bool is_every_reading =
      agreement.brackets.size() <= 2 || internal::are_all(agreement, whole);
  if (languages != nullptr) {
    const auto found = internal::find_translations(agreement, *languages);
    analysis.findings.insert(analysis.findings.end(), found.begin(), found.end());
  }
  if (depth == Depth::Full) {
    analysis.findings = joined_by_harm(std::move(analysis.findings));
  }
  add_disputed(agreement, analysis.findings);
  std::stable_sort(analysis.findings.begin(), analysis.findings.end(),
                   [](const Finding& a, const Finding& b) {
                     return std::tie(a.code, a.clauses) < std::tie(b.code, b.clauses);
                   });
  accept(agreement, analysis.findings);
  add_absences(agreement, readings, is_every_reading, analysis);
  list_readings(parties, !mixed.empty(), analysis);
  tell_scope(agreement, readings, is_every_reading, analysis);
  tell_languages(agreement, languages, analysis);
  return analysis;
}

void keep_only(Analysis& analysis, const std::set<Code>& wanted) {
  std::erase_if(analysis.findings,
                [&](const Finding& finding) { return !wanted.contains(finding.code); });
  std::erase_if(analysis.absent,
                [&](const Absence& absence) { return !wanted.contains(absence.code); });
  // They name findings by position.
  analysis.readings.clear();
}

}  // namespace truce::analysis
