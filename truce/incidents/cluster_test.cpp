// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/cluster.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "truce/geometry/region.h"

namespace truce::incidents {
namespace {

using Partition = std::set<std::set<std::string>>;

Report video(const std::string& code, std::int64_t minutes, std::optional<base::Point> point) {
  Report report;
  report.incident = code;
  report.account = code;
  report.according_to = "Channel";
  report.source_id = code;
  report.is_video = true;
  report.reported_at = base::Instant{minutes * 60};
  report.when = {base::Instant{0}, *report.reported_at};
  report.point = point;
  report.raw = code;
  return report;
}

Partition partition_of(const Reading& reading, const std::vector<Cluster>& clusters) {
  Partition partition;
  for (const Cluster& cluster : clusters) {
    std::set<std::string> codes;
    for (const ClusterRow& row : cluster.rows) {
      codes.insert(reading.reports[row.report].source_id);
    }
    partition.insert(codes);
  }
  return partition;
}

// Single linkage as it is defined: join any two that are near until nothing changes.
Partition brute_force(const Reading& reading, const ClusterOptions& options) {
  const std::vector<Report>& rows = reading.reports;
  std::vector<std::size_t> group(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    group[row] = row;
  }
  for (std::size_t a = 0; a < rows.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (!rows[a].point || !rows[b].point) {
        continue;
      }
      const std::int64_t gap = (*rows[a].reported_at - *rows[b].reported_at).seconds;
      const bool is_near = geometry::distance(*rows[a].point, *rows[b].point) <= options.within;
      if (is_near && std::abs(gap) <= options.gap.seconds) {
        std::replace(group.begin(), group.end(), std::size_t{group[a]}, std::size_t{group[b]});
      }
    }
  }
  std::map<std::size_t, std::set<std::string>> sets;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    sets[group[row]].insert(rows[row].source_id);
  }
  Partition partition;
  for (const auto& [id, codes] : sets) {
    partition.insert(codes);
  }
  return partition;
}

Reading random_reading(std::mt19937_64& random, std::size_t count, base::Point around) {
  Reading reading;
  // Crowded enough that chains and near misses are common.
  std::uniform_real_distribution<double> offset(-0.03, 0.03);
  for (std::size_t at = 0; at < count; ++at) {
    std::optional<base::Point> point;
    if (random() % 10 != 0) {
      double longitude = around.longitude.degrees + offset(random);
      longitude += longitude > 180 ? -360 : longitude < -180 ? 360 : 0;
      point = base::Point{{std::clamp(around.latitude.degrees + offset(random), -90.0, 90.0)},
                          {longitude}};
      if (random() % 2 == 0 && at > 0) {
        point = reading.reports[random() % at].point;
      }
    }
    const auto minutes = static_cast<std::int64_t>(random() % 3000);
    reading.reports.push_back(video("v" + std::to_string(at), minutes, point));
  }
  return reading;
}

TEST(Clusters, EqualSingleLinkageByBruteForce) {
  std::mt19937_64 random(11);
  std::size_t joined = 0;
  std::size_t alone = 0;
  for (int round = 0; round < 150; ++round) {
    const base::Point around =
        std::vector<base::Point>{{{36}, {37}}, {{0}, {179.99}}, {{89.99}, {0}}}[random() % 3];
    Reading reading = random_reading(random, 60, around);
    const ClusterOptions options{.within = {static_cast<double>(random() % 1500)},
                                 .gap = {static_cast<std::int64_t>(random() % 200) * 60}};
    const auto clusters = find_clusters(reading, options, Joins());
    EXPECT_EQ(partition_of(reading, clusters), brute_force(reading, options)) << "round " << round;
    for (const Cluster& cluster : clusters) {
      (cluster.rows.size() > 1 ? joined : alone) += 1;
      // Whoever is not alone is told why.
      for (const ClusterRow& row : cluster.rows) {
        EXPECT_EQ(cluster.rows.size() > 1, row.reason.find(" m and ") != std::string::npos);
      }
    }
  }
  EXPECT_GT(joined, 500U);
  EXPECT_GT(alone, 500U);
}

TEST(Clusters, DoNotDependOnTheOrderOfRows) {
  std::mt19937_64 random(12);
  Reading reading = random_reading(random, 80, {{36}, {37}});
  const auto first = find_clusters(reading, ClusterOptions{}, Joins());
  for (int round = 0; round < 5; ++round) {
    Reading shuffled = reading;
    std::shuffle(shuffled.reports.begin(), shuffled.reports.end(), random);
    const auto again = find_clusters(shuffled, ClusterOptions{}, Joins());
    ASSERT_EQ(again.size(), first.size());
    for (std::size_t at = 0; at < first.size(); ++at) {
      EXPECT_EQ(again[at].incident, first[at].incident);
      ASSERT_EQ(again[at].rows.size(), first[at].rows.size());
      for (std::size_t row = 0; row < first[at].rows.size(); ++row) {
        EXPECT_EQ(again[at].rows[row].reason, first[at].rows[row].reason);
      }
    }
  }
}

