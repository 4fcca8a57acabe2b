// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/internal/parts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "truce/base/check.h"
#include "truce/prose/internal/phrase_table.h"

namespace truce::prose::internal {
namespace {

Features united(const Features& first, const Features& second) {
  Features all = first;
  all.insert(second.begin(), second.end());
  return all;
}

// What is asked for one of the numbers takes the place of the number the word has by itself.
Features asked(const Entry& entry, const Features& request) {
  Features features = entry.features;
  if (!features.contains("pl") && !features.contains("du")) {
    features.insert("sg");
  }
  const bool has_singular =
      std::any_of(entry.variants.begin(), entry.variants.end(), [](const Variant& variant) {
        return std::find(variant.when.begin(), variant.when.end(), "sg") != variant.when.end();
      });
  if (request.contains("sg") && has_singular) {
    features.erase("pl");
  }
  features.insert(request.begin(), request.end());
  return features;
}

bool is_missing(const std::vector<Piece>& pieces, const Slots& slots) {
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    if (piece.what != Piece::What::Slot && piece.what != Piece::What::Choice) {
      return false;
    }
    const auto found = slots.find(piece.text);
    return found == slots.end() || found->second.empty();
  });
}

void append_tight(Words& words, Words more, bool is_tight) {
  if (!more.empty() && is_tight) {
    more.front().is_tight = true;
  }
  append(words, more);
}

}  // namespace

Part Maker::fixed(Words words) {
  Part part;
  part.make = [words = std::move(words)](const Features&, const Words& prefix) {
    Words all = prefix;
    append(all, words);
    return all;
  };
  return part;
}

Part Maker::text(std::string_view text) { return fixed({name_word(text)}); }

// NOLINTNEXTLINE(misc-no-recursion): templates are as deep as the reader lets them be
Words Maker::fill(const std::vector<Piece>& pieces, const Slots& slots, const Features& request,
                  Words prefix) const {
  Words out;
  if (!prefix.empty() && (pieces.empty() || pieces.front().what != Piece::What::Slot ||
                          !pieces.front().prefix.empty())) {
    append(out, prefix);
    prefix.clear();
  }
  for (const Piece& piece : pieces) {
    switch (piece.what) {
      case Piece::What::Text:
        append_tight(out, {lexicon_word(piece.text)}, piece.is_tight);
        break;
      case Piece::What::Slot: {
        const auto found = slots.find(piece.text);
        if (found == slots.end() || found->second.empty()) {
          break;
        }
        Words before = std::move(prefix);
        prefix.clear();
        for (const std::string& word : piece.prefix) {
          before.push_back(lexicon_word(word));
        }
        Features wanted(piece.request.begin(), piece.request.end());
        if (wanted.erase("*") > 0) {
          wanted.insert(request.begin(), request.end());
        }
        append_tight(out, found->second.make(wanted, before), piece.is_tight);
        break;
      }
      case Piece::What::Choice: {
        const auto found = slots.find(piece.text);
        Entry entry;
        entry.variants = piece.choices;
        const Features features =
            found == slots.end() ? Features() : asked(Entry{found->second.features, {}, 0}, {});
        append_tight(out, fill(entry.select(features).pieces, slots, request, {}), piece.is_tight);
        break;
      }
      case Piece::What::Optional:
        if (!is_missing(piece.inside, slots)) {
          append_tight(out, fill(piece.inside, slots, request, {}),
                       !piece.inside.empty() && piece.inside.front().is_tight);
        }
        break;
    }
  }
  return out;
}

Part Maker::filled(std::string_view section, std::string_view key, Slots slots) const {
  const Entry* entry = lexicon_->find(section, key);
  if (entry == nullptr) {
    return {};
  }
  Part part;
  part.features = entry->features;
  const std::vector<Piece>& pieces = entry->variants.front().pieces;
  if (part.features.empty() && !pieces.empty() && pieces.front().what == Piece::What::Slot) {
    const auto first = slots.find(pieces.front().text);
    part.features = first == slots.end() ? Features() : first->second.features;
  }
  part.make = [this, entry, slots = std::move(slots), features = part.features](
                  const Features& request, const Words& prefix) {
    const Variant& variant = entry->select(united(features, request));
    return fill(variant.pieces, slots, request, variant.is_whole ? Words() : prefix);
  };
  return part;
}

