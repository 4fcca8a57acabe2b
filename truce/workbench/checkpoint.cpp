// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/checkpoint.h"

#include <bit>
#include <limits>
#include <type_traits>

#include <fmt/format.h>

#include "truce/crypto/sha256.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kFamily = "truce.monitor-checkpoint/";
constexpr std::string_view kMagic = "truce.monitor-checkpoint/1\n";
constexpr std::size_t kDigits = 64;

class Writer {
 public:
  void put(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) {
      bytes_ += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU);
    }
  }
  void put(std::int64_t number) { put(static_cast<std::uint64_t>(number)); }
  void put(std::uint32_t number) { put(std::uint64_t{number}); }
  void put(double number) { put(std::bit_cast<std::uint64_t>(number)); }
  void put(bool flag) { bytes_ += flag ? '\1' : '\0'; }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void put(Enum value) {
    bytes_ += static_cast<char>(value);
  }
  void put(base::Instant at) { put(at.seconds); }
  void put(const std::string& text) {
    put(std::uint64_t{text.size()});
    bytes_ += text;
  }
  template <typename One, typename Other>
  void put(const std::pair<One, Other>& both) {
    put(both.first);
    put(both.second);
  }
  template <typename Item>
  void put(const std::optional<Item>& item) {
    put(item.has_value());
    if (item) {
      put(*item);
    }
  }
  template <typename Item>
  void put(const std::vector<Item>& items) {
    put(std::uint64_t{items.size()});
    for (const Item& item : items) {
      put(item);
    }
  }
  void put(const incidents::NameSet& set) {
    put(set.joining);
    put(set.names);
  }
  void put(const base::Point& point) {
    put(point.latitude.degrees);
    put(point.longitude.degrees);
  }
  template <typename Record>
    requires(std::is_same_v<Record, incidents::Report> || std::is_same_v<Record, ToldVerdict>)
  void put(const Record& record);

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what Writer wrote. After a fault everything that is read is empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  void get(std::uint64_t& number) {
    number = 0;
    const std::string_view bytes = take(8);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
  }
  void get(std::int64_t& number) {
    std::uint64_t bits = 0;
    get(bits);
    number = static_cast<std::int64_t>(bits);
  }
  void get(std::uint32_t& number) {
    std::uint64_t wide = 0;
    get(wide);
    is_whole_ = is_whole_ && wide <= std::numeric_limits<std::uint32_t>::max();
    number = static_cast<std::uint32_t>(wide);
  }
  void get(double& number) {
    std::uint64_t bits = 0;
    get(bits);
    number = std::bit_cast<double>(bits);
  }
  void get(bool& flag) { flag = byte_up_to(1) == 1; }
  void get(incidents::NameSet::Joining& joining) {
    joining = static_cast<incidents::NameSet::Joining>(
        byte_up_to(static_cast<unsigned>(incidents::NameSet::Joining::AllOf)));
  }
  void get(facts::Outcome& outcome) {
    outcome =
        static_cast<facts::Outcome>(byte_up_to(static_cast<unsigned>(facts::Outcome::Lapsed)));
  }
  void get(facts::Opinion& opinion) {
    opinion = static_cast<facts::Opinion>(byte_up_to(static_cast<unsigned>(facts::Opinion::Kept)));
  }
  void get(facts::Truth& truth) {
    truth = static_cast<facts::Truth>(byte_up_to(static_cast<unsigned>(facts::Truth::Yes)));
  }
  void get(base::Instant& at) {
    get(at.seconds);
    const bool is_moment = at >= base::kBeforeTime && at <= base::kAfterTime;
    is_whole_ = is_whole_ && is_moment;
  }
  void get(std::string& text) {
    std::uint64_t size = 0;
    get(size);
    text = take(size);
  }
  template <typename One, typename Other>
  void get(std::pair<One, Other>& both) {
    get(both.first);
    get(both.second);
  }
  template <typename Item>
  void get(std::optional<Item>& item) {
    bool is_there = false;
    get(is_there);
    item.reset();
    if (is_there) {
      get(item.emplace());
    }
  }
  template <typename Item>
  void get(std::vector<Item>& items) {
    std::uint64_t count = 0;
    get(count);
    items.clear();
    // An item has at least one byte, so a count that lies ends with the bytes.
    for (std::uint64_t i = 0; i < count && is_whole_; ++i) {
      get(items.emplace_back());
    }
  }
  void get(incidents::NameSet& set) {
    get(set.joining);
    get(set.names);
  }
  void get(base::Point& point) {
    get(point.latitude.degrees);
    get(point.longitude.degrees);
    is_whole_ = is_whole_ && point.latitude.degrees >= -90 && point.latitude.degrees <= 90 &&
                point.longitude.degrees >= -180 && point.longitude.degrees <= 180;
  }
  template <typename Record>
    requires(std::is_same_v<Record, incidents::Report> || std::is_same_v<Record, ToldVerdict>)
  void get(Record& record);

  /// Everything was there, and nothing is left.
  [[nodiscard]] bool is_done() const { return is_whole_ && rest_.empty(); }

 private:
  std::string_view take(std::uint64_t count) {
    is_whole_ = is_whole_ && count <= rest_.size();
    if (!is_whole_) {
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  unsigned byte_up_to(unsigned greatest) {
    const std::string_view taken = take(1);
    const unsigned byte = taken.empty() ? 0U : static_cast<unsigned char>(taken.front());
    is_whole_ = is_whole_ && byte <= greatest;
    return is_whole_ ? byte : 0U;
  }

  std::string_view rest_;
  bool is_whole_ = true;
};

// The fields in the order of the format, for both directions.
template <typename Report, typename Visit>
void each_report_field(Report& report, Visit visit) {
  visit(report.incident);
  visit(report.account);
  visit(report.according_to);
  visit(report.reported_at);
  visit(report.when.from);
  visit(report.when.to);
  visit(report.kinds);
  visit(report.actors);
  visit(report.targets);
  visit(report.weapons);
  visit(report.clauses);
  visit(report.point);
  visit(report.radius.value);
  visit(report.place);
  visit(report.deaths_low);
  visit(report.deaths_best);
  visit(report.deaths_high);
  visit(report.observed_by);
  visit(report.confidence);
  visit(report.source);
  visit(report.source_id);
  visit(report.note);
  visit(report.key);
  visit(report.print);
  visit(report.order);
  visit(report.is_withdrawn);
  visit(report.is_video);
  visit(report.origin.line);
  visit(report.raw);
}

template <typename Verdict, typename Visit>
void each_verdict_field(Verdict& verdict, Visit visit) {
  visit(verdict.clause);
  visit(verdict.bearers);
  visit(verdict.about);
  visit(verdict.period);
  visit(verdict.ordinal);
  visit(verdict.incident);
  visit(verdict.at);
  visit(verdict.is_at_present);
  visit(verdict.outcome);
  visit(verdict.holds);
  visit(verdict.opinions);
  visit(verdict.blame);
}

template <typename Checkpoint, typename Visit>
void each_field(Checkpoint& checkpoint, Visit visit) {
  visit(checkpoint.made_with);
  visit(checkpoint.position.offset);
  visit(checkpoint.position.before);
  visit(checkpoint.header);
  visit(checkpoint.lines);
  visit(checkpoint.rows);
  visit(checkpoint.skipped);
  visit(checkpoint.number);
  visit(checkpoint.present);
  visit(checkpoint.reports);
  visit(checkpoint.complete_observers);
  visit(checkpoint.told);
}

template <typename Record>
  requires(std::is_same_v<Record, incidents::Report> || std::is_same_v<Record, ToldVerdict>)
void Writer::put(const Record& record) {
  const auto visit = [this](const auto& field) { put(field); };
  if constexpr (std::is_same_v<Record, incidents::Report>) {
    each_report_field(record, visit);
  } else {
    each_verdict_field(record, visit);
  }
}

template <typename Record>
  requires(std::is_same_v<Record, incidents::Report> || std::is_same_v<Record, ToldVerdict>)
void Reader::get(Record& record) {
  const auto visit = [this](auto& field) { get(field); };
  if constexpr (std::is_same_v<Record, incidents::Report>) {
    each_report_field(record, visit);
    is_whole_ = is_whole_ && record.when.from <= record.when.to;
  } else {
    each_verdict_field(record, visit);
  }
}

base::Error damaged(std::string_view name) {
  return {base::ErrorCode::Corrupt,
          fmt::format("{} is no checkpoint, or a damaged one; remove it to begin anew, or name "
                      "another with --checkpoint",
                      name)};
}

}  // namespace

