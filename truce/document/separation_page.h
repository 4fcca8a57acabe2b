// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/quantity.h"
#include "truce/base/time.h"
#include "truce/separation/plan.h"

namespace truce::document {

/// What a page about separation is made from. The parts pointed to must outlive it.
struct SeparationPage {
  const agreement::Agreement* text = nullptr;
  std::array<std::string, 2> sides;
  base::Metres distance;
  std::optional<base::Duration> half_life;
  const separation::PresenceReading* reading = nullptr;
  const std::vector<separation::Demand>* demands = nullptr;
  const separation::Plan* plan = nullptr;
  // Before what was tried; null where nothing is.
  const separation::Plan* before = nullptr;
  std::vector<std::string> edits;
  std::vector<separation::IndexWindow> windows;
};

/// One HTML file that asks for nothing and has no script: the index with its band and over time, a
/// map of the line, the belts and those who must move, and all of it as tables. Of positions it
/// shows those that must move and no other, in file order. The same plan gives the same bytes.
std::string separation_html(const SeparationPage& page);

}  // namespace truce::document
