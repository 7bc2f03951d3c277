// journal.hpp: how far jobs have come, what they have changed, and what is left to be done.
//
// All of it is written in the transaction that also changes the directory, if that is kept here.
#ifndef ROLLCALL_STORE_JOURNAL_HPP
#define ROLLCALL_STORE_JOURNAL_HPP

#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "json/writer.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/sink.hpp"
#include "store/database.hpp"
#include "store/jobs.hpp"
#include "store/later_changes.hpp"
#include "store/many_rows.hpp"
#include "store/secrets.hpp"

namespace rollcall::store {

class Journal {
 public:
  Journal(Database& database, Jobs& jobs, Clock& clock, std::pmr::memory_resource& memory);

  [[nodiscard]] Result<void> begin(JobId id);
  [[nodiscard]] Result<void> commit();
  void roll_back() noexcept;

  [[nodiscard]] Result<void> intend(JobId id, std::span<const std::string_view> operations);
  [[nodiscard]] Result<void> hold(JobId id, std::span<const MadeSecret> secrets);
  [[nodiscard]] Result<void> settle(JobId id, std::span<const Settled> groups);
  [[nodiscard]] Result<Progress> progress(JobId id);
  [[nodiscard]] Result<void> exceptions(JobId id, SettledSink& sink);
  [[nodiscard]] LaterChanges& later() noexcept { return later_; }
  [[nodiscard]] Secrets& secrets() noexcept { return secrets_; }

 private:
  // A transaction, and whose.
  struct Open {
    Transaction transaction;
    JobId job = 0;
    std::int64_t at_ms = 0;
    std::string actor = {};
  };

  [[nodiscard]] Result<void> check_open(JobId id) const;
  [[nodiscard]] Result<void> count(JobId id, std::span<const Settled> groups);
  void forget() noexcept;
  [[nodiscard]] Result<void> put_exception(JobId id, const Settled& group);
  [[nodiscard]] Result<void> put_audit(const Audited& change);
  [[nodiscard]] Result<void> put_effect(JobId id, const Settled& group, const Effect& effect);

  Database* database_;
  Jobs* jobs_;
  Clock* clock_;
  std::pmr::memory_resource* memory_;
  Secrets secrets_;
  LaterChanges later_;
  std::optional<Open> open_;
  ManyRows audit_;
  std::pmr::string text_;
  TextSink sink_;
  std::optional<json::Writer> writer_;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_JOURNAL_HPP
