// SPDX-License-Identifier: Apache-2.0
#include "truce/daily/internal/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <utility>

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "truce/base/check.h"

#ifdef __SANITIZE_ADDRESS__
// Fontconfig keeps its patterns behind numbers that are no pointers to who looks for leaks; they
// are read once.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif

namespace truce::daily::internal {
namespace {

// A4 in points, and what stays white.
constexpr double kWidth = 595.276;
constexpr double kHeight = 841.89;
constexpr double kMargin = 51;
constexpr double kBottom = kHeight - 62;
constexpr double kContent = kWidth - 2 * kMargin;
constexpr double kPadding = 3.5;
constexpr double kMarkSize = 6.5;
// No field is longer on paper, whatever stands in the record.
constexpr int kMostLines = 14;

constexpr std::string_view kFontFolder = "/usr/share/fonts/truetype/noto/";
constexpr std::array<std::string_view, 4> kFonts = {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf",
                                                    "NotoNaskhArabic-Regular.ttf",
                                                    "NotoNaskhArabic-Bold.ttf"};

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};
constexpr Colour kInk{0.11, 0.13, 0.16};
constexpr Colour kFaint{0.36, 0.39, 0.44};
constexpr Colour kLine{0.80, 0.82, 0.85};
constexpr Colour kShade{0.94, 0.95, 0.96};
constexpr Colour kAccent{0.12, 0.29, 0.49};

struct Face {
  double points = 9;
  bool is_bold = false;
  Colour colour = kInk;
};

Face face_of(TextStyle style) {
  switch (style) {
    case TextStyle::Title:
      return {20, true, kAccent};
    case TextStyle::Heading:
      return {12.5, true, kAccent};
    case TextStyle::Lead:
      return {13, true, kInk};
    case TextStyle::Body:
      return {9.5, false, kInk};
    case TextStyle::Small:
      return {8, false, kFaint};
  }
  return {};
}

constexpr Face kCellFace{8.5, false, kInk};
constexpr Face kStrongFace{8.5, true, kInk};
constexpr Face kHeaderFace{8, true, kFaint};
constexpr Face kFooterFace{7.5, false, kFaint};

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct DestroyConfig {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
using LayoutPointer = std::unique_ptr<PangoLayout, Unref>;

// The fonts, read once for all sheets of the program: the libraries keep of each reading what they
// never give back. They serve one sheet at a time, which holds the lock.
class Fonts {
 public:
  static Fonts& shared() {
    static Fonts fonts;
    return fonts;
  }

  base::Result<PangoFontMap*> load() {
    if (map_) {
      return map_.get();
    }
    std::unique_ptr<FcConfig, DestroyConfig> config(FcConfigCreate());
    for (const std::string_view font : kFonts) {
      const std::string path = std::string(kFontFolder) + std::string(font);
      // The type of the library, which takes unsigned letters.
      const auto* name = reinterpret_cast<const FcChar8*>(path.c_str());
      if (FcConfigAppFontAddFile(config.get(), name) != FcTrue) {
        return base::Error{
            base::ErrorCode::NotFound,
            fmt::format("the font {} is missing; on Debian: apt-get install fonts-noto-core",
                        path)};
      }
    }
    map_.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), config.get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);
    config_ = std::move(config);
    return map_.get();
  }

  std::mutex lock;

 private:
  std::unique_ptr<FcConfig, DestroyConfig> config_;
  std::unique_ptr<PangoFontMap, Unref> map_;
};

// One thing on a page; with neither layout nor mark a filled rectangle.
struct Item {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  LayoutPointer layout;
  Mark mark = Mark::None;
  Colour colour = kInk;
};

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

