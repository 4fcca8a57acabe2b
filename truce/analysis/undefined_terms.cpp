// SPDX-License-Identifier: Apache-2.0
// N01: a name, or a clause, that stands nowhere in the text.
#include <algorithm>
#include <map>

#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::Noun;

// The names of one clause that nobody declared, in order of writing.
class Names {
 public:
  struct Use {
    std::string name;
    base::Span span;
    const agreement::Particular* particular = nullptr;
  };

  explicit Names(const Clause& clause) {
    for (const agreement::Agent& agent : clause.subject.agents) {
      see(agent);
    }
    see(clause.act);
    for (const agreement::Agent& agent : clause.phase_agents) {
      see(agent);
    }
    for (const agreement::Particular& particular : clause.particulars) {
      particular_ = &particular;
      std::visit([this](const auto& what) { see(what); }, particular.what);
    }
  }

  [[nodiscard]] const std::vector<Use>& uses() const { return uses_; }

 private:
  void add(const std::string& name, base::Span span) { uses_.push_back({name, span, particular_}); }
  void see(const agreement::Agent& agent) {
    if (agent.who == agreement::Agent::Who::Undefined) {
      add(agent.text, agent.span);
    }
  }
  void see(const Noun& noun) {
    if (noun.head == Noun::Head::Undefined) {
      add(noun.text, noun.span);
    } else if (noun.head == Noun::Head::Agent) {
      see(noun.agent);
    }
    see(noun.owner);
  }
  template <typename Part>
  void see(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      see(part);
    }
  }
  void see(const agreement::Nouns& nouns) { see(nouns.items); }
  void see(const agreement::Act& act) {
    see(act.object);
    for (const agreement::Complement& complement : act.complements) {
      see(complement.nouns);
    }
  }
  void see(const agreement::MomentExpression& moment) {
    if (moment.base == agreement::MomentExpression::Base::Undefined) {
      add(base_name(moment), moment.span);
    }
  }
  void see(const agreement::Deadline& deadline) {
    if (deadline.moment.has_value()) {
      see(*deadline.moment);
    }
  }
  void see(const agreement::Condition& condition) {
    if (!condition.situation.has_value()) {
      add(condition.text, condition.span);
    }
  }
  void see(const agreement::InPlace& what) { see(what.places); }
  void see(const agreement::From& what) { see(what.at); }
  void see(const agreement::Until& what) { see(what.at); }
  void see(const agreement::Due& what) { see(what.deadline); }
  void see(const agreement::Start& what) { see(what.deadline); }
  void see(const agreement::Finish& what) { see(what.deadline); }
  void see(const agreement::If& what) { see(what.condition); }
  void see(const agreement::While& what) { see(what.condition); }
  void see(const agreement::Unless& what) { see(what.condition); }
  void see(const agreement::Upon& what) {
    if (what.what == agreement::Upon::What::Undefined && !what.text.empty()) {
      add(what.text, particular_->span);
    }
    see(what.things);
    see(what.agents);
  }
  void see(const agreement::Whenever& what) {
    see(what.what.subject.agents);
    see(what.what.act);
    see(what.what.exceptions);
  }
  void see(const agreement::Exception& what) {
    if (what.what == agreement::Exception::What::InSituation && !what.situation.has_value()) {
      add(what.text, particular_->span);
    }
    see(what.nouns);
  }
  void see(const agreement::Renewable& what) { see(what.agents); }
  void see(const agreement::Monitored& what) {
    see(what.agents);
    see(what.means);
    if (what.from.has_value()) {
      see(*what.from);
    }
  }
  void see(const agreement::Determined& what) { see(what.agents); }
  void see(const agreement::Ensured& what) { see(what.agents); }
  void see(const agreement::Phase& what) {
    see(what.agents);
    see(what.act);
  }
  // The others hold no names.
  template <typename Other>
  void see(const Other&) {}

  std::vector<Use> uses_;
  const agreement::Particular* particular_ = nullptr;
};

bool is_inside(base::Span inner, base::Span outer) {
  return inner.source == outer.source && outer.begin <= inner.begin && inner.end <= outer.end;
}

// References to clauses that do not exist were reported while reading, and dropped.
void find_missing_clauses(Search& search) {
  for (const diagnostics::Diagnostic& diagnostic : search.sink.all()) {
    if (diagnostic.kind != diagnostics::Kind::UnknownClause || diagnostic.arguments.empty()) {
      continue;
    }
    Finding finding{.code = Code::N01};
    for (const ClauseId id : search.draft.clauses()) {
      for (const agreement::Particular& particular : search.clause(id).particulars) {
        if (is_inside(diagnostic.span, particular.span)) {
          point_at(finding, search.draft, id, particular, "refers to it");
        }
      }
      if (finding.clauses.empty() && is_inside(diagnostic.span, search.clause(id).span)) {
        about(finding, search.draft, id, "refers to it", true);
      }
    }
    if (finding.clauses.empty()) {
      continue;
    }
    finding.message = say("there is no clause {}", diagnostic.arguments[0]);
    finding.key = diagnostic.arguments[0];
    search.findings.push_back(std::move(finding));
  }
}

}  // namespace

void find_undefined_terms(Search& search) {
  std::map<std::string, Finding> by_name;
  std::vector<std::string> order;
  for (const ClauseId id : search.draft.clauses()) {
    const Names names(search.clause(id));
    for (const Names::Use& use : names.uses()) {
      const auto [place, is_new] = by_name.try_emplace(use.name);
      Finding& finding = place->second;
      if (is_new) {
        order.push_back(use.name);
        finding.code = Code::N01;
        finding.key = use.name;
        finding.message = say("`{}` is declared nowhere", use.name);
        finding.outcome = say("Each side may say later whom or what it meant.");
      }
      if (use.particular != nullptr) {
        point_at(finding, search.draft, id, *use.particular, "uses it");
        finding.labels.pop_back();
      } else {
        about(finding, search.draft, id, "", false);
        finding.labels.pop_back();
      }
      if (finding.labels.empty()) {
        finding.span = use.span;
      }
      finding.labels.push_back({use.span, is_new ? "nobody says what it is" : "", is_new});
    }
  }
  for (const std::string& name : order) {
    search.findings.push_back(std::move(by_name[name]));
  }
  find_missing_clauses(search);
}

}  // namespace truce::analysis::internal
