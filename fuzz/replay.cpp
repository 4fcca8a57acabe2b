// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target on files, for every build without libFuzzer: a corpus is a test in each
// preset.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// False when the file could not be read.
bool replay_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return false;
  }
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  // A copy of exactly this size, so that a sanitizer sees a read past the end.
  const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(input.data(), input.size());
  return true;
}

// The files named, and those in the folders named.
std::vector<std::filesystem::path> collect_files(int argument_count, char** arguments) {
  std::vector<std::filesystem::path> files;
  for (int index = 1; index < argument_count; ++index) {
    std::error_code error;
    if (!std::filesystem::is_directory(arguments[index], error)) {
      files.emplace_back(arguments[index]);
      continue;
    }
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(arguments[index], error)) {
      if (entry.is_regular_file()) {
        files.push_back(entry.path());
      }
    }
  }
  return files;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::vector<std::filesystem::path> files = collect_files(argument_count, arguments);
  if (files.empty()) {
    std::fprintf(stderr, "no input; name files or folders that hold some\n");
    return 2;
  }
  for (const std::filesystem::path& file : files) {
    // Named before it runs, so that the last line says which input was the fatal one.
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);
    if (!replay_file(file)) {
      std::fprintf(stderr, "%s cannot be read\n", file.c_str());
      return 2;
    }
  }
  std::printf("%zu inputs replayed\n", files.size());
  return 0;
}
