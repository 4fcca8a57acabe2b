// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/document/treaty.h"
#include "truce/encoding/geojson.h"
#include "truce/prose/text.h"

namespace truce::document::internal {

/// One thing that stands under the other in the treaty document.
struct Block {
  enum class What : std::uint8_t {
    Title,
    Centred,  // date, who agrees
    Draft,    // that it is not agreed, and whose the brackets are
    Article,  // a heading: number in `label`, title in `text`
    Group,    // a heading within an article
    Definition,
    Clause,
    Sentence,  // of the final clauses
    Remark,    // what is said of a passage and is not part of it
    Map,       // a drawing: the index of its annex in `map`
    About,
  };
  What what = What::Sentence;
  std::string label;
  prose::Text text;
  std::vector<prose::Text> items;
  std::vector<prose::Text> more;
  // Wording of the Parties, and what is known of it.
  std::string mark;
  // Lines of the keys to brackets, of the annexes, of the last part.
  std::vector<std::string> lines;
  std::size_t map = 0;
  // The names that stand on it, one for each feature.
  std::vector<std::string> names;
};

/// A drawing of an annex.
struct Drawing {
  struct Feature {
    std::string place;
    encoding::GeoJsonFeature shape;
  };
  std::string annex;
  std::vector<Feature> features;
  // The files they stand in.
  std::vector<std::string> files;
};

/// The blocks of a document in one language. Documents of one treaty in different languages have
/// the same blocks in the same order.
struct Document {
  std::string language;
  bool is_right_to_left = false;
  std::string letters;
  std::string semicolon;
  std::string stop;
  std::string title;
  std::vector<Block> blocks;
};

std::vector<Drawing> drawings_of(const Treaty& treaty);
Document document_in(const Treaty& treaty, const prose::Lexicon& lexicon,
                     const std::vector<Drawing>& drawings);

}  // namespace truce::document::internal
