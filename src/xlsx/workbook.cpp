// workbook.cpp: the calls of libxlsxwriter. It takes texts as UTF-8 and keeps none of ours, prints
// a warning where a text is too long, and writes numbers by the locale of the thread: so notes are
// cut before, names and words that do not fit are refused (what is typed under them must be read
// again), and the locale is that of C while it writes.
#include "xlsx/workbook.hpp"

#include <locale.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/message_template.hpp"
#include "base/utf8.hpp"

namespace rollcall::xlsx {
namespace {

constexpr lxw_row_t last_row = 1'048'575;   // that a sheet has, from 0
constexpr std::size_t columns_max = 16'384; // likewise
constexpr std::size_t note_characters_max = 2'000;
constexpr std::size_t title_characters_max = 200;
constexpr std::size_t cell_characters_max = 32'767;
constexpr std::size_t list_bytes_max = 255;        // in a column
constexpr std::uint8_t number_format_of_text = 49; // "@": ECMA-376, part 1, 18.8.30
constexpr double width_of_sign = 1.2;
constexpr double width_min = 12;
constexpr double width_max = 60;
constexpr int note_sign_pixels = 8;
constexpr int note_line_pixels = 20;
constexpr int note_columns = 48;

class CLocale {
 public:
  CLocale() : c_{::newlocale(LC_ALL_MASK, "C", nullptr)}
  {
    if (c_ != nullptr) before_ = ::uselocale(c_);
  }
  CLocale(const CLocale&) = delete;
  CLocale& operator=(const CLocale&) = delete;
  ~CLocale()
  {
    if (c_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(c_);
  }

 private:
  locale_t c_;
  locale_t before_ = nullptr;
};

// Texts of a schema may hold anything; a workbook holds no controls but line ends.
std::string shown(std::string_view text, std::size_t characters_max)
{
  std::string made;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!made.empty()) made += '\n';
    append_shown(made, text.substr(0, end), characters_max);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return made;
}

bool is_hex(char c) noexcept
{
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

// ECMA-376, part 1, 22.9.2.19: `_x0041_` is an A. libxlsxwriter writes controls in that way, but
// leaves as it is what only looks so.
bool is_escape(std::string_view text) noexcept
{
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, is_hex);
}

// What libxlsxwriter gets of a text that must come out again as it is.
Result<std::string> whole(std::string_view text, std::string_view what)
{
  const auto refuse = [&](std::string_view why) {
    std::string detail{what};
    append_shown(detail.append(" "), text);
    return Error{ErrorCode::unsupported,
                 detail.append(" cannot stand in a workbook: ").append(why)};
  };
  if (count_code_points(text) > cell_characters_max)
    return refuse("a cell holds 32,767 characters");
  if (find_invalid_utf8(text) != text.npos) return refuse("it is no UTF-8");
  std::string made;
  for (std::string_view rest = text; !rest.empty();) {
    const Decoded next = decode_next(rest);
    const bool is_none = next.code_point == 0 || (next.code_point & 0xFFFE) == 0xFFFE;
    if (is_none) return refuse("it has a character that XML has not");
    if (is_escape(rest)) made += "_x005F";
    made.append(rest.substr(0, next.bytes));
    rest.remove_prefix(next.bytes);
  }
  return made;
}

Error failure_of(lxw_error code)
{
  if (code == LXW_ERROR_MEMORY_MALLOC_FAILED) return Error{ErrorCode::out_of_memory};
  return Error{ErrorCode::file_failed, std::string{"libxlsxwriter: "}.append(lxw_strerror(code))};
}

// The words of columns whose list is too long to stand in the column itself, or has words that
// cannot stand there: a column each, on a sheet that is not shown. (libxlsxwriter 1.1 loses the few
// bytes of each such range.)
class Choices {
 public:
  explicit Choices(lxw_workbook* book) : book_{book} {}

  // Where they stand, as a formula has it.
  [[nodiscard]] Result<std::string> add(const std::vector<std::string>& words, lxw_format* text)
  {
    if (sheet_ == nullptr) sheet_ = workbook_add_worksheet(book_, "Choices");
    if (sheet_ == nullptr) return Error{ErrorCode::out_of_memory};
    worksheet_hide(sheet_);
    lxw_row_t row = 0;
    for (const std::string& word : words) {
      const lxw_error code = worksheet_write_string(sheet_, row++, next_, word.c_str(), text);
      if (code != LXW_NO_ERROR) return failure_of(code);
    }
    char range[LXW_MAX_FORMULA_RANGE_LENGTH] = {};
    lxw_rowcol_to_formula_abs(range, "Choices", 0, next_, row - 1, next_);
    ++next_;
    return std::string{"="} + range;
  }

 private:
  lxw_workbook* book_;
  lxw_worksheet* sheet_ = nullptr; // if there is anything on it
  lxw_col_t next_ = 0;
};

bool has_escape(std::string_view word) noexcept
{
  for (std::size_t at = 0; at != word.size(); ++at)
    if (static_cast<unsigned char>(word[at]) < 0x20 || is_escape(word.substr(at))) return true;
  return false;
}

// A list in a column is one text in quotes, a comma stands between words, and nothing is escaped.
bool can_stand_in_column(const std::vector<std::string>& words)
{
  std::size_t bytes = 0;
  for (const std::string& word : words) {
    bytes += word.size() + 1;
    if (word.empty() || word.find_first_of(",\"") != std::string::npos || has_escape(word))
      return false;
  }
  return bytes <= list_bytes_max;
}

class Writing {
 public:
  Writing(lxw_workbook* book, const Sheet& sheet) : book_{book}, about_{sheet} {}