Part Maker::phrase(std::string_view key, const Slots& slots) const {
  TRUCE_CHECK(phrase_slots(key).has_value(), "a phrase that is used stands in phrases.def");
  Part part = filled("phrase", key, slots);
  if (!part.empty()) {
    return part;
  }
  // A lexicon without it is not rendered with; what is here stays whole all the same.
  std::vector<Part> items;
  for (const auto& [slot, value] : slots) {
    if (!value.empty()) {
      items.push_back(value);
    }
  }
  part.make = [items](const Features&, const Words& prefix) {
    Words all = prefix;
    for (const Part& item : items) {
      append(all, item.make({}, {}));
    }
    return all;
  };
  return part;
}

Words Maker::words(std::string_view key, const Slots& slots) const {
  return phrase(key, slots).make({}, {});
}

Words Maker::article(const Features& features) const {
  for (const char* mode : {"def", "indef", "poss"}) {
    const Entry* entry = features.contains(mode) ? lexicon_->find("article", mode) : nullptr;
    if (entry != nullptr) {
      return fill(entry->select(features).pieces, {}, {}, {});
    }
  }
  return {};
}

Part Maker::entry(std::string_view section, std::string_view key) const {
  const Entry* entry = lexicon_->find(section, key);
  if (entry == nullptr) {
    return {};
  }
  const bool is_name = section == "name";
  const bool has_article = section == "kind" || section == "measure" ||
                           (is_name && entry->features.contains("art")) ||
                           (is_name && entry->features.contains("common"));
  Part part;
  part.features = entry->features;
  part.make = [this, entry, is_name, has_article](const Features& request, const Words& prefix) {
    Features features = asked(*entry, request);
    const bool is_bare = request.contains("none");
    if (is_name && features.contains("art") && !features.contains("poss")) {
      features.erase("indef");
      features.insert("def");
    }
    const Variant& variant = entry->select(features);
    if (variant.is_whole) {
      return fill(variant.pieces, {}, {}, {});
    }
    Words out = prefix;
    if (has_article && !is_bare && !request.contains("determined")) {
      append(out, article(features));
    }
    append(out, fill(variant.pieces, {}, {}, {}));
    return out;
  };
  return part;
}

Part Maker::name(std::string_view name, const std::vector<std::string>& sections) {
  for (const std::string& section : sections) {
    if (Part part = entry(section, name); !part.empty()) {
      return part;
    }
  }
  if (lexicon_->setting("names") != "as written") {
    untranslated_.insert(std::string(name));
  }
  return text(name);
}

std::string Maker::translated(std::string_view section, std::string_view key,
                              std::string_view original) {
  if (const Part part = entry(section, key); !part.empty()) {
    return to_plain(realise(part.make({}, {}), *lexicon_, false));
  }
  if (lexicon_->setting("names") != "as written" && !original.empty()) {
    untranslated_.insert(std::string(original));
  }
  return std::string(original);
}

Part Maker::list(std::vector<Part> items, std::string_view last) const {
  std::erase_if(items, [](const Part& item) { return item.empty(); });
  if (items.size() < 2) {
    return items.empty() ? Part() : items.front();
  }
  Part part;
  // Plural by `and`; by `or` as its last member. One gender where all have it, else `mixed`.
  part.features = items.back().features;
  for (const Part& item : items) {
    for (const char* gender : {"m", "f", "n"}) {
      if (part.features.contains(gender) && !item.features.contains(gender)) {
        part.features.erase(gender);
        part.features.insert(lexicon_->setting("mixed"));
      }
    }
  }
  part.features.erase("art");
  if (last == "list.and") {
    part.features.erase("sg");
    part.features.insert("pl");
  }
  part.make = [this, items = std::move(items), last = std::string(last)](const Features& request,
                                                                         const Words& prefix) {
    Words joined = items.front().make(request, prefix);
    for (std::size_t i = 1; i < items.size(); ++i) {
      const std::string key = i + 1 == items.size() ? last : std::string("list.comma");
      joined = words(key, {{"a", fixed(joined)}, {"b", fixed(items[i].make(request, prefix))}});
    }
    return joined;
  };
  return part;
}

