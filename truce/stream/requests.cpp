// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/requests.h"

#include <cstring>

namespace truce::stream::internal {
namespace {

constexpr std::size_t kLeast = 1024;

std::uint64_t bytes_of(std::string_view key) {
  std::uint64_t word = 0;
  std::memcpy(&word, key.data(), key.size());
  return word;
}

}  // namespace

Requests::Requests(std::int64_t period)
    : period_(period), ring_(kLeast), is_waiting_(kLeast), slots_(kLeast) {}

Requests::Key Requests::key_of(std::string_view text) {
  if (text.size() <= 8) {
    return key_of_short(bytes_of(text));
  }
  std::uint64_t hash = text.size();
  std::string_view rest = text;
  for (; rest.size() > 8; rest.remove_prefix(8)) {
    hash = mix(hash ^ bytes_of(rest.substr(0, 8)));
  }
  return {mix(hash ^ bytes_of(rest)), text};
}

std::size_t Requests::find(const Key& key) {
  const bool is_long = !key.text.empty();
  std::size_t at = home(key.word);
  while (slots_[at].number != kNone &&
         (slots_[at].word != key.word || slots_[at].is_long != is_long ||
          (is_long && entry(slots_[at].number).key.text != key.text))) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

// Those behind it that would no longer be found move up.
void Requests::erase(std::size_t slot) {
  std::size_t gap = slot;
  for (std::size_t at = (slot + 1) & (slots_.size() - 1); slots_[at].number != kNone;
       at = (at + 1) & (slots_.size() - 1)) {
    const std::size_t distance = (at - home(slots_[at].word)) & (slots_.size() - 1);
    if (distance >= ((at - gap) & (slots_.size() - 1))) {
      slots_[gap] = slots_[at];
      gap = at;
    }
  }
  slots_[gap] = Slot();
  --keys_;
}

void Requests::grow_slots() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.number != kNone) {
      std::size_t at = home(slot.word);
      while (slots_[at].number != kNone) {
        at = (at + 1) & (slots_.size() - 1);
      }
      slots_[at] = slot;
    }
  }
}

void Requests::grow_ring() {
  const std::size_t size = ring_.size() * 2;
  std::vector<Entry> entries(size);
  std::vector<std::uint8_t> waiting(size);
  for (std::uint64_t number = first_; number < next_; ++number) {
    entries[number & (size - 1)] = entry(number);
    waiting[number & (size - 1)] = is_waiting(number) ? 1 : 0;
  }
  ring_ = std::move(entries);
  is_waiting_ = std::move(waiting);
}

void Requests::pass_over_answered() {
  while (first_ < next_ && !is_waiting(first_)) {
    ++first_;
  }
}

void Requests::add(const Key& key, std::string_view print, std::int64_t time, std::uint64_t row) {
  pass_over_answered();
  if (next_ - first_ == ring_.size()) {
    grow_ring();
  }
  if ((keys_ + 1) * 2 > slots_.size()) {
    grow_slots();
  }
  Slot& slot = slots_[find(key)];
  entry(next_) = {{print, time + period_, row}, key, slot.number};
  set_waiting(next_, true);
  keys_ += slot.number == kNone ? 1 : 0;
  slot = {key.word, next_, !key.text.empty(), slot.number != kNone};
  ++next_;
  ++waiting_;
}

void Requests::answer(const Key& key) {
  const std::size_t at = find(key);
  const Slot slot = slots_[at];
  if (slot.number == kNone) {
    return;
  }
  set_waiting(slot.number, false);
  --waiting_;
  if (slot.has_before) {
    for (std::uint64_t number = entry(slot.number).before; number != kNone && number >= first_;
         number = entry(number).before) {
      waiting_ -= is_waiting(number) ? 1 : 0;
      set_waiting(number, false);
    }
  }
  erase(at);
}

const Requests::Request* Requests::expire(std::int64_t time) {
  pass_over_answered();
  if (first_ == next_ || entry(first_).request.deadline >= time) {
    return nullptr;
  }
  const Entry& expired = entry(first_);
  const std::size_t slot = find(expired.key);
  if (slots_[slot].number == first_) {
    erase(slot);
  }
  expired_ = expired.request;
  set_waiting(first_, false);
  --waiting_;
  ++first_;
  return &expired_;
}

}  // namespace truce::stream::internal
