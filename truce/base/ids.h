// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace truce::base {

/// The index of a thing in the vector that owns it. `Tag` keeps ids of different things apart.
template <typename Tag>
struct Id {
  std::uint32_t index = 0;

  friend auto operator<=>(const Id&, const Id&) = default;
};

/// The id of element `position` of a vector.
template <typename AnyId>
AnyId id_at(std::size_t position) {
  return AnyId{static_cast<std::uint32_t>(position)};
}

}  // namespace truce::base

template <typename Tag>
struct std::hash<truce::base::Id<Tag>> {
  std::size_t operator()(truce::base::Id<Tag> id) const noexcept { return id.index; }
};
