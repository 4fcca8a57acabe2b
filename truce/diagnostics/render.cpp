// SPDX-License-Identifier: Apache-2.0
#include "truce/diagnostics/render.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/diagnostics/internal/columns.h"

namespace truce::diagnostics {
namespace {

// More are only counted: nobody reads on.
constexpr std::size_t kMaxShown = 100;
constexpr std::size_t kMinWidth = 40;

// A stretch of one line to underline, in columns of the drawn line, from 0.
struct Mark {
  std::uint32_t line = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  bool is_primary = false;
};

std::string_view level_text(Level level) {
  return level == Level::Error ? std::string_view("error") : std::string_view("warning");
}

// The span as it can be drawn: inside the text, begin before end.
base::Span repaired(base::Span span, const base::SourceText& text) {
  span.begin = std::min(span.begin, text.size());
  span.end = std::clamp(span.end, span.begin, text.size());
  return span;
}

class Page {
 public:
  Page(const std::vector<const base::SourceText*>& sources, const RenderOptions& options)
      : sources_(&sources), options_(options) {
    options_.width = std::max(options_.width, kMinWidth);
  }

  void draw(const Notice& notice);
  void line(const std::string& text) { page_ += text + '\n'; }
  [[nodiscard]] std::string take() { return std::move(page_); }

 private:
  [[nodiscard]] const base::SourceText* source(std::uint32_t index) const {
    return index < sources_->size() ? (*sources_)[index] : nullptr;
  }
  [[nodiscard]] std::string coloured(std::string_view text, std::string_view colour) const {
    return options_.use_colour && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text)
                                                : std::string(text);
  }
  [[nodiscard]] static std::string_view grave_colour(bool is_grave) {
    return is_grave ? "1;31" : "1;33";
  }
  [[nodiscard]] std::string bar() const {
    return coloured(options_.use_unicode ? "│" : "|", "1;34");
  }
  void excerpt(const Notice& notice, std::uint32_t source_index, bool is_first);
  void excerpt_line(const base::SourceText& text, std::uint32_t number, std::vector<Mark> marks,
                    std::size_t gutter, bool is_grave);
  void underline(std::vector<Mark>& marks, std::size_t gutter, bool is_grave);
  void remark(std::string_view head, std::string_view text, std::size_t gutter);
  static void add_marks(const base::SourceText& text, const Label& label, std::vector<Mark>& marks);