  Result<void> write()
  {
    put_properties();
    lxw_worksheet* const sheet = workbook_add_worksheet(book_, "Import");
    Choices choices{book_};
    lxw_format* const text = workbook_add_format(book_);
    lxw_format* const header = workbook_add_format(book_);
    if (sheet == nullptr || text == nullptr || header == nullptr)
      return Error{ErrorCode::out_of_memory};
    format_set_num_format_index(text, number_format_of_text);
    format_set_num_format_index(header, number_format_of_text);
    format_set_bold(header);
    format_set_bottom(header, LXW_BORDER_THIN);
    worksheet_freeze_panes(sheet, 1, 0);
    if (about_.columns.size() > columns_max)
      return Error{ErrorCode::unsupported, "a sheet of a workbook has 16,384 columns at most"};
    for (std::size_t column = 0; column != about_.columns.size(); ++column) {
      const SheetColumn& each = about_.columns[column];
      const auto at = static_cast<lxw_col_t>(column);
      ROLLCALL_CHECK(put_header(sheet, at, each, header, text));
      if (!each.choices.empty()) ROLLCALL_CHECK(put_choices(sheet, at, each, choices, text));
    }
    return success();
  }

 private:
  void put_properties()
  {
    std::string title = shown(about_.title, title_characters_max);
    lxw_doc_properties properties = {};
    properties.title = title.data();
    properties.created = static_cast<time_t>(about_.created_ms / 1000);
    static_cast<void>(workbook_set_properties(book_, &properties));
  }

  static Result<void> put_header(lxw_worksheet* sheet, lxw_col_t column, const SheetColumn& about,
                                 lxw_format* header, lxw_format* text)
  {
    ROLLCALL_TRY(const std::string name, whole(about.header, "the header"));
    const double width = width_of_sign * static_cast<double>(name.size() + 2);
    lxw_error code =
        worksheet_set_column(sheet, column, column, std::clamp(width, width_min, width_max), text);
    if (code == LXW_NO_ERROR) code = worksheet_write_string(sheet, 0, column, name.c_str(), header);
    if (code != LXW_NO_ERROR) return failure_of(code);
    if (about.note.empty()) return success();
    const std::string note = shown(about.note, note_characters_max);
    lxw_comment_options options = {};
    options.width = note_columns * note_sign_pixels;
    options.height = static_cast<std::uint16_t>(note_line_pixels * (1 + lines_of(note)));
    code = worksheet_write_comment_opt(sheet, 0, column, note.c_str(), &options);
    if (code != LXW_NO_ERROR) return failure_of(code);
    return success();
  }

  // As it is wrapped, about.
  static int lines_of(const std::string& note)
  {
    int lines = 0;
    std::string_view rest = note;
    for (bool more = true; more;) {
      const std::size_t end = rest.find('\n');
      const std::size_t size = std::min(end, rest.size());
      lines += 1 + static_cast<int>(size) / note_columns;
      more = end != rest.npos;
      rest.remove_prefix(more ? end + 1 : rest.size());
    }
    return lines;
  }

  // Another word is warned of and not refused: the import reads more spellings than are listed.
  static Result<void> put_choices(lxw_worksheet* sheet, lxw_col_t column, const SheetColumn& about,
                                  Choices& choices, lxw_format* text)
  {
    std::vector<std::string> words;
    for (const std::string& word : about.choices) {
      ROLLCALL_TRY(std::string written, whole(word, "the word"));
      words.push_back(std::move(written));
    }
    std::string title = "Not in the list";
    std::string message = "An import may refuse it.";
    std::string range;
    std::vector<char*> in_column;
    lxw_data_validation list = {};
    if (can_stand_in_column(words)) {
      for (std::string& word : words) in_column.push_back(word.data());
      in_column.push_back(nullptr);
      list.validate = LXW_VALIDATION_TYPE_LIST;
      list.value_list = in_column.data();
    } else {
      ROLLCALL_TRY(range, choices.add(words, text));
      list.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      list.value_formula = range.data();
    }
    list.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    list.error_title = title.data();
    list.error_message = message.data();
    const lxw_error code =
        worksheet_data_validation_range(sheet, 1, column, last_row, column, &list);
    if (code != LXW_NO_ERROR) return failure_of(code);
    return success();
  }

  lxw_workbook* book_;
  const Sheet& about_;
};

} // namespace

Result<void> write_workbook(const Sheet& sheet, const std::string& path, const std::string& folder)
{
  const CLocale c;
  std::string kept_in = folder;
  lxw_workbook_options options = {};
  options.constant_memory = LXW_FALSE;
  options.tmpdir = kept_in.data();
  lxw_workbook* const book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return Error{ErrorCode::out_of_memory};
  Result<void> written = guarded([&] { return Writing{book, sheet}.write(); });
  const lxw_error closed = workbook_close(book);
  if (!written.has_value()) return written;
  if (closed != LXW_NO_ERROR) return failure_of(closed);
  return success();
}

} // namespace rollcall::xlsx
