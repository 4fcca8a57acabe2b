// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/commitments.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

namespace truce::talks {
namespace {

bool is_space(char letter) { return letter == ' ' || letter == '\t' || letter == '\r'; }

using agreement::Agreement;
using agreement::Clause;
using agreement::ClauseId;
using agreement::Form;
using agreement::MomentExpression;
using agreement::Upon;

std::string folded(std::string_view text) {
  std::string made;
  for (const char letter : text) {
    if (letter == '\n' || is_space(letter)) {
      made += made.empty() || made.back() == ' ' ? "" : " ";
    } else {
      made += letter;
    }
  }
  while (made.ends_with(' ') || made.ends_with('.')) {
    made.pop_back();
  }
  return made;
}

class TextReader {
 public:
  TextReader(const Agreement& agreement, const language::SyntaxTree& text)
      : agreement_(agreement), text_(text), first_(agreement.clauses.size()) {}

  Commitments read() {
    for (std::uint32_t i = 0; i < agreement_.clauses.size(); ++i) {
      const Clause& clause = agreement_.clauses[i];
      if (is_commitment(clause)) {
        add_deeds(ClauseId{i});
      }
    }
    for (std::uint32_t i = 0; i < agreement_.clauses.size(); ++i) {
      const Clause& clause = agreement_.clauses[i];
      if (!is_commitment(clause)) {
        continue;
      }
      if (begins_with_event(clause)) {
        made_.left_out.push_back(clause.number);
      } else {
        commit(ClauseId{i});
      }
    }
    drop_unused();
    return std::move(made_);
  }

 private:
  static bool is_commitment(const Clause& clause) {
    return (clause.form == Form::Duty || clause.form == Form::Effort ||
            clause.form == Form::Prohibition || clause.form == Form::Phases) &&
           clause.find<agreement::Amending>() == nullptr;
  }

  // It answers a breach, a request, a notice: nothing that could be put into an order.
  static bool begins_with_event(const Clause& clause) {
    const auto upon = clause.find_all<Upon>();
    return clause.find<agreement::Whenever>() != nullptr ||
           std::any_of(upon.begin(), upon.end(), [](const Upon* one) {
             using What = Upon::What;
             return one->what == What::Breach || one->what == What::Determination ||
                    one->what == What::ReportOfClause || one->what == What::ReportOfThing ||
                    one->what == What::Notice;
           });
  }

  [[nodiscard]] std::string slice(base::Span span) const {
    return folded(text_.source_text().slice(span));
  }

  // One for each side of phases, otherwise one.
  void add_deeds(ClauseId id) {
    const Clause& clause = agreement_.clause(id);
    std::vector<std::string> words;
    if (clause.form == Form::Phases) {
      for (const agreement::Particular& particular : clause.particulars) {
        if (std::holds_alternative<agreement::Phase>(particular.what)) {
          std::string phase = slice(particular.span);
          words.push_back(phase.starts_with("phase ") ? phase.substr(6) : std::move(phase));
        }
      }
    }
    if (words.empty()) {
      std::string sentence = slice(clause.span);
      sentence = folded(sentence.substr(0, sentence.find(';')));
      if (sentence.starts_with(clause.number)) {
        sentence.erase(0, clause.number.size());
      }
      words.push_back(folded(sentence));
    }
    first_[id.index] = made_.graph.deeds();
    for (const std::string& one : words) {
      made_.graph.add_deed();
      made_.deeds.add({.words = one, .clause = clause.number});
    }
    ends_[id.index] = made_.graph.deeds();
  }

  // All deeds of a clause; one is made for a clause that is no commitment.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> deeds_of(ClauseId id) {
    if (!first_[id.index].has_value()) {
      add_deeds(id);
    }
    return {*first_[id.index], ends_[id.index]};
  }

