// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/vocabulary.h"

#include <algorithm>

namespace truce::agreement {
namespace {

// The kinds reached from `start` by `next(kind)`, `start` first. Circles are walked once.
template <typename Next>
std::vector<KindId> reachable(std::size_t kind_count, KindId start, const Next& next) {
  std::vector<bool> is_seen(kind_count, false);
  std::vector<KindId> found{start};
  is_seen[start.index] = true;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (KindId other : next(found[i])) {
      if (!is_seen[other.index]) {
        is_seen[other.index] = true;
        found.push_back(other);
      }
    }
  }
  return found;
}

}  // namespace

std::string_view to_text(Preposition preposition) {
  switch (preposition) {
    case Preposition::Object:
      return "";
    case Preposition::With:
      return "with";
    case Preposition::To:
      return "to";
    case Preposition::From:
      return "from";
    case Preposition::Into:
      return "into";
    case Preposition::Over:
      return "over";
    case Preposition::Along:
      return "along";
    case Preposition::AwayFrom:
      return "away from";
    case Preposition::Through:
      return "through";
    case Preposition::On:
      return "on";
    case Preposition::In:
      return "in";
    case Preposition::Between:
      return "between";
    case Preposition::Against:
      return "against";
    case Preposition::For:
      return "for";
  }
  return "";
}

const Role* Verb::role(Preposition preposition) const {
  for (const Role& role : roles) {
    if (role.preposition == preposition) {
      return &role;
    }
  }
  return nullptr;
}

KindId Vocabulary::add_kind(Kind kind) {
  const auto id = base::id_at<KindId>(kinds.size());
  kinds_by_name_[kind.name] = id;
  for (const std::string& other : kind.also) {
    kinds_by_name_[other] = id;
  }
  kinds.push_back(std::move(kind));
  is_of_.clear();
  return id;
}

VerbId Vocabulary::add_verb(Verb verb) {
  const auto id = base::id_at<VerbId>(verbs.size());
  verbs_by_form_.emplace(verb.name, id);
  for (const std::string& form : verb.forms) {
    verbs_by_form_.emplace(form, id);
  }
  verbs.push_back(std::move(verb));
  return id;
}

std::optional<KindId> Vocabulary::find_kind(std::string_view word) const {
  const std::string key(word);
  auto found = kinds_by_name_.find(key);
  if (found == kinds_by_name_.end() && !key.empty()) {
    // `Convoy` for `Convoys` and the other way round; a word that ends in ss is no plural.
    if (key.back() != 's') {
      found = kinds_by_name_.find(key + "s");
    } else if (!key.ends_with("ss")) {
      found = kinds_by_name_.find(key.substr(0, key.size() - 1));
    }
  }
  if (found == kinds_by_name_.end()) {
    return std::nullopt;
  }
  return found->second;
}

std::optional<VerbId> Vocabulary::find_verb(std::string_view form) const {
  const auto found = verbs_by_form_.find(std::string(form));
  if (found == verbs_by_form_.end()) {
    return std::nullopt;
  }
  return found->second;
}

void Vocabulary::relate_kinds() {
  is_of_.clear();
  std::vector<std::vector<bool>> is_of(kinds.size(), std::vector<bool>(kinds.size()));
  const auto parents = [&](KindId id) -> const std::vector<KindId>& {
    return kinds[id.index].parents;
  };
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    for (const KindId above : reachable(kinds.size(), base::id_at<KindId>(i), parents)) {
      is_of[i][above.index] = true;
    }
  }
  is_of_ = std::move(is_of);
}

bool Vocabulary::is_kind_of(KindId kind, KindId other) const {
  if (kind == other) {
    return true;
  }
  if (!is_of_.empty()) {
    return is_of_[kind.index][other.index];
  }
  const auto parents = [&](KindId id) -> const std::vector<KindId>& {
    return kinds[id.index].parents;
  };
  const std::vector<KindId> above = reachable(kinds.size(), kind, parents);
  return std::find(above.begin(), above.end(), other) != above.end();
}

std::vector<KindId> Vocabulary::with_descendants(KindId kind) const {
  std::vector<bool> is_below(kinds.size(), false);
  is_below[kind.index] = true;
  // Parents mostly stand before their children, so that one more round sees that nothing is left.
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const auto& parents = kinds[i].parents;
      if (!is_below[i] && std::any_of(parents.begin(), parents.end(),
                                      [&](KindId parent) { return is_below[parent.index]; })) {
        is_below[i] = is_changed = true;
      }
    }
  }
  std::vector<KindId> found;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (is_below[i]) {
      found.push_back(base::id_at<KindId>(i));
    }
  }
  return found;
}

}  // namespace truce::agreement