std::string to_bytes(const Checkpoint& checkpoint) {
  Writer body;
  each_field(checkpoint, [&](const auto& field) { body.put(field); });
  std::string bytes(kMagic);
  bytes += body.take();
  bytes += crypto::sha256_hex(bytes);
  return bytes;
}

base::Result<Checkpoint> parse_checkpoint(std::string_view name, std::string_view bytes) {
  if (bytes.starts_with(kFamily) && !bytes.starts_with(kMagic)) {
    return base::Error{base::ErrorCode::Unsupported,
                       fmt::format("{} was written by another version of truce; go on with that "
                                   "one, or remove it to begin anew",
                                   name)};
  }
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + kDigits) {
    return damaged(name);
  }
  const std::string_view content = bytes.substr(0, bytes.size() - kDigits);
  if (crypto::sha256_hex(content) != bytes.substr(content.size())) {
    return damaged(name);
  }
  Checkpoint checkpoint;
  Reader body(content.substr(kMagic.size()));
  each_field(checkpoint, [&](auto& field) { body.get(field); });
  if (!body.is_done() || checkpoint.position.before.size() > checkpoint.position.offset ||
      checkpoint.position.before.size() > TailPosition::kMost) {
    return damaged(name);
  }
  return checkpoint;
}

}  // namespace truce::workbench
