// A draft as a handle: one call at a time has it, and what judges has its directory as well.
#ifndef ROLLCALL_CAPI_SRC_DRAFT_HPP
#define ROLLCALL_CAPI_SRC_DRAFT_HPP

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "directory.hpp"
#include "rollcall/draft.h"
#include "rollcall/draft.hpp"
#include "schema.hpp"
#include "table.hpp"
#include "watcher.hpp"

namespace rollcall::capi {

struct DraftBody {
  std::shared_ptr<const SchemaBody> schema = {};
  std::shared_ptr<DirectoryBody> directory = {};
  std::shared_ptr<const std::atomic<bool>> cancel = {}; // null: nobody can
  std::optional<Watcher> watcher = {};                  // as long as the draft
  std::optional<Draft> draft = {};                      // always, once the handle is out
  std::string said = {};                                // what was handed out last
  std::atomic<bool> in_use = false;

  // Until the next text.
  [[nodiscard]] rollcall_str say(std::string&& text) noexcept
  {
    said = std::move(text);
    return str(said);
  }
};

} // namespace rollcall::capi

struct rollcall_draft {
  std::shared_ptr<rollcall::capi::DraftBody> body;
};

namespace rollcall::capi {

// `body` is given the draft, and what it returns is the result.
template <class Body>
rollcall_status with_draft(rollcall_draft* draft, rollcall_error** err, Body&& body) noexcept
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(draft, "draft"));
    ROLLCALL_TRY(const InUse held, InUse::take(draft->body->in_use, "the draft"));
    static_cast<void>(held);
    return body(*draft->body->draft);
  });
}

// The same where the host is asked.
template <class Body>
rollcall_status with_judged(rollcall_draft* draft, rollcall_error** err, Body&& body) noexcept
{
  return with_draft(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_TRY(const InUse held,
                 InUse::take(draft->body->directory->in_use(), "the directory of the draft"));
    static_cast<void>(held);
    return body(of);
  });
}

// For an out-pointer: `body` makes the table.
template <class Body>
Result<void> put_table(rollcall_table** out, Body&& body)
{
  ROLLCALL_CHECK(given(out, "out"));
  ROLLCALL_TRY(auto table, body());
  *out = table.release();
  return success();
}

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_DRAFT_HPP
