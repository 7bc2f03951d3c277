// A store as a handle; in a build without SQLite there is none.
#ifndef ROLLCALL_CAPI_SRC_STORE_HPP
#define ROLLCALL_CAPI_SRC_STORE_HPP

#include <atomic>
#include <memory>

#include "directory.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/store.h"

#ifdef ROLLCALL_SQLITE
#include "rollcall/sqlite_store.hpp"
#endif

namespace rollcall::capi {

class StoreBody {
 public:
#ifdef ROLLCALL_SQLITE
  StoreBody(std::shared_ptr<Engine> engine, SqliteStore&& store)
      : engine_{std::move(engine)}, store_{std::move(store)}, id_{store_.id()}
  {
  }
  [[nodiscard]] SqliteStore& store() noexcept
  {
    return store_;
  }
  [[nodiscard]] JobStore& jobs() noexcept
  {
    return store_;
  }
  [[nodiscard]] JobService& service() noexcept
  {
    return store_;
  }
#else
  [[nodiscard]] JobStore& jobs() noexcept
  {
    return *none_;
  }
  [[nodiscard]] JobService& service() noexcept
  {
    return *nobody_;
  }
#endif
  [[nodiscard]] const std::shared_ptr<Engine>& engine() const noexcept
  {
    return engine_;
  }
  [[nodiscard]] const std::string& id() const noexcept
  {
    return id_;
  }
  [[nodiscard]] std::atomic<bool>& in_use() noexcept
  {
    return in_use_;
  }

 private:
  std::shared_ptr<Engine> engine_;
#ifdef ROLLCALL_SQLITE
  SqliteStore store_;
#else
  JobStore* none_ = nullptr; // no such body is ever made
  JobService* nobody_ = nullptr;
#endif
  std::string id_;
  std::atomic<bool> in_use_ = false;
};

// The store's objects, as a format sees them.
[[nodiscard]] Result<std::shared_ptr<DirectoryBody>> directory_of(
    const std::shared_ptr<StoreBody>& store, std::shared_ptr<const SchemaBody> schema);

} // namespace rollcall::capi

struct rollcall_store {
  std::shared_ptr<rollcall::capi::StoreBody> body;
};

namespace rollcall::capi {

// A function that has the store for itself meanwhile: `body` is given the StoreBody.
template <class Body>
rollcall_status with_store(rollcall_store* store, rollcall_error** err, Body&& body) noexcept
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(store, "store"));
    ROLLCALL_TRY(const InUse held, InUse::take(store->body->in_use(), "the store"));
    static_cast<void>(held);
    return body(*store->body);
  });
}

// The same that makes something.
template <class Made, class Body>
rollcall_status make_of_store(rollcall_store* store, Made** out, rollcall_error** err,
                              Body&& body) noexcept
{
  return make(out, err, [&]() -> Result<std::unique_ptr<Made>> {
    ROLLCALL_CHECK(given(store, "store"));
    ROLLCALL_TRY(const InUse held, InUse::take(store->body->in_use(), "the store"));
    static_cast<void>(held);
    return body(*store->body);
  });
}

// What a purge took, for who asked: nothing is purged unless there is room to say it.
[[nodiscard]] Result<void> check_room(const rollcall_purged* gone);
[[nodiscard]] Result<void> say(const Purged& purged, const std::shared_ptr<Engine>& engine,
                               rollcall_purged* gone);

// The schema that a job was begun with, unless one was given.
[[nodiscard]] Result<std::shared_ptr<const SchemaBody>> schema_of_job(StoreBody& store, JobId job,
                                                                      const rollcall_schema* given);
// The directory that was given, or the store's own as the format of the job sees it.
[[nodiscard]] Result<std::shared_ptr<DirectoryBody>> directory_of_job(
    const std::shared_ptr<StoreBody>& store, JobId job, const rollcall_directory* given);
// The directory, for who has the store: nothing more to take if it is one of the store.
[[nodiscard]] Result<InUse> take_beside(StoreBody& store, DirectoryBody& directory);

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_STORE_HPP
