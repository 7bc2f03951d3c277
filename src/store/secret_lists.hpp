// secret_lists.hpp: secrets of one row of a file and one operation, kept as one text: a row may
// make eight of them, and a statement for each costs more than all the rest of the row.
#ifndef ROLLCALL_STORE_SECRET_LISTS_HPP
#define ROLLCALL_STORE_SECRET_LISTS_HPP

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::store {

class SecretLists {
 public:
  SecretLists() = default;
  SecretLists(const SecretLists&) = delete;
  SecretLists& operator=(const SecretLists&) = delete;

  // [[0, "user", "17", "pin", "4711", 1, 0], ...]: change, kind, key, field, value, whether it may
  // be fetched, how many effects need it. So many blanks behind it. Stays until the next call.
  [[nodiscard]] Result<std::string_view> write(std::span<const MadeSecret> secrets,
                                               std::size_t room = 0);
  // Of a text that it wrote: all but operation, row and line. They stay until the next `read`.
  [[nodiscard]] Result<std::vector<MadeSecret>> read(std::string_view text);

 private:
  WipingMemory memory_;
  std::pmr::string text_{&memory_};
  TextSink sink_{text_};
  std::optional<json::Writer> writer_;
  json::Document document_{{.memory = &memory_}};
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SECRET_LISTS_HPP