  const std::vector<const base::SourceText*>* sources_;
  RenderOptions options_;
  std::string page_;
};

// A label over several lines marks the first from its begin and the last up to its end.
void Page::add_marks(const base::SourceText& text, const Label& label, std::vector<Mark>& marks) {
  const base::Span span = repaired(label.span, text);
  const std::uint32_t first = line_of(text, span.begin);
  const std::uint32_t last = span.end > span.begin ? line_of(text, span.end - 1) : first;
  const auto column = [&](std::uint32_t line, std::uint32_t offset) {
    return columns_before(text.line(line), offset - line_start(text, line));
  };
  if (first == last) {
    const std::size_t begin = column(first, span.begin);
    marks.push_back(
        {first, begin, std::max(begin + 1, column(first, span.end)), label.text, label.is_primary});
    return;
  }
  const std::size_t begin = column(first, span.begin);
  marks.push_back({first, begin, std::max(begin + 1, columns_before(text.line(first), SIZE_MAX)),
                   "", label.is_primary});
  const std::size_t indent = columns_before(
      text.line(last), std::min(text.line(last).find_first_not_of(" \t"), text.line(last).size()));
  marks.push_back(
      {last, indent, std::max(indent + 1, column(last, span.end)), label.text, label.is_primary});
}

void Page::draw(const Notice& notice) {
  const std::string text = printable(notice.message, options_.use_unicode);
  line(coloured(notice.head, grave_colour(notice.is_grave)) + coloured(": " + text, "1"));
  excerpt(notice, notice.span.source, true);
  std::vector<std::uint32_t> others;
  for (const Label& label : notice.labels) {
    if (label.span.source != notice.span.source) {
      others.push_back(label.span.source);
    }
  }
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  for (const std::uint32_t other : others) {
    excerpt(notice, other, false);
  }
  for (const auto& [head, remarked] : notice.remarks) {
    remark(head, remarked, 4);
  }
  page_ += '\n';
}

void Page::excerpt(const Notice& notice, std::uint32_t source_index, bool is_first) {
  const base::SourceText* text = source(source_index);
  if (text == nullptr) {
    return;
  }
  std::vector<Mark> marks;
  base::Span place = notice.span;
  bool has_own = false;
  for (const Label& label : notice.labels) {
    if (label.span.source != source_index) {
      continue;
    }
    has_own = has_own || label.span == notice.span;
    place = is_first || !marks.empty() ? place : label.span;
    add_marks(*text, label, marks);
    if (label.span == notice.span) {
      marks.back().is_primary = true;
    }
  }
  if (is_first && !has_own) {
    add_marks(*text, Label{notice.span, "", true}, marks);
  }
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return std::pair(a.line, a.begin) < std::pair(b.line, b.begin);
  });
  const std::size_t gutter = std::to_string(marks.back().line).size() + 1;
  const base::Position position = text->position(repaired(place, *text).begin);
  const std::string arrow = options_.use_unicode ? "╭─" : "-->";
  line(fmt::format("{:{}}{} {}:{}:{}", "", gutter, coloured(arrow, "1;34"),
                   printable(text->name(), options_.use_unicode), position.line, position.column));
  std::uint32_t previous = 0;
  for (auto from = marks.begin(); from != marks.end();) {
    const auto to =
        std::find_if(from, marks.end(), [&](const Mark& mark) { return mark.line != from->line; });
    if (previous != 0 && from->line > previous + 1) {
      line(fmt::format("{:{}}{}", "", gutter, coloured(options_.use_unicode ? "⋮" : ":", "1;34")));
    }
    previous = from->line;
    excerpt_line(*text, from->line, {from, to}, gutter, notice.is_grave);
    from = to;
  }
}

void Page::excerpt_line(const base::SourceText& text, std::uint32_t number, std::vector<Mark> marks,
                        std::size_t gutter, bool is_grave) {
  const std::size_t room = options_.width - std::min(options_.width / 2, gutter + 3);
  const std::size_t focus = marks.front().begin;
  // A long line is shown around its first mark.
  const std::size_t from = focus > room * 2 / 3 ? focus - room / 3 : 0;
  const Cut cut = cut_columns(text.line(number), from, room, options_.use_unicode);
  line(fmt::format("{} {} {}", coloured(fmt::format("{:>{}}", number, gutter - 1), "1;34"), bar(),
                   cut.text));
  const std::size_t end_of_cut = count_columns(cut.text);
  for (Mark& mark : marks) {
    mark.begin =
        std::min(mark.begin > cut.from ? mark.begin - cut.from + cut.lead : cut.lead, end_of_cut);
    const std::size_t end = mark.end > cut.from ? mark.end - cut.from + cut.lead : cut.lead;
    mark.end = std::max(mark.begin + 1, std::min(end, end_of_cut));
  }
  underline(marks, gutter, is_grave);
}

// The strokes under one line, the last text beside its stroke, the others below, right to left.
void Page::underline(std::vector<Mark>& marks, std::size_t gutter, bool is_grave) {
  const std::string margin = fmt::format("{:{}}{} ", "", gutter, bar());
  const std::string_view stroke = options_.use_unicode ? "─" : "-";
  const auto colour = [&](const Mark& mark) {
    return mark.is_primary ? grave_colour(is_grave) : std::string_view("1;34");
  };
  std::string row = margin;
  std::size_t column = 0;
  for (const Mark& mark : marks) {
    if (mark.begin < column && column > 0) {
      continue;
    }
    row.append(mark.begin - column, ' ');
    std::string strokes;
    for (std::size_t at = mark.begin; at < mark.end; ++at) {
      strokes += mark.is_primary ? std::string_view("^") : stroke;
    }
    row += coloured(strokes, colour(mark));
    column = mark.end;
  }
  Mark& last = marks.back();
  if (!last.text.empty() && last.end >= column) {
    row += " " + coloured(printable(last.text, options_.use_unicode), colour(last));
    last.text.clear();
  }
  line(row);
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
    if (!mark->text.empty()) {
      line(margin + std::string(mark->begin, ' ') +
           coloured(printable(mark->text, options_.use_unicode), colour(*mark)));
    }
  }
}

