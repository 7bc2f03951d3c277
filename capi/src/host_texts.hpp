// What callbacks of a host are handed: texts with a zero byte behind them, and changes as structs,
// all of them gone when the callback has returned.
#ifndef ROLLCALL_CAPI_SRC_HOST_TEXTS_HPP
#define ROLLCALL_CAPI_SRC_HOST_TEXTS_HPP

#include <cstring>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rollcall/directory.hpp"
#include "rollcall/host.h"
#include "schema.hpp"

namespace rollcall::capi {

class HostTexts {
 public:
  explicit HostTexts(std::pmr::memory_resource* memory) : memory_{memory} {}

  [[nodiscard]] rollcall_str of(std::string_view text)
  {
    char* const copy = static_cast<char*>(memory_.allocate(text.size() + 1, 1));
    if (!text.empty()) std::memcpy(copy, text.data(), text.size());
    copy[text.size()] = '\0';
    return {copy, text.size()};
  }
  [[nodiscard]] rollcall_str of(const std::optional<std::string_view>& text)
  {
    return text ? of(*text) : rollcall_str{nullptr, 0};
  }
  [[nodiscard]] std::pmr::vector<rollcall_str> of(std::span<const std::string_view> texts);

  // Groups as the host is given them.
  [[nodiscard]] std::pmr::vector<const rollcall_group*> of(std::span<const Group> groups,
                                                           const SchemaBody& schema);

 private:
  // Structs that live as long as the texts, and pointers to each.
  template <class Struct>
  struct Array {
    Struct* structs = nullptr;
    const Struct** pointers = nullptr;
  };
  template <class Struct>
  [[nodiscard]] Array<Struct> array(std::size_t size);
  void fill(rollcall_change& into, const Change& change, std::span<const SecretValue> secrets,
            std::uint32_t number, const SchemaBody& schema);

  std::pmr::monotonic_buffer_resource memory_;
};

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_HOST_TEXTS_HPP
