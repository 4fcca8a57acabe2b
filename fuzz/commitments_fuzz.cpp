// SPDX-License-Identifier: Apache-2.0
// Any bytes are a list of commitments, or an error that names the place; what was read has an order
// in which no deed stands before one it waits for.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truce/base/check.h"
#include "truce/talks/commitments.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace talks = truce::talks;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto read = talks::read_commitments("fuzz", input);
  if (!read) {
    TRUCE_CHECK(read.error().message.starts_with("fuzz:"), "an error names no place");
    return 0;
  }
  TRUCE_CHECK(read->deeds.size() == read->graph.deeds() && read->graph.size() > 0,
              "the deeds are not those of the graph");
  const talks::Order order = talks::find_order(read->graph, 10'000);
  TRUCE_CHECK(order.count_following() <= order.count_possible(), "less is possible than follows");
  for (std::size_t i = 0; i < read->graph.size(); ++i) {
    bool is_fulfilled = true;
    for (const std::uint32_t deed : read->graph.conditions(i)) {
      is_fulfilled = is_fulfilled && order.step[deed] != 0;
    }
    TRUCE_CHECK(!is_fulfilled || order.step[read->graph.deed(i)] != 0,
                "a commitment is not kept though all its conditions are done");
  }
  for (const talks::WaitingCircle& circle : order.circles) {
    TRUCE_CHECK(!circle.witness.empty() && circle.at_least <= circle.guarantees.size(),
                "a circle has no witness, or its bound is above what was found");
  }
  return 0;
}
