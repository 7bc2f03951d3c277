// The reader of large objects. What stands between the pieces is read here, one sign at a time; the
// pieces themselves, which are nearly all of the text, are found by their brackets and read by
// simdjson.
#include "json/member_reader.hpp"

#include <array>
#include <bit>
#include <utility>

#include "base/bytes.hpp"
#include "json/syntax.hpp"

namespace rollcall::json {
namespace {

constexpr std::string_view blanks = " \t\r\n";

constexpr std::array<bool, 256> is_structural = [] {
  std::array<bool, 256> table = {};
  for (const char sign : std::string_view{"\"[]{}"}) table[static_cast<unsigned char>(sign)] = true;
  return table;
}();

// Where a quote or a backslash stands, or the end. Eight bytes at a time: those of a word that were
// zero have their highest bit left, and below the first of them no other.
std::size_t find_special(std::string_view text, std::size_t at) noexcept
{
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highest = 0x8080808080808080;
  const auto zeros = [](std::uint64_t word) { return (word - ones) & ~word & highest; };
  for (; text.size() - at >= sizeof ones; at += sizeof ones) {
    const std::uint64_t word = load_le64(text.data() + at);
    const std::uint64_t found = zeros(word ^ ones * '"') | zeros(word ^ ones * '\\');
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\\') ++at;
  return at;
}

// What brackets and quotes a value has open, while its end is looked for.
class PieceEnd {
 public:
  // Goes on from `at`, and says whether the end was found, and then is at it. What is no JSON ends
  // somewhere: Document says what is wrong.
  bool find(std::string_view text, std::size_t& at)
  {
    if (at == 0 && !text.empty()) begin(text.front());
    if (is_scalar_) return find_end_of_scalar(text, at);
    while (at < text.size()) {
      if (in_text_) {
        find_end_of_text(text, at);
      } else {
        while (at < text.size() && !is_structural[static_cast<unsigned char>(text[at])]) ++at;
        if (at == text.size()) return false;
        step(text[at++]);
      }
      if (depth_ == 0 && !in_text_) return true;
    }
    return false;
  }

 private:
  void begin(char sign) noexcept { is_scalar_ = sign != '{' && sign != '[' && sign != '"'; }

  void step(char sign) noexcept
  {
    if (sign == '"') in_text_ = true;
    if (sign == '{' || sign == '[') ++depth_;
    if (sign == '}' || sign == ']') --depth_;
  }

  static bool find_end_of_scalar(std::string_view text, std::size_t& at) noexcept
  {
    const std::size_t end = text.find_first_of(",]} \t\r\n", at);
    at = std::min(end, text.size());
    return end != std::string_view::npos;
  }

  void find_end_of_text(std::string_view text, std::size_t& at) noexcept
  {
    if (is_escaped_ && at < text.size()) {
      is_escaped_ = false;
      ++at;
    }
    for (;;) {
      at = find_special(text, at);
      if (at == text.size()) return;
      if (text[at++] == '"') {
        in_text_ = false;
        return;
      }
      is_escaped_ = at == text.size();
      if (!is_escaped_) ++at;
    }
  }

  std::size_t depth_ = 0;
  bool in_text_ = false;
  bool is_escaped_ = false;
  bool is_scalar_ = false;
};

} // namespace

MemberReader::MemberReader(Source& source, const MemberOptions& options)
    : window_{source, options.chunk_bytes, options.read.memory},
      document_{options.read},
      bytes_max_{options.read.bytes_max},
      members_max_{options.members_max},
      names_{options.read.memory != nullptr ? options.read.memory : std::pmr::new_delete_resource()}
{
}

Result<bool> MemberReader::next_member()
{
  return guarded([&] { return step(&MemberReader::step_to_member); });
}

Result<bool> MemberReader::next_element()
{
  return guarded([&] { return step(&MemberReader::step_to_element); });
}

Result<bool> MemberReader::step(Result<bool> (MemberReader::*taken)())
{
  if (has_failed_) return Error{ErrorCode::wrong_use, "reading JSON beyond an error"};
  has_failed_ = true;
  ROLLCALL_TRY(const bool is_there, (this->*taken)());
  has_failed_ = false;
  return is_there;
}

Result<bool> MemberReader::step_to_member()
{
  while (state_ == State::in_list) ROLLCALL_CHECK(step_to_element());
  if (state_ == State::at_end) return false;
  drop_piece();
  ROLLCALL_TRY(char sign, next_sign());
  if (state_ == State::at_begin) {
    if (sign != '{') return expected("an object");
    window_.drop(1);
    ROLLCALL_TRY(sign, next_sign());
  } else if (sign == ',') {
    window_.drop(1);
    ROLLCALL_TRY(sign, next_sign());
    if (sign == '}') return expected("a name in quotes");
  } else if (sign != '}') {
    return expected("a comma or }");
  }
  if (sign == '}') {
    window_.drop(1);
    state_ = State::at_end;
    ROLLCALL_CHECK(next_sign());
    if (!window_.text().empty()) return expected("the end");
    return false;
  }
  ROLLCALL_CHECK(begin_member());
  return true;
}

Result<void> MemberReader::begin_member()
{
  ROLLCALL_CHECK(read_name());
  ROLLCALL_TRY(const char sign, next_sign());
  std::string path;
  append_member(path, name_);
  element_count_ = 0;
  is_list_ = sign == '[';
  state_ = is_list_ ? State::in_list : State::behind_member;
  if (!is_list_) return read_piece(std::move(path));
  window_.drop(1);
  path_ = std::move(path);
  return success();
}

Result<void> MemberReader::read_name()
{
  ROLLCALL_TRY(char sign, next_sign());
  if (sign != '"') return expected("a name in quotes");
  const Place place = window_.place();
  ROLLCALL_CHECK(read_piece({}));
  name_ = document_.root().text().value_or(std::string_view{});
  drop_piece();
  ROLLCALL_TRY(sign, next_sign());
  if (sign != ':') return expected("a colon");
  window_.drop(1);

  if (!names_.emplace(name_).second) {
    std::string path;
    append_member(path, name_);
    return Error{ErrorCode::malformed,
                 in_words(Fault{.path = std::move(path),
                                .place = place,
                                .what = "the name stands twice in its object"})};
  }
  if (names_.size() > members_max_) {
    return Error{ErrorCode::limit_exceeded,
                 in_words(Fault{.path = {},
                                .place = place,
                                .what = "more than " + std::to_string(members_max_) + " members"})};
  }
  return success();
}

Result<bool> MemberReader::step_to_element()
{
  if (state_ != State::in_list) return false;
  drop_piece();
  ROLLCALL_TRY(const char sign, next_sign());
  if (sign == ']') {
    window_.drop(1);
    state_ = State::behind_member;
    return false;
  }
  if (element_count_ != 0) {
    if (sign != ',') return expected("a comma or ]");
    window_.drop(1);
    ROLLCALL_CHECK(next_sign());
  }
  std::string path = path_;
  append_element(path, element_count_++);
  ROLLCALL_CHECK(read_piece(std::move(path)));
  return true;
}

// Reads the value that begins with the window.
Result<void> MemberReader::read_piece(std::string path)
{
  ROLLCALL_TRY(const std::size_t end, find_end());
  if (end == 0) return expected("a value");
  piece_bytes_ = end;
  return document_.read_in_place(window_.text().substr(0, end),
                                 {.path = std::move(path), .place = window_.place()});
}

// A value over the limit is not looked for to its end: what was read is over it, too.
Result<std::size_t> MemberReader::find_end()
{
  PieceEnd piece;
  std::size_t at = 0;
  while (!piece.find(window_.text(), at) && at <= bytes_max_) {
    ROLLCALL_TRY(const bool is_more, window_.more());
    if (!is_more) break;
  }
  return at;
}

// The next sign that is no blank, at which the window then begins; NUL at the end.
Result<char> MemberReader::next_sign()
{
  for (;;) {
    const std::string_view text = window_.text();
    const std::size_t at = text.find_first_not_of(blanks);
    window_.drop(std::min(at, text.size()));
    if (at != std::string_view::npos) return text[at];
    ROLLCALL_TRY(const bool is_more, window_.more());
    if (!is_more) return '\0';
  }
}

void MemberReader::drop_piece() noexcept
{
  window_.drop(std::exchange(piece_bytes_, 0));
}

Error MemberReader::expected(std::string_view what) const
{
  return Error{ErrorCode::malformed,
               in_words(Fault{.path = {},
                              .place = window_.place(),
                              .what = "expected " + std::string{what} + ", found " +
                                      sign_in_words(window_.text())})};
}

} // namespace rollcall::json
