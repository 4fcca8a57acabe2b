// SPDX-License-Identifier: Apache-2.0
// What the stores remember, against lists that are gone through.
#include <cmath>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <numbers>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "truce/facts/match.h"
#include "truce/geometry/region.h"
#include "truce/stream/internal/faces.h"
#include "truce/stream/internal/latest.h"
#include "truce/stream/internal/points.h"
#include "truce/stream/internal/requests.h"
#include "truce/stream/internal/words.h"

namespace truce::stream::internal {
namespace {

using Random = std::mt19937_64;

TEST(Words, EachTextHasANumberOfItsOwn) {
  Words words;
  std::map<std::string, std::uint32_t> known = {{"", 0}};
  Random random(1);
  for (int round = 0; round < 40'000; ++round) {
    std::string word(random() % 20, 'a');
    for (char& letter : word) {
      letter = static_cast<char>('a' + random() % 2);
    }
    // Wider than the text needs, or as wide.
    const std::size_t width = (word.size() + 7) / 8 + random() % 2 + (word.empty() ? 1 : 0);
    std::vector<std::uint64_t> slot(width);
    std::memcpy(reinterpret_cast<char*>(slot.data()) + width * 8 - word.size(), word.data(),
                word.size());
    const std::uint32_t number = width == 1   ? words.number<1>(slot.data(), width)
                                 : width == 2 ? words.number<2>(slot.data(), width)
                                              : words.number<0>(slot.data(), width);
    const auto found = known.try_emplace(word, number).first;
    ASSERT_EQ(found->second, number) << word;
    ASSERT_EQ(words.text(number), word);
  }
  EXPECT_EQ(known.size(), words.size());
}

TEST(Latest, RemembersTheLastTimeAndTheOneBefore) {
  Latest latest(true);
  latest.reserve(7, 13);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::deque<std::int64_t>> all;
  Random random(2);
  std::int64_t time = 0;
  for (int round = 0; round < 5'000; ++round) {
    time += static_cast<std::int64_t>(random() % 2);
    const auto slot = static_cast<std::uint32_t>(random() % 7);
    const auto place = static_cast<std::uint32_t>(random() % 13);
    std::deque<std::int64_t>& times = all[{slot, place}];
    std::int64_t before = kNoTime;
    for (const std::int64_t one : times) {
      before = one < time ? one : before;
    }
    ASSERT_EQ(latest.last(slot, place), times.empty() ? kNoTime : times.back());
    ASSERT_EQ(latest.last_before(slot, place, time), before);
    latest.add(slot, place, time);
    times.push_back(time);
  }
}

TEST(Counts, KnowWhenSoManyHaveHappened) {
  constexpr std::size_t kMost = 5;
  Counts counts(kMost);
  std::map<std::uint32_t, std::deque<std::int64_t>> all;
  Random random(3);
  for (std::int64_t time = 0; time < 2'000; ++time) {
    const auto place = static_cast<std::uint32_t>(random() % 4);
    std::deque<std::int64_t>& times = all[place];
    for (std::size_t back = 1; back <= kMost; ++back) {
      ASSERT_EQ(counts.time(place, back),
                times.size() < back ? kNoTime : times[times.size() - back]);
    }
    counts.add(place, time);
    times.push_back(time);
  }
}

// Points of a grid, so that some lie exactly at the distance.
base::Point any_point(Random& random) {
  return {{static_cast<double>(random() % 200) * 0.01},
          {static_cast<double>(random() % 200) * 0.01}};
}

TEST(Points, CountsWhatIsNearAndRecent) {
  for (const bool is_planar : {true, false}) {
    agreement::Agreement agreement;
    agreement.metric = is_planar ? agreement::Metric::Planar : agreement::Metric::Geodesic;
    agreement.planar_latitude = is_planar ? std::optional(15.0) : std::nullopt;
    const base::Metres within{11'057.4};
    // More than there are places for at first; fewer where a distance costs more.
    const std::int64_t period = is_planar ? 1'500 : 300;
    Points points(agreement, within, period);
    std::deque<std::pair<base::Point, std::int64_t>> all;
    Random random(4);
    for (std::int64_t time = 0; time < 2 * period; ++time) {
      const base::Point about = any_point(random);
      std::size_t expected = 0;
      bool is_between = false;
      for (const auto& [point, at] : all) {
        const bool is_near =
            at >= time - period && facts::distance(agreement, about, point) <= within;
        expected += is_near ? 1 : 0;
        is_between = is_between || (is_near && at < time);
      }
      ASSERT_EQ(points.count(about, time - period, all.size() + 1), expected);
      ASSERT_EQ(points.has_between(about, time - period, time), is_between);
      const base::Point added = any_point(random);
      points.add(added, time);
      all.emplace_back(added, time);
    }
    EXPECT_LE(points.size(), static_cast<std::size_t>(period + 1));
  }
}

geometry::Region any_area(Random& random) {
  const auto middle_south = static_cast<double>(random() % 20);
  const auto middle_west = static_cast<double>(random() % 20);
  geometry::Ring ring;
  for (int corner = 0; corner < 12; ++corner) {
    const double angle = corner * std::numbers::pi / 6;
    const double radius = 0.5 + static_cast<double>(random() % 100) * 0.03;
    ring.push_back(
        {{middle_south + radius * std::sin(angle)}, {middle_west + radius * std::cos(angle)}});
  }
  return geometry::Region::area({{ring}}).value();
}

// Points in all parts of the cells, before and after they are cut; many of one cell, some on
// borders.
TEST(Faces, PointsHaveOneFaceIfTheyLieInTheSamePlaces) {
  Random random(6);
  agreement::Agreement agreement;
  for (int place = 0; place < 12; ++place) {
    agreement.places.emplace_back().region =
        std::make_shared<const geometry::Region>(any_area(random));
  }
  // Its borders are borders of cells.
  agreement.places.emplace_back().region = std::make_shared<const geometry::Region>(
      geometry::Region::area({{{{{0}, {0}}, {{11.25}, {0}}, {{11.25}, {22.5}}, {{0}, {22.5}}}}})
          .value());
  // One of many parts.
  std::vector<geometry::Region> parts;
  for (int part = 0; part < 60; ++part) {
    parts.push_back(any_area(random));
  }
  agreement.places.emplace_back().region =
      std::make_shared<const geometry::Region>(geometry::Region::union_of(parts));
  Faces faces(agreement);
  std::map<std::vector<geometry::Containment>, std::uint32_t> known;
  for (int round = 0; round < 40'000; ++round) {
    const double scale = round % 2 == 0 ? 0.01 : 0.00025;
    const base::Point point{{static_cast<double>(random() % 2'500) * scale - 1},
                            {static_cast<double>(random() % 2'500) * scale - 1}};
    std::vector<geometry::Containment> where;
    for (const agreement::Place& place : agreement.places) {
      where.push_back(place.region->contains({point, {0}}));
    }
    const std::uint32_t face = faces.face_of(point);
    const std::uint32_t expected = known.try_emplace(where, face).first->second;
    ASSERT_EQ(face, expected) << point.latitude.degrees << " " << point.longitude.degrees;
  }
  std::set<std::uint32_t> numbers;
  for (const auto& [where, face] : known) {
    numbers.insert(face);
  }
  EXPECT_EQ(numbers.size(), known.size());
  EXPECT_GT(known.size(), 20U);
}

TEST(Requests, ExpireWhenNobodyAnswersInTime) {
  constexpr std::int64_t kPeriod = 40;
  Requests requests(kPeriod);
  std::deque<Requests::Request> waiting;
  const std::vector<std::string> keys = {
      "a", "b", "c", "12345678", "123456789", "1234567890", "a key longer than two words", "k"};
  Random random(5);
  std::uint64_t expired = 0;
  for (std::int64_t time = 0; time < 20'000; ++time) {
    while (!waiting.empty() && waiting.front().deadline < time) {
      const Requests::Request* late = requests.expire(time);
      ASSERT_NE(late, nullptr);
      ASSERT_EQ(late->row, waiting.front().row);
      waiting.pop_front();
      ++expired;
    }
    ASSERT_EQ(requests.expire(time), nullptr);
    const std::string& key = keys[random() % keys.size()];
    if (random() % 3 != 0) {
      requests.answer(Requests::key_of(key));
      std::erase_if(waiting, [&](const auto& one) { return one.print == key; });
    } else {
      const auto row = static_cast<std::uint64_t>(time);
      requests.add(Requests::key_of(key), key, time, row);
      waiting.push_back({key, time + kPeriod, row});
    }
    ASSERT_EQ(requests.size(), waiting.size());
  }
  EXPECT_GT(expired, 100U);
}

}  // namespace
}  // namespace truce::stream::internal
