// SPDX-License-Identifier: Apache-2.0
// Each form of sentence, on agreements centred on it: the engine gives what the interpreter gives.
#include "tests/properties/forms_property.h"

#include <string>

#include "tests/support/effort.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

constexpr std::uint64_t kTraces = 500;

class Forms : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Forms, AreJudgedAsTheInterpreterDoes) {
  expect_agreement(sentence_forms()[GetParam()], 0, cases(kTraces));
}

INSTANTIATE_TEST_SUITE_P(Sentence, Forms, ::testing::Range<std::size_t>(0, sentence_forms().size()),
                         [](const auto& tested) {
                           return std::string(sentence_forms()[tested.param].name);
                         });

}  // namespace
}  // namespace truce::testing
