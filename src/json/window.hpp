// window.hpp: the stretch of a large JSON file that is being looked at, filled at its end and
// dropped at its front.
#ifndef ROLLCALL_JSON_WINDOW_HPP
#define ROLLCALL_JSON_WINDOW_HPP

#include <cstddef>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "json/fault.hpp"
#include "rollcall/source.hpp"

namespace rollcall::json {

class Window {
 public:
  // The source outlives the window.
  Window(Source& source, std::size_t chunk_bytes, std::pmr::memory_resource* memory)
      : source_{&source},
        chunk_bytes_{chunk_bytes},
        buffer_{memory != nullptr ? memory : std::pmr::new_delete_resource()}
  {
  }

  // What was read and not dropped. Behind it Document::padding_bytes can be read.
  [[nodiscard]] std::string_view text() const noexcept
  {
    return {buffer_.data() + begin_, end_ - begin_};
  }

  // Reads on, so that there is more text than before; false if nothing follows. The text moves.
  [[nodiscard]] Result<bool> more();

  // Of the front of the text, which stays where it is until more().
  void drop(std::size_t bytes) noexcept;

  // Of the first byte of the text. The byte order mark, which is dropped, counts for nothing.
  [[nodiscard]] Place place() const noexcept { return place_; }

 private:
  Source* source_;
  std::size_t chunk_bytes_;
  std::pmr::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  Place place_;
  bool is_started_ = false;
};

} // namespace rollcall::json

#endif // ROLLCALL_JSON_WINDOW_HPP
