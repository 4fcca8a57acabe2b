// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace truce::stream::internal {

/// What waits for an answer, by key, until a period has passed. Memory is for what waits: an answer
/// frees its request, and so does the end of the period.
class Requests {
 public:
  explicit Requests(std::int64_t period);

  /// What a request and its answer share, as one number: a short one by itself, a longer one by
  /// what its bytes give.
  struct Key {
    std::uint64_t word = 0;
    // Of a longer one; empty otherwise.
    std::string_view text;
  };
  static Key key_of(std::string_view text);
  /// Of a text of up to eight bytes: these, the first in the lowest, zero above.
  static Key key_of_short(std::uint64_t bytes) { return {mix(bytes), {}}; }

  struct Request {
    // What a list of ids shows for it.
    std::string_view print;
    std::int64_t deadline = 0;
    std::uint64_t row = 0;
  };
  /// Later requests have later rows.
  void add(const Key& key, std::string_view print, std::int64_t time, std::uint64_t row);
  /// An answer to every request of that key that still waits.
  void answer(const Key& key);
  /// Fetches from memory what will be asked for the key.
  [[gnu::always_inline]] void fetch(const Key& key) const {
    __builtin_prefetch(slots_.data() + home(key.word));
  }
  /// The next request whose deadline is before `time`, forgotten by this; null where there is none.
  const Request* expire(std::int64_t time);
  /// How many wait.
  [[nodiscard]] std::size_t size() const { return waiting_; }

 private:
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
  struct Entry {
    Request request;
    Key key;
    // An earlier request of the same key; kNone where none waited.
    std::uint64_t before = kNone;
  };
  struct Slot {
    std::uint64_t word = 0;
    // The number of the last request of the key; kNone: free.
    std::uint64_t number = kNone;
    bool is_long = false;
    // An earlier one of the key waited when it came.
    bool has_before = false;
  };

  // One to one.
  static std::uint64_t mix(std::uint64_t word) {
    word *= 0x9E3779B97F4A7C15U;
    return word ^ (word >> 32U);
  }
  Entry& entry(std::uint64_t number) { return ring_[number & (ring_.size() - 1)]; }
  [[nodiscard]] bool is_waiting(std::uint64_t number) const {
    return is_waiting_[number & (ring_.size() - 1)] != 0;
  }
  void set_waiting(std::uint64_t number, bool is_waiting) {
    is_waiting_[number & (ring_.size() - 1)] = is_waiting ? 1 : 0;
  }
  [[nodiscard]] std::size_t home(std::uint64_t word) const { return word & (slots_.size() - 1); }
  // Where the key stands, or the free slot where it would.
  std::size_t find(const Key& key);
  void erase(std::size_t slot);
  void grow_slots();
  void grow_ring();
  void pass_over_answered();

  std::int64_t period_;
  // A ring in order of deadlines: those from first_ to before next_. Whether one still waits stands
  // apart, so that an answer need not fetch it.
  std::vector<Entry> ring_;
  std::vector<std::uint8_t> is_waiting_;
  std::uint64_t first_ = 0;
  std::uint64_t next_ = 0;
  std::vector<Slot> slots_;
  std::size_t keys_ = 0;
  std::size_t waiting_ = 0;
  Request expired_;
};

}  // namespace truce::stream::internal
