// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv.h"

#include <algorithm>
#include <utility>

#include "truce/base/utf8.h"

namespace truce::encoding {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_line_end(char letter) { return letter == '\n' || letter == '\r'; }

bool is_plain_number(std::string_view text) {
  const auto is_of_number = [](char letter) {
    return (letter >= '0' && letter <= '9') || letter == '.';
  };
  text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_of_number);
}

bool looks_like_formula(std::string_view field) {
  if (field.empty() || std::string_view("=+-@\t\r").find(field.front()) == std::string_view::npos) {
    return false;
  }
  return (field.front() != '-' && field.front() != '+') || !is_plain_number(field);
}

}  // namespace

// A field as it was read: either a slice of the text, or a slice of `unescaped_`.
struct CsvReader::Piece {
  std::size_t offset = 0;
  std::size_t begin = 0;
  std::size_t size = 0;
  bool is_unescaped = false;
};

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with(kByteOrderMark)) {
    at_ = kByteOrderMark.size();
  }
}

void CsvReader::go_to(std::size_t at, std::uint64_t line) {
  at_ = at;
  line_ = line;
}

const CsvRow* CsvReader::next() {
  while (at_ < text_.size() && is_line_end(text_[at_])) {
    skip_line_end();
  }
  if (at_ >= text_.size()) {
    return nullptr;
  }
  read_row();
  return &row_;
}

void CsvReader::read_row() {
  row_begin_ = at_;
  row_.line = line_;
  row_.fields.clear();
  row_.problem.reset();
  unescaped_.clear();
  std::vector<Piece> pieces;
  pieces.reserve(48);
  while (true) {
    pieces.push_back(read_field());
    if (row_.problem) {
      // Only the line on which the row began is lost.
      at_ = end_of_line(row_begin_);
      break;
    }
    if (at_ >= text_.size() || text_[at_] != ',') {
      break;
    }
    ++at_;
  }
  row_.raw = text_.substr(row_begin_, at_ - row_begin_);
  for (const Piece& piece : pieces) {
    const std::string_view whole = piece.is_unescaped ? std::string_view(unescaped_) : text_;
    row_.fields.push_back({whole.substr(piece.begin, piece.size), piece.offset});
  }
  if (!row_.problem) {
    const std::size_t invalid = base::first_invalid_utf8(row_.raw);
    const std::size_t nul = row_.raw.find('\0');
    if (invalid < row_.raw.size()) {
      note_problem(row_begin_ + invalid, "bytes that are not UTF-8; name the file's encoding");
    } else if (nul != std::string_view::npos) {
      note_problem(row_begin_ + nul, "a NUL byte");
    }
  }
  line_ += static_cast<std::uint64_t>(position(at_).line) - row_.line;
  skip_line_end();
}

CsvReader::Piece CsvReader::read_field() {
  if (at_ < text_.size() && text_[at_] == '"') {
    return read_quoted_field();
  }
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != ',' && !is_line_end(text_[at_])) {
    ++at_;
  }
  return {begin, begin, at_ - begin, false};
}

CsvReader::Piece CsvReader::read_quoted_field() {
  const std::size_t opening = at_;
  const std::size_t unescaped_begin = unescaped_.size();
  std::size_t from = opening + 1;
  bool has_doubled = false;
  while (true) {
    const std::size_t quote = text_.find('"', from);
    if (quote == std::string_view::npos || quote - opening > kLongestQuotedField) {
      note_problem(opening, "a quote is opened and never closed");
      return {opening, opening, 0, false};
    }
    const bool is_doubled = quote + 1 < text_.size() && text_[quote + 1] == '"';
    if (is_doubled || has_doubled) {
      unescaped_.append(text_, from, quote - from + (is_doubled ? 1 : 0));
    }
    if (is_doubled) {
      has_doubled = true;
      from = quote + 2;
      continue;
    }
    at_ = quote + 1;
    if (at_ < text_.size() && text_[at_] != ',' && !is_line_end(text_[at_])) {
      note_problem(at_, "text after a closing quote; a quote inside a field is written twice");
    }
    if (has_doubled) {
      return {opening, unescaped_begin, unescaped_.size() - unescaped_begin, true};
    }
    return {opening, opening + 1, quote - opening - 1, false};
  }
}

void CsvReader::skip_line_end() {
  if (at_ >= text_.size()) {
    return;
  }
  const bool is_crlf = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
  at_ += is_crlf ? 2 : 1;
  ++line_;
}

void CsvReader::note_problem(std::size_t offset, std::string message) {
  row_.problem = CsvProblem{offset, std::move(message)};
}

std::size_t CsvReader::end_of_line(std::size_t from) const {
  while (from < text_.size() && !is_line_end(text_[from])) {
    ++from;
  }
  return from;
}

base::Position CsvReader::position(std::size_t offset) const {
  auto line = static_cast<std::uint32_t>(row_.line);
  std::size_t line_begin = row_begin_;
  const std::size_t end = std::min(offset, text_.size());
  for (std::size_t at = row_begin_; at < end; ++at) {
    const bool is_crlf = text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
    if (is_line_end(text_[at]) && !is_crlf) {
      ++line;
      line_begin = at + 1;
    }
  }
  const std::size_t length = end > line_begin ? end - line_begin : 0;
  const std::size_t letters = base::count_code_points(text_.substr(line_begin, length));
  return {line, static_cast<std::uint32_t>(letters + 1)};
}

std::string to_csv_field(std::string_view field, const CsvWriteOptions& options) {
  std::string text(field);
  if (options.are_formulas_made_safe && looks_like_formula(field)) {
    text.insert(0, 1, '\'');
  }
  const bool has_outer_space = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  // At the front of a file a reader would drop the mark.
  const bool has_mark = text.starts_with(kByteOrderMark);
  if (text.find_first_of(",\"\r\n") == std::string::npos && !has_outer_space && !has_mark) {
    return text;
  }
  std::string quoted = "\"";
  for (const char letter : text) {
    quoted.append(letter == '"' ? 2 : 1, letter);
  }
  return quoted + '"';
}

std::string to_csv_row(std::span<const std::string> fields, const CsvWriteOptions& options) {
  std::string row;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    row += at == 0 ? "" : ",";
    row += to_csv_field(fields[at], options);
  }
  // A row of one empty field would be an empty line, which readers pass over.
  return fields.size() == 1 && row.empty() ? "\"\"\n" : row + '\n';
}

}  // namespace truce::encoding
