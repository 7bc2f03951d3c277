// artifacts.cpp: writes pieces, and reads them one at a time.
#include "store/artifacts.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "store/cleaning.hpp"
#include "store/packing.hpp"

namespace rollcall::store {
namespace {

constexpr std::string_view given_name = "source"; // what a job was given

// What a job was given has secrets in it, perhaps, and SQLite moves pieces when others go.
Result<void> drop_pieces(Database& database, std::int64_t artifact)
{
  ROLLCALL_TRY(Statement pieces, database.prepare("DELETE FROM piece WHERE artifact = ?"));
  ROLLCALL_CHECK(pieces.bind(artifact).run());
  if (database.changes() == 0) return success();
  ROLLCALL_TRY(Statement given,
               database.prepare("SELECT 1 FROM artifact WHERE id = ? AND name = ?"));
  ROLLCALL_TRY(const bool is_given, given.bind(artifact).bind(given_name).step());
  given.reset();
  return note_cleaning(database, is_given ? Cleaning::file : Cleaning::log);
}

Result<void> drop(Database& database, std::int64_t artifact)
{
  ROLLCALL_CHECK(drop_pieces(database, artifact));
  ROLLCALL_TRY(Statement itself, database.prepare("DELETE FROM artifact WHERE id = ?"));
  return itself.bind(artifact).run();
}

struct Found {
  std::int64_t id = 0; // 0: there is none
  std::uint64_t bytes = 0;
};

Result<Found> find(Database& database, JobId job, std::string_view name)
{
  ROLLCALL_TRY(Statement statement,
               database.prepare("SELECT id, bytes FROM artifact WHERE job = ? AND name = ? AND "
                                "is_whole = 1"));
  ROLLCALL_TRY(const bool is_there, statement.bind(job).bind(name).step());
  if (!is_there) return Found{};
  return Found{.id = statement.integer(0), .bytes = statement.natural(1)};
}

constexpr std::size_t waiting_max = pieces_at_once * piece_bytes;

std::string_view text_of(std::span<const std::byte> bytes) noexcept
{
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class Writing final : public ArtifactSink {
 public:
  Writing(Database& database, Jobs& jobs, std::pmr::memory_resource& memory, JobId job,
          std::string_view name)
      : database_{database}, jobs_{jobs}, job_{job}, name_{name}, waiting_{&memory}
  {
    waiting_.reserve(waiting_max);
    for (std::size_t i = 0; i != pieces_at_once; ++i) packed_.emplace_back(&memory);
  }
  ~Writing() override
  {
    // What is left behind here goes when the job is taken over; of who was overtaken it has gone.
    if (artifact_ != 0)
      (void)guarded([&]() -> Result<void> {
        ROLLCALL_TRY(Transaction transaction, Transaction::begin(database_, Access::write));
        ROLLCALL_CHECK(check_own());
        ROLLCALL_CHECK(drop(database_, artifact_));
        return transaction.commit();
      }).has_value();
  }

  Result<void> begin()
  {
    ROLLCALL_TRY(Transaction transaction, Transaction::begin(database_, Access::write));
    ROLLCALL_CHECK(jobs_.check_holder(job_));
    ROLLCALL_TRY(Statement insert,
                 database_.prepare("INSERT INTO artifact (job, name, is_whole, bytes) "
                                   "VALUES (?, ?, 0, 0)"));
    ROLLCALL_CHECK(insert.bind(job_).bind(std::string_view{name_}).run());
    const std::int64_t artifact = database_.last_id();
    ROLLCALL_CHECK(transaction.commit());
    artifact_ = artifact;
    return success();
  }

  Result<void> write(std::string_view bytes) override
  {
    return guarded([&]() -> Result<void> {
      if (artifact_ == 0) return Error{ErrorCode::wrong_use, "the artifact is finished"};
      while (!bytes.empty()) {
        const std::size_t size = std::min(bytes.size(), waiting_max - waiting_.size());
        waiting_ += bytes.substr(0, size);
        bytes.remove_prefix(size);
        if (waiting_.size() == waiting_max) ROLLCALL_CHECK(write_waiting());
      }
      return success();
    });
  }

  bool can_restart() const noexcept override { return true; }
  Result<void> restart() override
  {
    return guarded([&]() -> Result<void> {
      if (artifact_ == 0) return Error{ErrorCode::wrong_use, "the artifact is finished"};
      waiting_.clear();
      if (bytes_ == 0) return success();
      ROLLCALL_TRY(Transaction transaction, Transaction::begin(database_, Access::write));
      ROLLCALL_CHECK(check_own());
      ROLLCALL_CHECK(drop_pieces(database_, artifact_));
      ROLLCALL_CHECK(transaction.commit());
      bytes_ = 0;
      return success();
    });
  }

  Result<void> finish() override
  {
    return guarded([&]() -> Result<void> {
      if (artifact_ == 0) return Error{ErrorCode::wrong_use, "the artifact is finished"};
      pack_waiting();
      ROLLCALL_TRY(Transaction transaction, Transaction::begin(database_, Access::write));
      ROLLCALL_CHECK(check_own());
      ROLLCALL_CHECK(put_pieces());
      ROLLCALL_TRY(const Found former, find(database_, job_, name_));
      if (former.id != 0) ROLLCALL_CHECK(drop(database_, former.id));
      ROLLCALL_TRY(Statement whole,
                   database_.prepare("UPDATE artifact SET is_whole = 1, bytes = ? WHERE id = ?"));
      ROLLCALL_CHECK(whole.bind(bytes_ + waiting_.size()).bind(artifact_).run());
      ROLLCALL_CHECK(transaction.commit());
      artifact_ = 0;
      return success();
    });
  }

 private:
  // Within the transaction of what is then written: the job is still this process's, and what it
  // has begun is still there. Who takes a job over drops what was not finished.
  Result<void> check_own()
  {
    ROLLCALL_CHECK(jobs_.check_holder(job_));
    ROLLCALL_TRY(Statement own, database_.prepare("SELECT 1 FROM artifact WHERE id = ? AND job = ? "
                                                  "AND is_whole = 0"));
    ROLLCALL_TRY(const bool is_there, own.bind(artifact_).bind(job_).step());
    if (is_there) return success();
    return Error{ErrorCode::not_found, "the artifact was removed while it was written"};
  }

  struct Piece {
    std::string_view content;
    bool is_packed;
  };

  // Before the lock is taken, which others wait for.
  void pack_waiting()
  {
    pieces_.clear();
    for (std::string_view left = waiting_; !left.empty();) {
      const std::string_view piece = left.substr(0, piece_bytes);
      left.remove_prefix(piece.size());
      std::pmr::string& packed = packed_[pieces_.size()];
      // What a job was given can be looked for, for as long as it is there.
      const bool is_packed = name_ != given_name && pack(piece, packed);
      pieces_.push_back({.content = is_packed ? packed : piece, .is_packed = is_packed});
    }
  }

  Result<void> put_pieces()
  {
    ROLLCALL_TRY(Statement insert,
                 database_.prepare("INSERT INTO piece (artifact, number, content, is_packed) "
                                   "VALUES (?, ?, ?, ?)"));
    std::uint64_t number = bytes_ / piece_bytes;
    for (const Piece& piece : pieces_) {
      insert.bind(artifact_).bind(number++).bind_bytes(std::as_bytes(std::span{piece.content}));
      ROLLCALL_CHECK(insert.bind(std::int64_t{piece.is_packed}).run());
    }
    return success();
  }

  Result<void> write_waiting()
  {
    pack_waiting();
    ROLLCALL_TRY(Transaction transaction, Transaction::begin(database_, Access::write));
    ROLLCALL_CHECK(check_own());
    ROLLCALL_CHECK(put_pieces());
    ROLLCALL_CHECK(transaction.commit());
    bytes_ += waiting_.size();
    waiting_.clear();
    return success();
  }

  Database& database_;
  Jobs& jobs_;
  JobId job_;
  std::string name_;
  std::pmr::string waiting_;
  std::vector<std::pmr::string> packed_;
  std::vector<Piece> pieces_;
  std::int64_t artifact_ = 0; // 0: finished, or not begun
  std::uint64_t bytes_ = 0;   // in whole pieces, before those that wait
};

// Between two reads anybody may remove the artifact, or put another one in its place. No id is ever
// given twice, so what has this one is this one.
class Reading final : public Source {
 public:
  Reading(Database& database, std::pmr::memory_resource& memory, Found artifact)
      : database_{database}, artifact_{artifact}, unpacked_{&memory}
  {
  }

  Result<std::size_t> read(std::span<std::byte> into) override
  {
    Result<std::size_t> done = guarded([&] { return read_piece(into); });
    if (!done.has_value() && done.assume_error().code() == ErrorCode::corrupt) return damaged();
    return done;
  }
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return artifact_.bytes; }
  Result<void> rewind() override
  {
    at_ = 0;
    return success();
  }

 private:
  Result<std::size_t> read_piece(std::span<std::byte> into)
  {
    if (at_ == artifact_.bytes || into.empty()) return 0;
    const std::uint64_t number = at_ / piece_bytes;
    if (unpacked_number_ == number) {
      ROLLCALL_CHECK(check_there());
      return hand_out(std::as_bytes(std::span{unpacked_}), into);
    }
    ROLLCALL_TRY(Statement statement,
                 database_.prepare("SELECT p.content, p.is_packed FROM artifact a JOIN piece p ON "
                                   "p.artifact = a.id WHERE a.id = ? AND a.is_whole = 1 AND "
                                   "a.bytes = ? AND p.number = ?"));
    statement.bind(artifact_.id).bind(artifact_.bytes).bind(number);
    ROLLCALL_TRY(const bool is_there, statement.step());
    if (!is_there) return removed();
    const std::span<const std::byte> piece = statement.bytes(0);
    if (statement.integer(1) == 0) return hand_out(piece, into);
    unpacked_number_.reset();
    const auto bytes = std::min<std::uint64_t>(piece_bytes, artifact_.bytes - number * piece_bytes);
    if (!unpack(text_of(piece), static_cast<std::size_t>(bytes), unpacked_)) return damaged();
    unpacked_number_ = number;
    return hand_out(std::as_bytes(std::span{unpacked_}), into);
  }

  static Error removed()
  {
    return Error{ErrorCode::not_found, "the artifact was removed while it was read"};
  }
  // (It is no fault of a plan that is read from here.)
  Error damaged() const
  {
    return Error{ErrorCode::file_failed, "a piece of an artifact is damaged"}.while_doing(
        "reading " + database_.path());
  }

  Result<void> check_there()
  {
    ROLLCALL_TRY(Statement artifact, database_.prepare("SELECT 1 FROM artifact WHERE id = ? AND "
                                                       "is_whole = 1 AND bytes = ?"));
    ROLLCALL_TRY(const bool is_there, artifact.bind(artifact_.id).bind(artifact_.bytes).step());
    return is_there ? Result<void>{success()} : removed();
  }

  Result<std::size_t> hand_out(std::span<const std::byte> piece, std::span<std::byte> into)
  {
    const std::size_t begin = at_ % piece_bytes;
    if (begin >= piece.size()) return damaged();
    const std::size_t size = std::min(into.size(), piece.size() - begin);
    std::memcpy(into.data(), piece.data() + begin, size);
    at_ += size;
    return size;
  }

  Database& database_;
  Found artifact_;
  std::uint64_t at_ = 0;
  std::pmr::string unpacked_;
  std::optional<std::uint64_t> unpacked_number_;
};

} // namespace

Result<std::unique_ptr<ArtifactSink>> write_artifact(Database& database, Jobs& jobs,
                                                     std::pmr::memory_resource& memory, JobId job,
                                                     std::string_view name)
{
  auto writing = std::make_unique<Writing>(database, jobs, memory, job, name);
  ROLLCALL_CHECK(writing->begin());
  return writing;
}

Result<std::unique_ptr<Source>> read_artifact(Database& database, std::pmr::memory_resource& memory,
                                              JobId job, std::string_view name)
{
  ROLLCALL_TRY(const Found found, find(database, job, name));
  if (found.id == 0)
    return Error{ErrorCode::not_found,
                 "no " + std::string{name} + " of job " + std::to_string(job) + " is kept"};
  return std::make_unique<Reading>(database, memory, found);
}

Result<void> drop_unfinished(Database& database, JobId job)
{
  std::vector<std::int64_t> ids;
  ROLLCALL_TRY(Statement unfinished,
               database.prepare("SELECT id FROM artifact WHERE job = ? AND is_whole = 0"));
  unfinished.bind(job);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, unfinished.step());
    if (!is_there) break;
    ids.push_back(unfinished.integer(0));
  }
  for (const std::int64_t id : ids) ROLLCALL_CHECK(drop(database, id));
  return success();
}

Result<bool> are_packed_well(Database& database, std::pmr::memory_resource& memory)
{
  static_assert(piece_bytes == 262'144);
  std::pmr::string unpacked{&memory};
  ROLLCALL_TRY(
      Statement pieces,
      database.prepare("SELECT p.content, a.bytes - p.number * 262144 FROM artifact a JOIN "
                       "piece p ON p.artifact = a.id WHERE a.is_whole = 1 AND "
                       "p.is_packed = 1"));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, pieces.step());
    if (!is_there) return true;
    const auto bytes = std::min<std::int64_t>(piece_bytes, pieces.integer(1));
    if (bytes <= 0) return false;
    if (!unpack(text_of(pieces.bytes(0)), static_cast<std::size_t>(bytes), unpacked)) return false;
  }
}

Result<void> remove_artifact(Database& database, JobId job, std::string_view name)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::write));
  ROLLCALL_TRY(const Found found, find(database, job, name));
  if (found.id == 0) return success();
  ROLLCALL_CHECK(drop(database, found.id));
  ROLLCALL_CHECK(transaction.commit());
  return clean_if_free(database);
}

} // namespace rollcall::store
