// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/internal/separate_sorter.h"

#include "truce/incidents/names.h"

namespace truce::workbench::internal {

Sorter::Sorter(const std::vector<std::string>& sides, const incidents::ActorBook& book)
    : book_(&book) {
  for (const std::string& side : sides) {
    sides_.push_back(incidents::fold_name(side));
  }
}

Sorted Sorter::sort(const separation::Observation& seen) const {
  if (seen.actor.is_unknown()) {
    return {.whose = Sorted::Whose::Doubtful};
  }
  std::vector<std::size_t> of_side(sides_.size(), 0);
  std::size_t all = 0;
  std::size_t of_any = 0;
  for (const std::string& name : seen.actor.names) {
    const auto meant = book_->look_up(name, {seen.at, seen.at + base::Duration{1}});
    for (const std::string& actor : meant ? meant->names : std::vector<std::string>{name}) {
      const std::string folded = incidents::fold_name(incidents::bare_name(actor));
      ++all;
      for (std::size_t side = 0; side < sides_.size(); ++side) {
        of_side[side] += folded == sides_[side] ? 1 : 0;
        of_any += folded == sides_[side] ? 1 : 0;
      }
    }
  }
  if (of_any == 0) {
    return {.whose = Sorted::Whose::OfNone};
  }
  // Of several that are there together, one of a side is enough.
  const bool is_one_enough = seen.actor.joining == incidents::NameSet::Joining::AllOf;
  for (std::size_t side = 0; side < sides_.size(); ++side) {
    if (of_side[side] == all || (is_one_enough && of_side[side] == of_any)) {
      return {.whose = Sorted::Whose::OfSide, .side = side};
    }
  }
  return {.whose = Sorted::Whose::Doubtful};
}

std::vector<separation::Belonging> Sorter::belongings(const separation::PresenceReading& reading,
                                                      std::size_t first, std::size_t second) const {
  using separation::Belonging;
  std::vector<Belonging> found;
  found.reserve(reading.observations.size());
  for (const separation::Observation& seen : reading.observations) {
    const Sorted sorted = sort(seen);
    const bool is_of_side = sorted.whose == Sorted::Whose::OfSide;
    found.push_back(sorted.whose == Sorted::Whose::Doubtful ? Belonging::Doubtful
                    : is_of_side && sorted.side == first    ? Belonging::First
                    : is_of_side && sorted.side == second   ? Belonging::Second
                                                            : Belonging::Neither);
  }
  return found;
}

}  // namespace truce::workbench::internal
