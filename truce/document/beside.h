// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/time.h"
#include "truce/document/record.h"

namespace truce::document {

/// What becomes of one incident under one text: the most serious that any clause gives, `None`
/// where no clause speaks of it, `Absent` where the text's record does not hold it.
enum class Standing : std::uint8_t { Broken, Contested, Unknown, Kept, None, Absent };

/// `broken`, `contested`, `unknown`, `kept`, `none`, `absent`.
std::string_view to_text(Standing standing);

/// What two texts make of one incident together.
enum class Combination : std::uint8_t {
  BrokenUnderBoth,
  BrokenUnderFirst,
  BrokenUnderSecond,
  // Broken under neither, contested under one at least.
  Disputed,
  // Neither broken nor contested, unknown under one at least.
  Undecided,
  Neither,
};
constexpr std::size_t kCombinations = 6;

/// `broken_under_both`, `broken_under_first`, …
std::string_view to_text(Combination combination);

/// One incident under one text.
struct UnderText {
  Standing standing = Standing::Absent;
  // Clauses and bearers that give it, as `1.1` and `Government`, in order of the verdicts.
  struct Part {
    std::string clause;
    std::string bearer;
  };
  std::vector<Part> parts;
};

struct BesideRow {
  std::string incident;
  // The hull of the times of all accounts.
  base::TimeRange when;
  std::string place;
  UnderText first;
  UnderText second;
  Combination combination = Combination::Neither;
};

/// Two texts on the same incidents. Institutional acts are no incidents here: each text gives them
/// their own effect.
struct Beside {
  std::array<std::string, 2> titles;
  std::array<std::string, 2> digests;
  // That of the first text, on which times are shown.
  base::Duration clock_offset;
  // In bytewise order of the incidents.
  std::vector<BesideRow> rows;
  // By Combination.
  std::array<std::uint64_t, kCombinations> counts{};
  std::uint64_t acts = 0;
  // What each text made of the rows: how many were read and skipped, and what it does not know.
  std::array<std::string, 2> data;
};

Beside beside_of(const Record& first, const Record& second);

/// For a terminal, at most `width` columns wide where the words allow; incidents under neither text
/// are counted and not listed. `names`: what each text is called, such as its path.
std::string to_text(const Beside& beside, const std::array<std::string, 2>& names,
                    std::size_t width);
/// One row for each incident, cells that begin with a formula character made safe.
std::string to_csv(const Beside& beside);

}  // namespace truce::document