  void commit(ClauseId id) {
    const Clause& clause = agreement_.clause(id);
    std::vector<CommitmentGraph::Condition> waits;
    const auto wait_for = [&](ClauseId awaited, bool is_exchange) {
      const auto [begin, end] = deeds_of(awaited);
      for (std::uint32_t deed = begin; deed < end; ++deed) {
        waits.push_back({deed, is_exchange});
      }
    };
    for (const agreement::Particular& particular : clause.particulars) {
      if (const auto* upon = std::get_if<Upon>(&particular.what)) {
        add_waits(*upon, wait_for);
      } else if (const auto* from = std::get_if<agreement::From>(&particular.what)) {
        const auto awaited = awaited_by(from->at);
        // `from day 1 of` its own performance waits for nothing.
        if (awaited.has_value() && *awaited != id) {
          wait_for(*awaited, false);
        }
      } else if (const auto* with = std::get_if<agreement::Reciprocally>(&particular.what)) {
        for (const agreement::ClauseRef& ref : with->clauses) {
          wait_for(ref.clause, true);
        }
      }
    }
    const auto [begin, end] = deeds_of(id);
    for (std::uint32_t deed = begin; deed < end; ++deed) {
      std::vector<CommitmentGraph::Condition> conditions = waits;
      for (std::uint32_t other = begin; other < end; ++other) {
        if (other != deed) {
          conditions.push_back({other, true});
        }
      }
      made_.graph.add(deed, conditions);
    }
  }

  template <typename WaitFor>
  void add_waits(const Upon& upon, const WaitFor& wait_for) {
    if (upon.what == Upon::What::Fulfilment) {
      for (const agreement::ClauseRef& ref : upon.clauses) {
        wait_for(ref.clause, false);
      }
    } else if (upon.what == Upon::What::Moment) {
      const auto& expression = agreement_.moments[upon.moment.index].expression;
      if (const auto awaited =
              expression.has_value() ? awaited_by(*expression) : std::optional<ClauseId>()) {
        wait_for(*awaited, false);
      }
    }
  }

  // The clause on whose performance a moment depends, through the moments it is defined by.
  [[nodiscard]] std::optional<ClauseId> awaited_by(const MomentExpression& expression) const {
    const MomentExpression* at = &expression;
    for (std::size_t i = 0; i <= agreement_.moments.size(); ++i) {
      if (at->base == MomentExpression::Base::DayOfClause) {
        return at->clause;
      }
      if (at->base != MomentExpression::Base::Moment ||
          !agreement_.moments[at->moment.index].expression.has_value()) {
        return std::nullopt;
      }
      at = &*agreement_.moments[at->moment.index].expression;
    }
    return std::nullopt;
  }

  // Deeds of clauses that were left out, where no other waits for them.
  void drop_unused() {
    std::vector<bool> is_used(made_.graph.deeds(), false);
    for (std::size_t i = 0; i < made_.graph.size(); ++i) {
      is_used[made_.graph.deed(i)] = true;
      for (const std::uint32_t deed : made_.graph.conditions(i)) {
        is_used[deed] = true;
      }
    }
    std::vector<std::uint32_t> renamed(made_.graph.deeds());
    Commitments kept;
    for (std::uint32_t deed = 0; deed < made_.graph.deeds(); ++deed) {
      if (is_used[deed]) {
        renamed[deed] = kept.graph.add_deed();
        kept.deeds.add(made_.deeds[deed]);
      }
    }
    for (std::size_t i = 0; i < made_.graph.size(); ++i) {
      std::vector<CommitmentGraph::Condition> conditions;
      for (std::size_t place = 0; place < made_.graph.conditions(i).size(); ++place) {
        const CommitmentGraph::Condition condition = made_.graph.condition(i, place);
        conditions.push_back({renamed[condition.deed], condition.is_exchange});
      }
      kept.graph.add(renamed[made_.graph.deed(i)], conditions);
    }
    kept.left_out = std::move(made_.left_out);
    made_ = std::move(kept);
  }

  const Agreement& agreement_;
  const language::SyntaxTree& text_;
  Commitments made_;
  // Of each clause its deeds; none where it has not been asked for.
  std::vector<std::optional<std::uint32_t>> first_;
  std::unordered_map<std::uint32_t, std::uint32_t> ends_;
};

}  // namespace

void DeedList::add(const Deed& deed) {
  letters_ += deed.words;
  const std::size_t words = letters_.size();
  letters_ += deed.clause;
  ends_.push_back({words, letters_.size()});
}

Deed DeedList::operator[](std::size_t deed) const {
  const Ends& ends = ends_[deed + 1];
  const std::size_t begin = ends_[deed].clause;
  const std::string_view letters = letters_;
  return {.words = letters.substr(begin, ends.words - begin),
          .clause = letters.substr(ends.words, ends.clause - ends.words)};
}

std::string to_text(const Deed& deed) {
  return deed.clause.empty() ? std::string(deed.words)
                             : fmt::format("{} {}", deed.clause, deed.words);
}

Commitments commitments_in(const agreement::Agreement& agreement,
                           const language::SyntaxTree& text) {
  return TextReader(agreement, text).read();
}

}  // namespace truce::talks
