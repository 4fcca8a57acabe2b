// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "truce/prose/internal/narrator.h"

namespace truce::prose::internal {

/// A particular, told, and where in the paragraph it stands.
struct Told {
  enum class Where : std::uint8_t {
    Lead,       // before the sentence
    Place,      // `in …`
    Interval,   // `at intervals of …`
    Tail,       // behind the act
    Bounds,     // beginning and end, joined
    Except,     // a disputed exception, its `except` with it
    Exception,  // what stands behind `except`
    Sentence,   // a sentence of its own
    Phase,      // a step
    Nowhere,    // notes and texts by hand
  };
  Where where = Where::Nowhere;
  // Within its place.
  int rank = 0;
  Part part;
};

/// The particulars of a clause, those in one bracket as one, in order of their places.
std::vector<Told> tell_particulars(Narrator& narrator, const agreement::Clause& clause);

/// The act with the number of who does it, on which its verb and `its` depend.
Part agreeing(Part act, const Part& subject);

/// `except against X`, without the word except.
Part tell_exception(Narrator& narrator, const agreement::Exception& exception);

}  // namespace truce::prose::internal
