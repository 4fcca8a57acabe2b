// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// Names that change and groups that join: who a name stood for, and when. A CSV file with the
/// header `name,actor,relation,from,to,source,note`; `relation` is `alias`, `member` or
/// `fights with`; `from` and `to` (exclusive) are dates, empty for open; `actor` may be a set.
class ActorBook {
 public:
  struct Entry {
    std::string name;
    NameSet actors;
    enum class Relation : std::uint8_t { Alias, Member, FightsWith } relation = Relation::Alias;
    base::TimeRange when;
    std::string source;
    std::string note;
    std::uint64_t line = 0;
  };

  /// Fails with InvalidArgument naming line and column of the first bad row.
  static base::Result<ActorBook> read(std::string_view file_name, std::string_view text,
                                      base::Duration clock_offset);

  /// Whom `name` may have stood for at some moment of `when`: the union of the entries that
  /// overlap it, letter case and spacing folded. Empty optional: the book does not know the name
  /// at that time.
  [[nodiscard]] std::optional<NameSet> look_up(std::string_view name, base::TimeRange when) const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  // From a folded name to its entries.
  std::map<std::string, std::vector<std::size_t>> by_name_;
};

}  // namespace truce::incidents
