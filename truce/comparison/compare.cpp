// SPDX-License-Identifier: Apache-2.0
#include "truce/comparison/compare.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "truce/comparison/internal/search.h"
#include "truce/facts/words.h"

namespace truce::comparison {
namespace {

using agreement::Agreement;
using agreement::Clause;
using agreement::ClauseId;
using internal::Both;
using internal::Pair;
using internal::Pairing;
using internal::Text;
using internal::Words;

// What was found between two texts without brackets.
struct InReading {
  std::string party;
  std::vector<Change> changes;
  std::vector<WordChange> words;
  std::vector<std::pair<std::string, std::string>> renumbered;
  std::vector<std::pair<std::string, std::string>> renamed;
  std::set<std::string> limits;
  std::vector<std::string> unconfirmed;
  std::size_t pairs_played = 0;
  std::size_t pairs_same = 0;
  std::size_t played = 0;
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n\t");
  const std::size_t end = text.find_last_not_of(" \n\t.");
  return begin == std::string_view::npos || end == std::string_view::npos || end < begin
             ? std::string()
             : std::string(text.substr(begin, end - begin + 1));
}

// The sentence up to its first semicolon, then each particular; without the number.
std::vector<std::string> parts_of(const Clause& clause) {
  std::vector<std::string> parts;
  std::string text = clause.text;
  if (text.starts_with(clause.number)) {
    text.erase(0, clause.number.size());
  }
  bool is_quoted = false;
  std::string part;
  for (const char letter : text) {
    is_quoted = letter == '"' ? !is_quoted : is_quoted;
    if (letter == ';' && !is_quoted) {
      parts.push_back(trimmed(part));
      part.clear();
    } else {
      part += letter;
    }
  }
  parts.push_back(trimmed(part));
  return parts;
}

std::vector<std::string> without(const std::vector<std::string>& parts,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> left;
  for (const std::string& part : parts) {
    if (!part.empty() && std::find(others.begin(), others.end(), part) == others.end()) {
      left.push_back(part);
    }
  }
  return left;
}

// Compares two texts without brackets.
class TextComparison {
 public:
  TextComparison(const Agreement& before, const Agreement& after)
      : redrawn_(internal::redrawn_annexes(before, after)),
        old_words_(before, "<", redrawn_),
        new_words_(after, ">", redrawn_),
        pairing_(internal::pair_clauses(before, old_words_, after, new_words_)),
        before_{before, pairing_, internal::Side::Before},
        after_{after, pairing_, internal::Side::After} {}