// A note or a fix, wrapped to the width.
void Page::remark(std::string_view head, std::string_view text, std::size_t gutter) {
  const std::string start = fmt::format("{:{}}{}: ", "", gutter - 2, head);
  const std::size_t indent = start.size();
  std::string row = coloured(start, "1");
  std::size_t column = indent;
  for (const std::string& word : words_of(printable(text, options_.use_unicode))) {
    const std::size_t length = count_columns(word);
    if (column > indent && column + 1 + length > options_.width) {
      line(row);
      row = std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      row += ' ';
      ++column;
    }
    row += word;
    column += length;
  }
  line(row);
}

Notice notice_of(const Diagnostic& diagnostic) {
  const KindInfo& kind = info(diagnostic.kind);
  Notice notice{.head = fmt::format("{}[{}]", level_text(kind.level), kind.code),
                .message = message(diagnostic),
                .span = diagnostic.span,
                .labels = diagnostic.labels,
                .remarks = {},
                .is_grave = kind.level == Level::Error};
  for (const std::string& note : diagnostic.notes) {
    notice.remarks.emplace_back("note", note);
  }
  if (diagnostic.fix.has_value()) {
    notice.remarks.emplace_back("fix", diagnostic.fix->description);
  }
  return notice;
}

}  // namespace

std::string to_terminal(const std::vector<Diagnostic>& diagnostics,
                        const std::vector<const base::SourceText*>& sources,
                        const RenderOptions& options) {
  Page page(sources, options);
  const std::size_t shown = std::min(diagnostics.size(), kMaxShown);
  for (std::size_t at = 0; at < shown; ++at) {
    page.draw(notice_of(diagnostics[at]));
  }
  if (diagnostics.size() > shown) {
    page.line(fmt::format("{}{} more problems are not shown; mend these first",
                          options.use_unicode ? "… " : "... ", diagnostics.size() - shown));
  }
  return page.take();
}

std::string to_terminal(const std::vector<Notice>& notices,
                        const std::vector<const base::SourceText*>& sources,
                        const RenderOptions& options) {
  Page page(sources, options);
  for (const Notice& notice : notices) {
    page.draw(notice);
  }
  return page.take();
}

std::string to_lines(const std::vector<Diagnostic>& diagnostics,
                     const std::vector<const base::SourceText*>& sources) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics) {
    const KindInfo& kind = info(diagnostic.kind);
    if (diagnostic.span.source < sources.size()) {
      const base::SourceText& text = *sources[diagnostic.span.source];
      const base::Position position = text.position(diagnostic.span.begin);
      lines += fmt::format("{}:{}:{}: ", text.name(), position.line, position.column);
    }
    lines += fmt::format("{}[{}]: {}\n", level_text(kind.level), kind.code,
                         printable(message(diagnostic), true));
  }
  return lines;
}

std::string to_explanation(Kind kind) {
  const KindInfo& entry = info(kind);
  std::string page = fmt::format("{} ({}): {}\n\n", entry.code, level_text(entry.level),
                                 without_holes(entry.message));
  constexpr std::size_t kWidth = 80;
  std::size_t column = 0;
  for (const std::string& word : words_of(entry.explanation)) {
    if (word == "\n") {
      page += column == 0 ? "" : "\n";
      page += '\n';
      column = 0;
      continue;
    }
    const std::size_t length = count_columns(word);
    if (column > 0 && column + 1 + length > kWidth) {
      page += '\n';
      column = 0;
    }
    page += (column > 0 ? " " : "") + word;
    column += length + (column > 0 ? 1 : 0);
  }
  page += column == 0 ? "" : "\n";
  return page;
}

}  // namespace truce::diagnostics