void set_colour(cairo_t* cairo, Colour colour) {
  cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

void hatch(cairo_t* cairo, double x, double y, double size) {
  cairo_save(cairo);
  cairo_rectangle(cairo, x, y, size, size);
  cairo_clip(cairo);
  for (double at = 0; at < 2 * size; at += size / 2.5) {
    cairo_move_to(cairo, x + at, y);
    cairo_line_to(cairo, x + at - size, y + size);
  }
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

// Broken: filled; contested: half; unknown: hatched; kept: a ring.
void draw_mark(cairo_t* cairo, const Item& item) {
  const double size = kMarkSize;
  set_colour(cairo, kInk);
  cairo_set_line_width(cairo, 0.8);
  // A text leaves a point behind, from which an arc would be reached by a line.
  cairo_new_path(cairo);
  if (item.mark == Mark::Kept) {
    cairo_arc(cairo, item.x + size / 2, item.y + size / 2, size / 2, 0, 2 * M_PI);
    cairo_stroke(cairo);
    return;
  }
  cairo_rectangle(cairo, item.x, item.y, size, size);
  if (item.mark == Mark::Broken) {
    cairo_fill(cairo);
    return;
  }
  cairo_stroke(cairo);
  if (item.mark == Mark::Unknown) {
    hatch(cairo, item.x, item.y, size);
    return;
  }
  cairo_move_to(cairo, item.x, item.y + size);
  cairo_line_to(cairo, item.x + size, item.y + size);
  cairo_line_to(cairo, item.x, item.y);
  cairo_close_path(cairo);
  cairo_fill(cairo);
}

void draw(cairo_t* cairo, const Item& item) {
  if (item.layout) {
    set_colour(cairo, item.colour);
    cairo_move_to(cairo, item.x, item.y);
    pango_cairo_show_layout(cairo, item.layout.get());
  } else if (item.mark != Mark::None) {
    draw_mark(cairo, item);
  } else {
    set_colour(cairo, item.colour);
    cairo_rectangle(cairo, item.x, item.y, item.width, item.height);
    cairo_fill(cairo);
  }
}

// What ends a line or steers a terminal is a space on paper.
std::string without_controls(const std::string& text) {
  std::string clean = text;
  std::replace_if(
      clean.begin(), clean.end(),
      [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; }, ' ');
  return clean;
}

}  // namespace

class Sheet::Impl {
 public:
  explicit Impl(const SheetOptions& options) : options_(options), pages_(1) {}

  base::Result<void> load_fonts() {
    const auto map = fonts_.load();
    if (!map) {
      return map.error();
    }
    context_.reset(pango_font_map_create_context(*map));
    pango_context_set_base_dir(
        context_.get(), options_.is_right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(context_.get(),
                               pango_language_from_string(options_.language.c_str()));
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    cairo_font_options_t* const font = cairo_font_options_create();
    cairo_font_options_set_hint_style(font, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(font, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), font);
    cairo_font_options_destroy(font);
    return {};
  }

  void text(TextStyle style, const std::string& text, Mark mark) {
    const Face face = face_of(style);
    const double indent = mark == Mark::None ? 0 : 2 * kMarkSize;
    LayoutPointer layout = make(text, face, kContent - indent, 200);
    const double before = style == TextStyle::Heading ? 12 : 0;
    const double after = style == TextStyle::Heading || style == TextStyle::Small ? 5 : 4;
    const double height = height_of(layout.get());
    // A heading is not left alone at the foot of a page.
    reserve(before + height + (style == TextStyle::Heading ? 60 : 0));
    y_ += at_top() ? 0 : before;
    place(std::move(layout), kMargin, kContent, y_, indent, mark, face);
    y_ += height + after;
  }

  void table(const Table& table) {
    head(table);
    for (const Row& row : table.rows) {
      std::vector<LayoutPointer> layouts;
      double height = 0;
      for (std::size_t column = 0; column < row.cells.size(); ++column) {
        const Cell& cell = row.cells[column];
        const double width = row.is_band ? kContent : table.widths[column] * kContent;
        const double indent = cell.mark == Mark::None ? 0 : 1.6 * kMarkSize;
        layouts.push_back(make(cell.text, cell.is_strong ? kStrongFace : kCellFace,
                               width - 2 * kPadding - indent, kMostLines));
        height = std::max(height, height_of(layouts.back().get()));
      }
      height += 2 * kPadding - 1;
      // A band is not left without the rows under it.
      if (y_ + height + (row.is_band && row.cells.front().is_strong ? 30 : 0) > kBottom) {
        turn();
        head(table);
      }
      if (row.is_band && row.cells.front().is_strong) {
        fill(kMargin, y_, kContent, height, kShade);
      }
      cells(table, row, std::move(layouts));
      y_ += height;
      fill(kMargin, y_, kContent, 0.5, kLine);
    }
    y_ += 8;
  }

  base::Result<std::string> finish(
      const std::function<std::string(std::size_t, std::size_t)>& footer) {
    std::string bytes;
    cairo_surface_t* const surface =
        cairo_pdf_surface_create_for_stream(append_bytes, &bytes, kWidth, kHeight);
    const std::string made_at = base::to_iso(options_.made_at, {});
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, options_.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made_at.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Truce");
    cairo_t* const cairo = cairo_create(surface);
    for (std::size_t page = 0; page < pages_.size(); ++page) {
      for (const Item& item : pages_[page]) {
        draw(cairo, item);
      }
      fill_footer(cairo, footer(page + 1, pages_.size()));
      cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    const cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS) {
      return base::Error{base::ErrorCode::Io,
                         fmt::format("the PDF cannot be made: {}", cairo_status_to_string(status))};
    }
    return bytes;
  }

 private:
  LayoutPointer make(const std::string& text, const Face& face, double width, int most_lines) {
    LayoutPointer layout(pango_layout_new(context_.get()));
    PangoFontDescription* const font = pango_font_description_new();
    // Arabic letters are drawn smaller for the same number of points.
    const double points = options_.is_right_to_left ? face.points * 1.15 : face.points;
    pango_font_description_set_family(font, options_.is_right_to_left
                                                ? "Noto Naskh Arabic, Noto Sans"
                                                : "Noto Sans, Noto Naskh Arabic");
    pango_font_description_set_size(font, static_cast<int>(std::lround(points * PANGO_SCALE)));
    pango_font_description_set_weight(font, face.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_alignment(layout.get(),
                               options_.is_right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_width(layout.get(), static_cast<int>(std::lround(width * PANGO_SCALE)));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(layout.get(), -most_lines);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    const std::string clean = without_controls(text);
    pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
    return layout;
  }

  static double height_of(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  static double first_baseline(PangoLayout* layout) {
    return static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE;
  }

  // A text in its field, with its mark at the side where the line begins.
  void place(LayoutPointer layout, double x, double width, double y, double indent, Mark mark,
             const Face& face) {
    const bool is_rtl = options_.is_right_to_left;
    if (mark != Mark::None) {
      pages_.back().push_back({.x = is_rtl ? x + width - kMarkSize : x,
                               .y = y + first_baseline(layout.get()) - kMarkSize,
                               .width = kMarkSize,
                               .height = kMarkSize,
                               .layout = nullptr,
                               .mark = mark,
                               .colour = kInk});
    }
    pages_.back().push_back({.x = is_rtl ? x : x + indent,
                             .y = y,
                             .width = width,
                             .height = 0,
                             .layout = std::move(layout),
                             .mark = Mark::None,
                             .colour = face.colour});
  }

  // Columns follow each other in the direction of writing.
  void cells(const Table& table, const Row& row, std::vector<LayoutPointer> layouts) {
    double along = 0;
    for (std::size_t column = 0; column < layouts.size(); ++column) {
      const Cell& cell = row.cells[column];
      const double width = row.is_band ? kContent : table.widths[column] * kContent;
      const double x =
          options_.is_right_to_left ? kMargin + kContent - along - width : kMargin + along;
      place(std::move(layouts[column]), x + kPadding, width - 2 * kPadding, y_ + kPadding - 1,
            cell.mark == Mark::None ? 0 : 1.6 * kMarkSize, cell.mark,
            cell.is_strong ? kStrongFace : kCellFace);
      along += width;
    }
  }

  void head(const Table& table) {
    std::vector<LayoutPointer> layouts;
    double height = 0;
    for (std::size_t column = 0; column < table.header.size(); ++column) {
      layouts.push_back(make(table.header[column], kHeaderFace,
                             table.widths[column] * kContent - 2 * kPadding, kMostLines));
      height = std::max(height, height_of(layouts.back().get()));
    }
    reserve(height + 40);
    double along = 0;
    for (std::size_t column = 0; column < layouts.size(); ++column) {
      const double width = table.widths[column] * kContent;
      const double x =
          options_.is_right_to_left ? kMargin + kContent - along - width : kMargin + along;
      place(std::move(layouts[column]), x + kPadding, width - 2 * kPadding, y_, 0, Mark::None,
            kHeaderFace);
      along += width;
    }
    y_ += height + 2;
    fill(kMargin, y_, kContent, 1, kAccent);
    y_ += 1;
  }

  void fill(double x, double y, double width, double height, Colour colour) {
    pages_.back().push_back({.x = x,
                             .y = y,
                             .width = width,
                             .height = height,
                             .layout = nullptr,
                             .mark = Mark::None,
                             .colour = colour});
  }

  void fill_footer(cairo_t* cairo, const std::string& text) {
    const LayoutPointer layout = make(text, kFooterFace, kContent, 2);
    set_colour(cairo, kLine);
    cairo_rectangle(cairo, kMargin, kHeight - 48, kContent, 0.5);
    cairo_fill(cairo);
    set_colour(cairo, kFooterFace.colour);
    cairo_move_to(cairo, kMargin, kHeight - 44);
    pango_cairo_show_layout(cairo, layout.get());
  }

  [[nodiscard]] bool at_top() const { return y_ <= kMargin; }
  void turn() {
    pages_.emplace_back();
    y_ = kMargin;
  }
  void reserve(double height) {
    if (y_ + height > kBottom && !at_top()) {
      turn();
    }
  }

  SheetOptions options_;
  Fonts& fonts_ = Fonts::shared();
  std::unique_lock<std::mutex> locked_{fonts_.lock};
  std::unique_ptr<PangoContext, Unref> context_;
  std::vector<std::vector<Item>> pages_;
  double y_ = kMargin;
};

Sheet::Sheet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Sheet::Sheet(Sheet&& other) noexcept = default;
Sheet& Sheet::operator=(Sheet&& other) noexcept = default;
Sheet::~Sheet() = default;

base::Result<Sheet> Sheet::begin(const SheetOptions& options) {
  auto impl = std::make_unique<Impl>(options);
  if (auto loaded = impl->load_fonts(); !loaded) {
    return loaded.error();
  }
  return Sheet(std::move(impl));
}

void Sheet::text(TextStyle style, const std::string& text, Mark mark) {
  impl_->text(style, text, mark);
}

void Sheet::table(const Table& table) {
  for (const Row& row : table.rows) {
    TRUCE_CHECK(row.is_band ? row.cells.size() == 1 : row.cells.size() == table.widths.size(),
                "a row has a cell for each column, or one across all");
  }
  impl_->table(table);
}

base::Result<std::string> Sheet::finish(
    const std::function<std::string(std::size_t, std::size_t)>& footer) {
  return impl_->finish(footer);
}

}  // namespace truce::daily::internal