  InReading run() {
    const internal::Wording old_frame = old_words_.frame();
    const internal::Wording new_frame = new_words_.frame();
    const bool is_frame_same = old_frame.conduct == new_frame.conduct;
    const std::vector<bool> is_affected = affected(!is_frame_same);
    for (std::size_t i = 0; i < pairing_.pairs.size(); ++i) {
      note_number(i);
      if (is_affected[i]) {
        search(i);
      } else {
        ++result_.pairs_same;
      }
    }
    if (!is_frame_same && result_.changes.empty()) {
      result_.words.push_back(
          {.why = "the clock, the date, entry into force, or who is who and how bodies decide, is "
                  "written otherwise; no conduct was found that is judged differently",
           .is_undecided = true});
    } else if (!is_frame_same) {
      result_.words.push_back(
          {.why = "the clock, the date, entry into force, or who is who and how bodies decide, is "
                  "written otherwise"});
    }
    note_rest(old_frame, new_frame);
    // What a power or a permission changes is told under the clauses it bears on.
    for (WordChange& change : result_.words) {
      if (change.is_undecided && !result_.changes.empty() && !is_judged(change.clause)) {
        change.is_undecided = false;
        change.why = "what follows from it, if anything does, stands under the clauses it bears on";
      }
    }
    note_names();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_judged(const ClausePair& pair) const {
    const Text& text = pair.after.has_value() ? after_ : before_;
    const auto id = pair.after.has_value() ? pair.after : pair.before;
    if (!id.has_value()) {
      return true;
    }
    const agreement::Form form = text.agreement.clause(*id).form;
    return form == agreement::Form::Prohibition || form == agreement::Form::Duty ||
           form == agreement::Form::Effort || form == agreement::Form::Phases;
  }

  // A clause is played if its words changed, or those of something that may bear on it.
  [[nodiscard]] std::vector<bool> affected(bool is_all) const {
    std::vector<bool> is_affected(pairing_.pairs.size(), is_all);
    bool has_changed_prohibition = false;
    bool has_changed_lift = false;
    for (std::size_t i = 0; i < pairing_.pairs.size(); ++i) {
      is_affected[i] = is_affected[i] || !pairing_.pairs[i].is_same;
      for (const Text* text : {&before_, &after_}) {
        const auto id = text->clause(i);
        if (is_affected[i] && id.has_value()) {
          const Clause& clause = text->agreement.clause(*id);
          has_changed_prohibition =
              has_changed_prohibition || clause.form == agreement::Form::Prohibition;
          has_changed_lift = has_changed_lift || clause.form == agreement::Form::Permission ||
                             clause.find<agreement::Despite>() != nullptr ||
                             clause.find<agreement::SubjectTo>() != nullptr ||
                             agreement::local_truce_of(text->agreement, clause) != nullptr;
        }
      }
    }
    spread(is_affected);
    for (std::size_t i = 0; i < pairing_.pairs.size(); ++i) {
      const auto id = pairing_.pairs[i].after;
      if (is_affected[i] || !id.has_value()) {
        continue;
      }
      const bool is_prohibition = after_.agreement.clause(*id).form == agreement::Form::Prohibition;
      // A streak begins with the first prohibition.
      const bool has_streak = wording(*id).find("streak ") != std::string::npos;
      is_affected[i] =
          (has_changed_lift && is_prohibition) || (has_changed_prohibition && has_streak);
    }
    spread(is_affected);
    return is_affected;
  }
  [[nodiscard]] std::string wording(ClauseId id) const {
    return new_words_.clause(id, [](ClauseId) { return std::string("#"); }).conduct;
  }

  // To what refers to an affected clause, and what an affected power or amendment refers to.
  void spread(std::vector<bool>& is_affected) const {
    bool is_growing = true;
    while (is_growing) {
      is_growing = false;
      for (std::size_t i = 0; i < pairing_.pairs.size(); ++i) {
        for (const Text* text : {&before_, &after_}) {
          const auto id = text->clause(i);
          if (!id.has_value()) {
            continue;
          }
          const Clause& clause = text->agreement.clause(*id);
          for (const std::size_t other : references_of(*text, *id)) {
            const bool is_two_way = clause.form == agreement::Form::Power ||
                                    clause.find<agreement::Amending>() != nullptr;
            if (is_affected[other] && !is_affected[i]) {
              is_affected[i] = is_growing = true;
            } else if (is_two_way && is_affected[i] && !is_affected[other]) {
              is_affected[other] = is_growing = true;
            }
          }
        }
      }
    }
  }
  [[nodiscard]] static std::vector<std::size_t> references_of(const Text& text, ClauseId id) {
    std::set<std::size_t> pairs;
    for (const ClauseId other : Words(text.agreement, "", {}).references(id)) {
      pairs.insert(text.pair_of(other));
    }
    // What a breach is answered with is no part of what is a breach.
    std::vector<std::size_t> found(pairs.begin(), pairs.end());
    if (const auto* consequence = text.agreement.clause(id).find<agreement::Consequence>()) {
      for (const agreement::ClauseRef& ref : consequence->clauses) {
        std::erase(found, text.pair_of(ref.clause));
      }
    }
    return found;
  }

  void note_number(std::size_t i) {
    const Pair& pair = pairing_.pairs[i];
    if (pair.before.has_value() && pair.after.has_value()) {
      const std::string& one = before_.agreement.clause(*pair.before).number;
      const std::string& other = after_.agreement.clause(*pair.after).number;
      if (one != other) {
        result_.renumbered.emplace_back(one, other);
      }
    }
  }

  void search(std::size_t i) {
    const Both both{before_, after_, grounds_};
    const Pair& pair = pairing_.pairs[i];
    const internal::PairResult found = internal::search_pair(both, i);
    ++result_.pairs_played;
    result_.played += found.played;
    std::vector<Change> changes = internal::tell(both, i, found, result_.unconfirmed);
    const bool has_changes = !changes.empty();
    std::move(changes.begin(), changes.end(), std::back_inserter(result_.changes));
    result_.limits.insert(found.limits.begin(), found.limits.end());
    if (pair.is_same) {
      return;
    }
    note_words(pair, has_changes, found);
  }

  [[nodiscard]] static std::string why_of(const WordChange& change, bool has_changes) {
    const std::string_view rest = has_changes ? "" : "; no verdict was found to follow";
    if (!change.clause.after.has_value() || !change.clause.before.has_value()) {
      return fmt::format("this clause is {}{}", change.clause.after.has_value() ? "new" : "gone",
                         rest);
    }
    return change.removed.empty() && change.added.empty() ? "what it refers to is defined otherwise"
                                                          : "these words changed";
  }

  void note_words(const Pair& pair, bool has_changes, const internal::PairResult& found) {
    const auto own = [&](const Text& text, std::optional<ClauseId> id) {
      return id.has_value() ? parts_of(text.agreement.clause(*id)) : std::vector<std::string>{};
    };
    const std::vector<std::string> before = own(before_, pair.before);
    const std::vector<std::string> after = own(after_, pair.after);
    WordChange change{.clause = {pair.before, pair.after},
                      .removed = without(before, after),
                      .added = without(after, before)};
    if (has_changes || !pair.before.has_value() || !pair.after.has_value()) {
      change.why = why_of(change, has_changes);
      change.is_undecided = !has_changes;
      result_.words.push_back(std::move(change));
      return;
    }
    const auto reference = [](const std::vector<std::size_t>& pairs) {
      return [&pairs](ClauseId id) { return fmt::format("@{}", pairs[id.index]); };
    };
    const internal::Wording one = old_words_.clause(*pair.before, reference(pairing_.of_before));
    const internal::Wording other = new_words_.clause(*pair.after, reference(pairing_.of_after));
    const bool is_judged = this->is_judged({pair.before, pair.after});
    if (one.rest != other.rest) {
      change.why = "no verdict depends on these words";
      result_.words.push_back(change);
    }
    if (one.conduct != other.conduct && (!is_judged || !found.limits.empty())) {
      const std::string_view of = change.removed.empty() && change.added.empty()
                                      ? "what it refers to is defined otherwise; "
                                      : "";
      change.why = is_judged ? fmt::format(
                                   "{}no conduct was found that is judged differently, and "
                                   "not all was tried",
                                   of)
                             : fmt::format("{}no verdict was found that follows from it", of);
      change.is_undecided = true;
      result_.words.push_back(std::move(change));
    }
  }

  // What is said of the parties and terms beside clauses, and no verdict depends on.
  void note_rest(const internal::Wording& one, const internal::Wording& other) {
    if (one.rest == other.rest) {
      return;
    }
    constexpr std::string_view kDescribed = "described as ";
    WordChange change{
        .why =
            "how terms are described, what bodies watch, who chairs, who lists or who keeps the "
            "text is written otherwise; no verdict depends on it"};
    const auto tell = [&](const std::set<std::string>& some, const std::set<std::string>& others,
                          std::vector<std::string>& list) {
      for (const std::string& text : some) {
        if (!others.contains(text) && text.starts_with(kDescribed)) {
          list.push_back(text.substr(kDescribed.size()));
        }
      }
    };
    tell(one.rest, other.rest, change.removed);
    tell(other.rest, one.rest, change.added);
    result_.words.push_back(std::move(change));
  }

  void note_names() {
    const auto note = [&](const auto& old_terms, const auto& new_terms, const auto& old_text,
                          const auto& new_text) {
      for (std::size_t i = 0; i < old_terms.size(); ++i) {
        const auto has_name = [](const auto& terms, const std::string& name) {
          return std::any_of(terms.begin(), terms.end(),
                             [&](const auto& term) { return term.name == name; });
        };
        if (has_name(new_terms, old_terms[i].name)) {
          continue;
        }
        for (std::size_t j = 0; j < new_terms.size(); ++j) {
          if (!has_name(old_terms, new_terms[j].name) && old_text(i) == new_text(j)) {
            result_.renamed.emplace_back(old_terms[i].name, new_terms[j].name);
            break;
          }
        }
      }
    };
    const Agreement& before = before_.agreement;
    const Agreement& after = after_.agreement;
    note(
        before.places, after.places,
        [&](std::size_t i) { return old_words_.place(base::id_at<agreement::PlaceId>(i)); },
        [&](std::size_t i) { return new_words_.place(base::id_at<agreement::PlaceId>(i)); });
    note(
        before.moments, after.moments,
        [&](std::size_t i) { return old_words_.moment(base::id_at<agreement::MomentId>(i)); },
        [&](std::size_t i) { return new_words_.moment(base::id_at<agreement::MomentId>(i)); });
    note(
        before.situations, after.situations,
        [&](std::size_t i) { return old_words_.situation(base::id_at<agreement::SituationId>(i)); },
        [&](std::size_t i) {
          return new_words_.situation(base::id_at<agreement::SituationId>(i));
        });
    note(
        before.vocabulary.kinds, after.vocabulary.kinds,
        [&](std::size_t i) { return old_words_.kind(base::id_at<agreement::KindId>(i)); },
        [&](std::size_t i) { return new_words_.kind(base::id_at<agreement::KindId>(i)); });
  }

  std::set<std::string> redrawn_;
  Words old_words_;
  Words new_words_;
  Pairing pairing_;
  Text before_;
  Text after_;
  internal::Grounds grounds_;
  InReading result_;
};

Agreement read_as(const Agreement& agreement, const std::string& party) {
  if (agreement.brackets.empty()) {
    return agreement;
  }
  const auto actor = agreement.find_actor(party);
  const agreement::Reading reading = actor.has_value()
                                         ? agreement::reading_of(agreement, *actor)
                                         : agreement::Reading(agreement.brackets.size(), 0);
  return agreement::in_reading(agreement, reading);
}

bool is_same(const Change& one, const Change& other) {
  const auto key = [](const Change& change) {
    return std::tie(change.kind, change.clause.before, change.clause.after, change.conduct,
                    change.under_old, change.under_new);
  };
  return key(one) == key(other);
}

bool is_same(const WordChange& one, const WordChange& other) {
  const auto key = [](const WordChange& change) {
    return std::tie(change.clause.before, change.clause.after, change.removed, change.added,
                    change.why);
  };
  return key(one) == key(other);
}

// What is in every reading names none.
template <typename One>
void merge(const std::vector<InReading>& readings, std::vector<One> InReading::* list,
           std::vector<One>& merged) {
  for (const InReading& reading : readings) {
    for (const One& one : reading.*list) {
      const auto has_it = [&](const std::vector<One>& all) {
        return std::any_of(all.begin(), all.end(),
                           [&](const One& other) { return is_same(one, other); });
      };
      if (has_it(merged)) {
        continue;
      }
      One& added = merged.emplace_back(one);
      const bool is_in_all = std::all_of(readings.begin(), readings.end(),
                                         [&](const auto& other) { return has_it(other.*list); });
      for (const InReading& other : readings) {
        if (!is_in_all && has_it(other.*list)) {
          added.readings.push_back(other.party);
        }
      }
    }
  }
}

void tell_scope(const std::vector<InReading>& readings, Comparison& comparison) {
  std::size_t played = 0;
  std::size_t pairs = 0;
  std::size_t same = 0;
  std::set<std::string> limits;
  std::vector<std::string> parties;
  for (const InReading& reading : readings) {
    played += reading.played;
    pairs = std::max(pairs, reading.pairs_played);
    same = std::max(same, reading.pairs_same);
    limits.insert(reading.limits.begin(), reading.limits.end());
    for (const std::string& sentence : reading.unconfirmed) {
      comparison.not_searched.push_back(sentence);
    }
    if (!reading.party.empty()) {
      parties.push_back(reading.party);
    }
  }
  comparison.searched.push_back(
      fmt::format("{} clause{} word for word, whatever their numbers and the names of terms",
                  pairs + same, pairs + same == 1 ? "" : "s"));
  if (pairs > 0) {
    comparison.searched.push_back(fmt::format(
        "{} record{} for the {} clause{} whose words, or whose surroundings, differ: one act at a "
        "time, for each actor, target, means, part of the ground and time that the texts tell "
        "apart",
        played, played == 1 ? "" : "s", pairs, pairs == 1 ? "" : "s"));
  }
  if (parties.size() > 1) {
    comparison.searched.push_back(fmt::format("disputed text as {} wrote it, each text as a whole",
                                              facts::join_words(parties)));
  }
  comparison.not_searched.insert(comparison.not_searched.end(), limits.begin(), limits.end());
}

}  // namespace

std::string_view to_text(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::NewlyBreaks:
      return "newly-breaks";
    case ChangeKind::NoLongerBreaks:
      return "no-longer-breaks";
    case ChangeKind::Blame:
      return "blame";
    case ChangeKind::Timing:
      return "timing";
    case ChangeKind::Standing:
      return "standing";
  }
  return "standing";
}

std::string_view to_text(Answer answer) {
  switch (answer) {
    case Answer::Same:
      return "same";
    case Answer::Changed:
      return "changed";
    case Answer::Undecided:
      return "undecided";
  }
  return "undecided";
}

Comparison compare(const Agreement& before, const Agreement& after) {
  std::vector<std::string> parties;
  for (const Agreement* text : {&before, &after}) {
    for (const agreement::ActorId id : agreement::proposers(*text)) {
      const std::string& name = text->actor(id).name;
      if (std::find(parties.begin(), parties.end(), name) == parties.end()) {
        parties.push_back(name);
      }
    }
  }
  if (parties.empty()) {
    parties.emplace_back();
  }
  std::vector<InReading> readings;
  for (const std::string& party : parties) {
    const Agreement one = read_as(before, party);
    const Agreement other = read_as(after, party);
    readings.push_back(TextComparison(one, other).run());
    readings.back().party = party;
  }
  Comparison comparison;
  merge(readings, &InReading::changes, comparison.changes);
  merge(readings, &InReading::words, comparison.words);
  comparison.renumbered = readings.front().renumbered;
  comparison.renamed = readings.front().renamed;
  tell_scope(readings, comparison);
  const bool is_undecided =
      std::any_of(comparison.words.begin(), comparison.words.end(),
                  [](const WordChange& change) { return change.is_undecided; });
  comparison.answer = !comparison.changes.empty() ? Answer::Changed
                      : is_undecided              ? Answer::Undecided
                      : comparison.words.empty()  ? Answer::Same
                                                  : Answer::Changed;
  return comparison;
}

}  // namespace truce::comparison
