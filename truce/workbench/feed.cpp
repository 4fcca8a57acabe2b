// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/internal/feed.h"

#include <utility>

#include <fmt/format.h>

#include "truce/encoding/csv_feed.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Done bytes are dropped from the front in steps, so that each is moved seldom.
constexpr std::size_t kDoneAtMost = std::size_t{1} << 16U;

bool is_table(incidents::Format format) {
  return format != incidents::Format::GeoJson && format != incidents::Format::Kml;
}

std::string_view without_line_end(std::string_view row) {
  const std::size_t begin = row.find_first_not_of("\r\n");
  const std::size_t end = row.find_last_not_of("\r\n");
  return begin == std::string_view::npos ? std::string_view() : row.substr(begin, end - begin + 1);
}

}  // namespace

Feed::Feed(IncidentInputs inputs, IncidentFile file, base::Duration offset)
    : inputs_(std::move(inputs)), file_(std::move(file)), offset_(offset) {}

void Feed::begin_file() {
  waiting_.clear();
  done_ = 0;
  lines_ = 0;
  may_begin_with_header_ = true;
}

std::string_view Feed::waiting() const { return std::string_view(waiting_).substr(done_); }

void Feed::drop(std::size_t bytes) {
  done_ += bytes;
  if (done_ > kDoneAtMost) {
    waiting_.erase(0, done_);
    done_ = 0;
  }
}

// A document has no rows, and would be waited for in vain.
base::Result<void> Feed::refuse_documents(bool is_end) const {
  std::string_view begin = waiting();
  if (begin.starts_with(kByteOrderMark)) {
    begin.remove_prefix(kByteOrderMark.size());
  }
  const std::size_t first = begin.find_first_not_of(" \t\r\n");
  const bool is_document =
      first != std::string_view::npos && (begin[first] == '{' || begin[first] == '<');
  if (is_document || begin.starts_with("PK\x03\x04") ||
      (file_.format && !is_table(*file_.format))) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("--follow: {} is no table, so no row can be added to it; leave "
                                   "--follow out",
                                   file_.path)};
  }
  if (is_end && first == std::string_view::npos) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: there is no header; the file is empty", file_.path)};
  }
  return {};
}

// Whether the row is a header; otherwise it is data under the header of the file before.
base::Result<bool> Feed::take_header(std::string_view row) {
  std::string header(row);
  if (header.starts_with(kByteOrderMark)) {
    header.erase(0, kByteOrderMark.size());
  }
  header = without_line_end(header);
  if (!header_.empty() && header == header_) {
    return true;
  }
  auto options = choose_reading(inputs_, file_, header, offset_);
  if (!options) {
    return header_.empty() ? base::Result<bool>(options.error()) : base::Result<bool>(false);
  }
  if (!is_table(options->format.value_or(incidents::Format::Truce))) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("--follow: {} is no table; leave --follow out", file_.path)};
  }
  // A mapped format takes any row for a header: it is tried on the header itself.
  incidents::Reading none;
  if (auto read = incidents::read_reports(file_.path, header, *options, none); !read) {
    return header_.empty() ? base::Result<bool>(read.error()) : base::Result<bool>(false);
  }
  header_ = std::move(header);
  options_ = std::move(options).value();
  // A bad row is refused here, where its line is known.
  options_->is_strict = false;
  return true;
}

base::Result<void> Feed::resume(const std::string& header, std::uint64_t lines) {
  if (auto taken = take_header(header); !taken) {
    return taken.error();
  }
  lines_ = lines;
  may_begin_with_header_ = lines == 0;
  return {};
}

base::Result<std::optional<incidents::Reading>> Feed::read(const std::string& row) {
  std::string text = header_;
  text += '\n';
  // Line ends before the row stand in the file, too.
  const std::uint64_t header_lines = encoding::count_csv_lines(text);
  text += row;
  incidents::Reading reading;
  auto read = incidents::read_reports(file_.path, text, *options_, reading);
  if (!read) {
    return read.error();
  }
  const auto in_file = [&](std::uint64_t line) { return line - header_lines + lines_; };
  for (incidents::Report& report : reading.reports) {
    report.origin.line = in_file(report.origin.line);
  }
  for (incidents::SkippedRow& skipped : reading.skipped) {
    skipped.origin.line = in_file(skipped.origin.line);
  }
  if (inputs_.is_strict && !reading.skipped.empty()) {
    const incidents::SkippedRow& bad = reading.skipped.front();
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{}:{}:{}: {}", file_.path, bad.origin.line, bad.column, bad.reason)};
  }
  return std::optional(std::move(reading));
}

base::Result<std::optional<incidents::Reading>> Feed::next(bool is_end) {
  while (true) {
    if (header_.empty()) {
      if (auto table = refuse_documents(is_end); !table) {
        return table.error();
      }
    }
    const std::string_view rest = waiting();
    std::size_t length = encoding::whole_csv_row(rest);
    if (length == 0 && is_end) {
      length = rest.size();
    }
    if (length == 0) {
      return std::optional<incidents::Reading>();
    }
    const std::string row(rest.substr(0, length));
    const std::uint64_t lines = encoding::count_csv_lines(row);
    drop(length);
    if (without_line_end(row).empty()) {
      lines_ += lines;
      continue;
    }
    if (may_begin_with_header_) {
      may_begin_with_header_ = false;
      auto is_header = take_header(row);
      if (!is_header) {
        return is_header.error();
      }
      if (*is_header) {
        lines_ += lines;
        continue;
      }
    }
    auto reading = read(row);
    lines_ += lines;
    return reading;
  }
}

}  // namespace truce::workbench