Words Maker::number(std::int64_t value, const Features& features) const {
  const Entry* entry = lexicon_->find("number", std::to_string(value));
  if (entry != nullptr) {
    return fill(entry->select(features).pieces, {}, {}, {});
  }
  Word word = name_word(digits(static_cast<double>(value)));
  return {word};
}

std::string Maker::digits(double value, int decimals) const {
  std::string plain = fmt::format("{:.{}f}", std::abs(value), std::max(decimals, 1));
  while (plain.back() == '0') {
    plain.pop_back();
  }
  if (plain.back() == '.') {
    plain.pop_back();
  }
  const std::size_t point = plain.find('.');
  const std::string whole = plain.substr(0, point);
  std::string out = value < 0 ? "-" : "";
  // Four digits stay together where the lexicon sets `group_from` to 5.
  const std::size_t grouped = lexicon_->setting("group_from") == "5" ? 5 : 4;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && whole.size() >= grouped && (whole.size() - i) % 3 == 0) {
      out += lexicon_->setting("group");
    }
    out += whole[i];
  }
  if (point != std::string::npos) {
    out += lexicon_->setting("decimal") + plain.substr(point + 1);
  }
  return out;
}

Part Maker::count(std::string_view unit, double value) const {
  if (unit.empty()) {
    return fixed({name_word(digits(value))});
  }
  const Entry* entry = lexicon_->find("unit", unit);
  Features features{lexicon_->plural_of(value)};
  if (entry == nullptr) {
    return fixed({name_word(digits(value)), name_word(unit)});
  }
  features.insert(entry->features.begin(), entry->features.end());
  const Words written = value == std::floor(value) && value >= 0 && value < 1e9
                            ? number(static_cast<std::int64_t>(value), features)
                            : Words{name_word(digits(value))};
  Part part;
  part.features = entry->features;
  part.features.erase("sg");
  part.features.insert(features.contains("one") ? "sg" : "pl");
  part.make = [this, entry, written, features](const Features& request, const Words& prefix) {
    const Slots slots{{"n", fixed(written)}};
    return fill(entry->select(united(features, request)).pieces, slots, request, prefix);
  };
  return part;
}

Part Maker::period(const agreement::Period& period) const {
  std::vector<Part> parts;
  const auto add = [&](const char* unit, std::int64_t value) {
    if (value != 0) {
      parts.push_back(count(unit, static_cast<double>(value)));
    }
  };
  add("month", period.months);
  add("day", period.days);
  add("hour", period.seconds / 3600);
  add("minute", period.seconds % 3600 / 60);
  add("second", period.seconds % 60);
  if (parts.empty()) {
    parts.push_back(count("second", 0));
  }
  Part all = list(std::move(parts), "list.and");
  if (period.months != 0 && period.rounding == agreement::Rounding::Up) {
    return phrase("period.rounded_up", {{"period", all}});
  }
  if (period.months != 0 && period.rounding == agreement::Rounding::Down) {
    return phrase("period.rounded_down", {{"period", all}});
  }
  return all;
}

Part Maker::distance(base::Metres distance) const {
  const double kilometres = distance.value / 1000;
  const bool is_whole = kilometres >= 1 && kilometres == std::floor(kilometres);
  return is_whole ? count("kilometre", kilometres) : count("metre", distance.value);
}

Part Maker::date(base::Date date) const {
  const std::string day_text = std::to_string(date.day);
  const Part day = entry("day", day_text);
  const Part month = entry("month", std::to_string(date.month));
  return phrase("date", {{"day", day.empty() ? text(day_text) : day},
                         {"month", month.empty() ? text(std::to_string(date.month)) : month},
                         {"year", text(std::to_string(date.year))}});
}

std::string Maker::time(int hour, int minute) const {
  const Slots slots{{"hour", text(fmt::format("{:02}", hour))},
                    {"minute", text(fmt::format("{:02}", minute))}};
  return to_plain(realise(words("time", slots), *lexicon_, false));
}

}  // namespace truce::prose::internal