TEST(Clusters, AreNamedAfterTheirFirstVideoAndSayWhy) {
  Reading reading;
  reading.reports = {video("c", 100, base::Point{{36}, {37.005}}),
                     video("a", 10, base::Point{{36}, {37}}),
                     video("d", 5000, base::Point{{36}, {37}}), video("e", 20, std::nullopt)};
  const auto clusters = find_clusters(reading, ClusterOptions{}, Joins());
  ASSERT_EQ(clusters.size(), 3U);
  EXPECT_EQ(clusters[0].incident, "a");
  ASSERT_EQ(clusters[0].rows.size(), 2U);
  EXPECT_EQ(clusters[0].rows[1].reason, "451 m and 1 hour 30 minutes from a");
  EXPECT_EQ(clusters[1].rows[0].reason, "no place is known: it stands alone");
  EXPECT_EQ(clusters[2].rows[0].reason, "");
  apply_clusters(clusters, reading);
  EXPECT_EQ(reading.reports[0].incident, "a");
  EXPECT_EQ(reading.reports[0].account, "c");
  EXPECT_EQ(reading.reports[0].observed_by, "a video, one of 2 joined as a");
  EXPECT_EQ(reading.reports[2].incident, "d");
}

TEST(Clusters, APersonJoinsAndSeparates) {
  Reading reading;
  for (const char* code : {"a", "b", "c", "d"}) {
    reading.reports.push_back(video(code, code[0], base::Point{{36}, {37}}));
  }
  reading.reports.push_back(video("far", 9000, base::Point{{1}, {1}}));
  const auto joins = Joins::read("j.csv", "row,incident,note\nb,alone,\nfar,a,the same\n");
  ASSERT_TRUE(joins);
  const auto clusters = find_clusters(reading, ClusterOptions{}, *joins);
  EXPECT_EQ(partition_of(reading, clusters), (Partition{{"a", "c", "d", "far"}, {"b"}}));
  const auto only = find_clusters(reading, std::nullopt, *joins);
  EXPECT_EQ(partition_of(reading, only), (Partition{{"a", "far"}, {"b"}, {"c"}, {"d"}}));
  apply_clusters(clusters, reading);
  const auto again = Joins::read("again.csv", to_joins(reading));
  ASSERT_TRUE(again);
  EXPECT_EQ(partition_of(reading, find_clusters(reading, std::nullopt, *again)),
            partition_of(reading, clusters));
}

TEST(Clusters, TwoVersionsOfAVideoStayOne) {
  Reading reading;
  reading.reports = {video("a", 10, base::Point{{36}, {37}}),
                     video("a", 9000, base::Point{{1}, {1}})};
  const auto clusters = find_clusters(reading, ClusterOptions{}, Joins());
  ASSERT_EQ(clusters.size(), 1U);
  EXPECT_EQ(clusters[0].rows[1].reason, "the same video, reported anew");
}

TEST(Clusters, ManyVideosOfOnePlaceTakeNoLongTime) {
  Reading reading;
  for (int at = 0; at < 40'000; ++at) {
    reading.reports.push_back(
        video("v" + std::to_string(at), at / 100, base::Point{{36 + at % 200 * 1e-5}, {37}}));
  }
  const auto clusters = find_clusters(reading, ClusterOptions{}, Joins());
  EXPECT_EQ(clusters.size(), 1U);
}

TEST(Joins, SaysWhereAFileIsWrong) {
  const auto error_of = [](std::string_view text) {
    const auto joins = Joins::read("j.csv", text);
    return joins ? std::string("no error") : joins.error().message;
  };
  EXPECT_EQ(error_of("row\na\n"), "j.csv: a joins file has the columns row and incident");
  EXPECT_EQ(error_of("row,incident\na,b\na,c\n"),
            "j.csv:3:1: `a` belongs to two incidents, `b` and `c`");
  EXPECT_EQ(error_of("row,incident\na,\n"), "j.csv:2:3: no incident is named");
  EXPECT_EQ(error_of("row,incident\n,b\n"), "j.csv:2:1: no row is named");
  EXPECT_EQ(error_of("row,incident\na,b\na,b\n"), "no error");
}

}  // namespace
}  // namespace truce::incidents
