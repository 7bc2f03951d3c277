// member_reader.hpp: one large JSON object, read piece by piece: its members, and of those that are
// lists an element at a time. A directory of a million users is read in the memory of one user.
//
//   json::MemberReader reader{source};
//   for (;;) {
//     ROLLCALL_TRY(const bool is_member, reader.next_member());
//     if (!is_member) break;
//     if (!reader.is_list()) { ... reader.value() ...; continue; }
//     for (;;) {
//       ROLLCALL_TRY(const bool is_element, reader.next_element());
//       if (!is_element) break;
//       ... reader.value() ...
//     }
//   }
#ifndef ROLLCALL_JSON_MEMBER_READER_HPP
#define ROLLCALL_JSON_MEMBER_READER_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <set>
#include <string>
#include <string_view>

#include "json/document.hpp"
#include "json/window.hpp"

namespace rollcall::json {

struct MemberOptions {
  ReadOptions read = {}; // of an element, or of a member that is no list
  std::size_t members_max = 10'000;
  std::size_t chunk_bytes = 256 * 1024;
};

class MemberReader {
 public:
  // The source outlives the reader.
  explicit MemberReader(Source& source, const MemberOptions& options = {});

  // Goes on to the next member, over what is left of a list; false at the end of the text, where
  // nothing but blanks may follow. After an error there is no next member.
  [[nodiscard]] Result<bool> next_member();

  // Of the member at hand.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] bool is_list() const noexcept { return is_list_; }

  // Goes on to the next element of a member that is a list; false at its end.
  [[nodiscard]] Result<bool> next_element();

  // The element at hand, or the member if it is no list. Its paths and places are those of the
  // whole text. Borrowed until the next call of one of the above.
  [[nodiscard]] Value value() const noexcept { return document_.root(); }

 private:
  enum class State : std::uint8_t { at_begin, in_list, behind_member, at_end };

  Result<bool> step(Result<bool> (MemberReader::*taken)());
  Result<bool> step_to_member();
  Result<bool> step_to_element();
  Result<void> begin_member();
  Result<void> read_name();
  Result<void> read_piece(std::string path);
  Result<std::size_t> find_end();
  Result<char> next_sign();
  void drop_piece() noexcept;
  Error expected(std::string_view what) const;

  Window window_;
  Document document_;
  std::size_t bytes_max_;
  std::size_t members_max_;
  std::pmr::set<std::pmr::string, std::less<>> names_;
  std::string name_;
  std::string path_; // of the list at hand
  std::size_t element_count_ = 0;
  std::size_t piece_bytes_ = 0; // of the window: the value at hand
  State state_ = State::at_begin;
  bool is_list_ = false;
  bool has_failed_ = false;
};

} // namespace rollcall::json

#endif // ROLLCALL_JSON_MEMBER_READER_HPP
