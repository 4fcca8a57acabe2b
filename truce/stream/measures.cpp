// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/measures.h"

#include <algorithm>

namespace truce::stream::internal {
namespace {

constexpr std::uint64_t kSmall = 1024;

}  // namespace

Measures::Measures(const agreement::Agreement& agreement) {
  for (const agreement::Kind& kind : agreement.vocabulary.kinds) {
    if (kind.test) {
      add(*kind.test);
    }
    for (const agreement::Kind::Part& part : kind.definition) {
      if (part.test) {
        add(*part.test);
      }
    }
  }
  for (const agreement::Situation& situation : agreement.situations) {
    if (const auto* occurrence = std::get_if<agreement::Occurrence>(&situation.what)) {
      add(*occurrence);
    } else if (const auto* frequency = std::get_if<agreement::Frequency>(&situation.what)) {
      add(frequency->occasion);
    } else if (const auto* response = std::get_if<agreement::Response>(&situation.what)) {
      add(response->on);
    }
  }
  for (const agreement::Clause& clause : agreement.clauses) {
    add(clause.act);
    for (const agreement::Particular& particular : clause.particulars) {
      add(particular);
    }
  }
  std::sort(bounds_.begin(), bounds_.end());
  bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
  small_.push_back(0);
  for (std::uint64_t value = 0; value < kSmall; ++value) {
    small_.push_back(class_of(static_cast<double>(value)));
  }
}

// A report may give it in another unit of the same kind: all of them are powers of ten apart.
void Measures::add(const agreement::MeasureTest& test) {
  for (const double power : {0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0}) {
    // By either way to work it out, which may differ in the last place.
    bounds_.push_back(test.value * power);
    bounds_.push_back(test.value / (1 / power));
  }
}

void Measures::add(const agreement::Noun& noun) {
  if (noun.test) {
    add(*noun.test);
  }
  for (const agreement::Noun& owner : noun.owner) {
    add(owner);
  }
}

void Measures::add(const agreement::Nouns& nouns) {
  for (const agreement::Noun& noun : nouns.items) {
    add(noun);
  }
}

void Measures::add(const agreement::Act& act) {
  add(act.object);
  for (const agreement::Complement& complement : act.complements) {
    add(complement.nouns);
  }
}

void Measures::add(const agreement::Occurrence& occurrence) {
  add(occurrence.act);
  for (const agreement::Exception& exception : occurrence.exceptions) {
    add(exception.nouns);
  }
}

void Measures::add(const agreement::Particular& particular) {
  if (const auto* exception = std::get_if<agreement::Exception>(&particular.what)) {
    add(exception->nouns);
  } else if (const auto* whenever = std::get_if<agreement::Whenever>(&particular.what)) {
    add(whenever->what);
  } else if (const auto* in_place = std::get_if<agreement::InPlace>(&particular.what)) {
    add(in_place->places);
  }
}

}  // namespace truce::stream::internal
