// SPDX-License-Identifier: Apache-2.0
// V01: wordings in other languages that were compared with another text, or never, and terms that
// are called otherwise than the agreement calls them.
#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "truce/analysis/internal/draft.h"
#include "truce/analysis/internal/search.h"
#include "truce/analysis/languages.h"

namespace truce::analysis::internal {
namespace {

using Standing = agreement::LanguageDeclaration::Standing;

// A term that the text declares, and where.
struct Term {
  std::string name;
  base::Span span;
};

std::vector<Term> terms_of(const Agreement& agreement) {
  std::vector<Term> terms;
  const auto add = [&](const auto& list) {
    for (const auto& one : list) {
      if (one.span.end > 0) {
        terms.push_back({one.name, one.span});
      }
    }
  };
  add(agreement.actors);
  add(agreement.places);
  add(agreement.moments);
  for (const agreement::Situation& situation : agreement.situations) {
    if (!situation.is_inline) {
      terms.push_back({situation.name, situation.span});
    }
  }
  for (const agreement::Kind& kind : agreement.vocabulary.kinds) {
    if (!kind.is_from_vocabulary) {
      terms.push_back({kind.name, kind.span});
    }
  }
  std::stable_sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
    return std::pair(a.span.source, a.span.begin) < std::pair(b.span.source, b.span.begin);
  });
  return terms;
}

// Every word a file of terms may give a name for.
std::set<std::string> known_names(const Agreement& agreement) {
  std::set<std::string> names;
  const auto add = [&](const auto& list) {
    for (const auto& one : list) {
      names.insert(one.name);
    }
  };
  add(agreement.actors);
  add(agreement.places);
  add(agreement.moments);
  add(agreement.situations);
  add(agreement.vocabulary.kinds);
  add(agreement.vocabulary.institutions);
  add(agreement.parameters);
  add(agreement.confidential_annexes);
  add(agreement.harms);
  names.insert(agreement.clock.name);
  for (const agreement::Kind& kind : agreement.vocabulary.kinds) {
    names.insert(kind.also.begin(), kind.also.end());
  }
  return names;
}

bool is_authentic(const Agreement& agreement, const std::string& language) {
  return std::any_of(agreement.languages.begin(), agreement.languages.end(),
                     [&](const agreement::LanguageDeclaration& one) {
                       return one.code == language && one.standing == Standing::Authentic;
                     });
}

class Translations {
 public:
  Translations(const Agreement& agreement, const Languages& languages)
      : draft_(agreement), agreement_(agreement), languages_(languages) {}

  std::vector<Finding> run() {
    find_wordings();
    for (const LanguageTerms& terms : languages_.terms) {
      if (terms.is_there) {
        find_twins(terms);
        find_renamed(terms);
      }
    }
    return std::move(findings_);
  }

 private:
  [[nodiscard]] const LanguageTerms* terms_in(const std::string& language) const {
    const auto found =
        std::find_if(languages_.terms.begin(), languages_.terms.end(),
                     [&](const LanguageTerms& one) { return one.language == language; });
    return found == languages_.terms.end() ? nullptr : &*found;
  }

  void find_wordings() {
    for (const ClauseId id : draft_.clauses()) {
      for (const auto* text : draft_.clause(id).find_all<agreement::LanguageText>()) {
        find_wording(id, *text);
      }
    }
  }
  void find_wording(ClauseId id, const agreement::LanguageText& text) {
    const Clause& clause = draft_.clause(id);
    const LanguageTerms* terms = terms_in(text.language);
    const auto digits = languages_.digits.find(clause.number);
    if (digits == languages_.digits.end()) {
      return;
    }
    const bool is_noted = terms != nullptr && terms->checked.contains(clause.number);
    if (is_noted && terms->checked.at(clause.number) == digits->second) {
      return;
    }
    if (!is_noted && !is_authentic(agreement_, text.language)) {
      return;
    }
    Finding finding{.code = Code::V01, .key = text.language};
    point_at(finding, draft_, id, *particular_of(clause, text),
             is_noted ? "compared with another text" : "compared by nobody");
    finding.message =
        is_noted ? say("{} has changed since its wording in `{}` was compared with it",
                       clause.number, text.language)
                 : say("the wording of {} in `{}` is authentic, and nobody has noted that it "
                       "says the same",
                       clause.number, text.language);
    finding.outcome = say("Two texts of one clause hold, and may say different things.");
    finding.notes.push_back(
        say("when they have been compared, write `checked {} = {}` "
            "into {}",
            clause.number, digits->second,
            terms == nullptr ? say("the file of terms") : Wording(terms->file)));
    findings_.push_back(std::move(finding));
  }

