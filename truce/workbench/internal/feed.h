// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/incidents/read.h"
#include "truce/workbench/incident_files.h"

namespace truce::workbench {

/// The rows of a table that comes in pieces, one by one, each read as in the whole file.
class Feed {
 public:
  Feed(IncidentInputs inputs, IncidentFile file, base::Duration offset);

  void add(std::string_view bytes) { waiting_ += bytes; }
  /// What has come begins another file: a header may stand there again, or not.
  void begin_file();
  /// The next whole row, with its line in the file; empty where there is none yet. With `is_end`
  /// what waits is a whole row. Fails with InvalidArgument where the header fits no format or the
  /// file is no table, and for a bad row when strict.
  base::Result<std::optional<incidents::Reading>> next(bool is_end);

  /// What has come and belongs to no row yet.
  [[nodiscard]] std::string_view waiting() const;
  /// The header, as it came; lines before what waits.
  [[nodiscard]] const std::string& header() const { return header_; }
  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  /// Goes on behind these lines of a file with that header. Fails as next().
  base::Result<void> resume(const std::string& header, std::uint64_t lines);

 private:
  base::Result<bool> take_header(std::string_view row);
  base::Result<std::optional<incidents::Reading>> read(const std::string& row);
  [[nodiscard]] base::Result<void> refuse_documents(bool is_end) const;
  void drop(std::size_t bytes);

  IncidentInputs inputs_;
  IncidentFile file_;
  base::Duration offset_;
  std::string waiting_;
  // How much at the front of `waiting_` is done with.
  std::size_t done_ = 0;
  std::string header_;
  std::optional<incidents::ReadOptions> options_;
  bool may_begin_with_header_ = true;
  std::uint64_t lines_ = 0;
};

}  // namespace truce::workbench
