// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"

namespace truce::workbench {

/// The bytes of a file, or of standard input for `-`. Fails with NotFound or Io; the message names
/// the file and says how to fix it.
base::Result<std::string> read_file(const std::string& path);

/// Writes a whole file or leaves what was there: the text goes to a temporary file beside it, is
/// made durable, and takes its place in one step, with the mode and owner of the file before.
/// Follows links; what is no regular file, such as a device or a pipe, is written into. Fails with
/// Io. With Readers::Owner its mode is 0600, whatever it was.
enum class Readers { Everybody, Owner };
base::Result<void> write_file(const std::string& named, std::string_view text,
                              Readers readers = Readers::Everybody);

/// Fails with InvalidArgument where `output` is one of the files in `read`, by whatever name.
base::Result<void> refuse_to_replace(const std::string& output,
                                     const std::vector<std::string>& read);

/// Makes the folder and those above it. Fails with Io.
base::Result<void> make_folder(const std::string& path);

bool file_exists(const std::string& path);

/// The files in the folder of `path` whose names end with `ending`, sorted by name, as paths.
std::vector<std::string> files_beside(const std::string& path, std::string_view ending);

/// The path of `name` in the folder of `path`.
std::string beside(const std::string& path, std::string_view name);

}  // namespace truce::workbench