  // Two terms of the agreement under one word.
  void find_twins(const LanguageTerms& terms) {
    const std::vector<Term> declared = terms_of(agreement_);
    for (std::size_t i = 0; i < declared.size(); ++i) {
      for (std::size_t j = i + 1; j < declared.size(); ++j) {
        const auto one = terms.names.find(declared[i].name);
        const auto other = terms.names.find(declared[j].name);
        if (one == terms.names.end() || other == terms.names.end() ||
            one->second != other->second) {
          continue;
        }
        Finding finding{.code = Code::V01,
                        .key = fmt::format("{} {} {}", terms.language, one->first, other->first)};
        finding.span = declared[j].span;
        finding.labels = {{declared[j].span, "", true}, {declared[i].span, "", false}};
        finding.message = say("`{}` and `{}` are both called `{}` in `{}`", one->first,
                              other->first, one->second, terms.language);
        finding.outcome = say("Whoever reads that language cannot tell which is meant.");
        findings_.push_back(std::move(finding));
      }
    }
  }

  // Names that one of the two has and the other has not.
  void find_renamed(const LanguageTerms& terms) {
    const std::set<std::string> known = known_names(agreement_);
    std::vector<Wording> strangers;
    for (const auto& [name, word] : terms.names) {
      if (!known.contains(name)) {
        strangers.emplace_back("`" + name + "`");
      }
    }
    std::vector<Term> without_word;
    for (const Term& term : terms_of(agreement_)) {
      if (!terms.names.contains(term.name) && !terms.keeps_names) {
        without_word.push_back(term);
      }
    }
    const bool is_gap = !without_word.empty() && is_authentic(agreement_, terms.language);
    if (strangers.empty() && !is_gap) {
      return;
    }
    Finding finding{.code = Code::V01, .key = terms.language + " names"};
    std::vector<Wording> names;
    for (const Term& term : without_word) {
      names.emplace_back("`" + term.name + "`");
      finding.labels.push_back({term.span, "has no word there", finding.labels.empty()});
    }
    if (!without_word.empty()) {
      finding.span = without_word.front().span;
    } else if (!agreement_.clauses.empty()) {
      finding.span = agreement_.clauses.front().number_span;
    }
    const bool are_known = strangers.empty();
    const Wording strange =
        say("{} names {}, which the text does not", terms.file, Wording::all(std::move(strangers)));
    const Wording gap =
        without_word.size() == 1
            ? say("{} has no word in `{}`", Wording::all(std::move(names)), terms.language)
            : say("{} have no word in `{}`", Wording::all(std::move(names)), terms.language);
    finding.message = are_known              ? gap
                      : without_word.empty() ? strange
                                             : say("{}, and {}", strange, gap);
    finding.outcome = are_known
                          ? say("They stand there as they are written here.")
                          : say("A term was renamed in one of the two; there it stands as it is "
                                "written here.");
    findings_.push_back(std::move(finding));
  }

  Draft draft_;
  const Agreement& agreement_;
  const Languages& languages_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> find_translations(const Agreement& agreement, const Languages& languages) {
  return Translations(agreement, languages).run();
}

}  // namespace truce::analysis::internal
