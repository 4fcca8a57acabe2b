// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"

namespace truce::daily::internal {

enum class TextStyle : std::uint8_t { Title, Heading, Lead, Body, Small };

/// What stands before a text beside its colour: shapes that differ in print and to every eye.
enum class Mark : std::uint8_t { None, Broken, Contested, Unknown, Kept };

struct Cell {
  std::string text;
  Mark mark = Mark::None;
  bool is_strong = false;
};

struct Row {
  std::vector<Cell> cells;
  // The first cell goes across the whole table; a strong one is shaded and begins a part.
  bool is_band = false;
};

struct Table {
  // Shares of the width, together 1; one for each column.
  std::vector<double> widths;
  // Repeated on each page that the table reaches.
  std::vector<std::string> header;
  std::vector<Row> rows;
};

struct SheetOptions {
  bool is_right_to_left = false;
  // Code of the language, which chooses the forms of letters.
  std::string language;
  std::string title;
  // Stands in the file as the time it was made.
  base::Instant made_at;
};

/// A4 pages that are filled from top to bottom and then written as PDF. The same calls give the
/// same bytes: nothing is read but the pinned fonts.
class Sheet {
 public:
  /// Fails with NotFound where a font is missing, and names its package.
  static base::Result<Sheet> begin(const SheetOptions& options);
  Sheet(Sheet&& other) noexcept;
  Sheet& operator=(Sheet&& other) noexcept;
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;
  ~Sheet();

  void text(TextStyle style, const std::string& text, Mark mark = Mark::None);
  void table(const Table& table);
  /// `footer`: what stands below page n of so many. Fails with Io where the PDF cannot be made.
  base::Result<std::string> finish(
      const std::function<std::string(std::size_t, std::size_t)>& footer);

 private:
  class Impl;
  explicit Sheet(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace truce::daily::internal
