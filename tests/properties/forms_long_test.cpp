// SPDX-License-Identifier: Apache-2.0
// The comparison of forms_property_test.cpp on 20,000 traces of each form.
#include <string>

#include "tests/properties/forms_property.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

constexpr std::uint64_t kTraces = 20'000;

class FormsLong : public ::testing::TestWithParam<std::size_t> {};

TEST_P(FormsLong, AreJudgedAsTheInterpreterDoes) {
  expect_agreement(sentence_forms()[GetParam()], 1'000'000, kTraces);
}

INSTANTIATE_TEST_SUITE_P(Sentence, FormsLong,
                         ::testing::Range<std::size_t>(0, sentence_forms().size()),
                         [](const auto& tested) {
                           return std::string(sentence_forms()[tested.param].name);
                         });

}  // namespace
}  // namespace truce::testing
