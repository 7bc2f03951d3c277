// The options that every verb with a format takes: `--format`, `--directory`, `--db`, `--context`,
// `--actor`, `--role`, `--actor-field`, `--option`.
#ifndef ROLLCALL_TOOLS_HOST_OPTIONS_HPP
#define ROLLCALL_TOOLS_HOST_OPTIONS_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "console.hpp"
#include "options.hpp"
#include "rollcall/job.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/memory_directory.hpp"
#ifdef ROLLCALL_SQLITE
#include "rollcall/sqlite_store.hpp"
#endif
#include "streams.hpp"

namespace rollcall::tools {

// As they were typed.
struct HostOptions {
  std::string format = {};
  std::string directory = {};
  std::string db = {};
  std::string context = {};
  std::string actor = {};
  std::string role = {};
  std::vector<std::string> options = {}, actor_fields = {};
};

// The format has to be named, unless what is read may name it. Where it is only what a file comes
// from, the host is one of the format that is wanted (`--to`).
enum class FormatIs : std::uint8_t { required, read, source };
void declare(Options& options, HostOptions& host, FormatIs format = FormatIs::required);

// A database that can only be read is opened for who wants no more.
enum class Wants : std::uint8_t { to_write, to_look };

#ifdef ROLLCALL_SQLITE
// That there is none is wrong use of what names it: "--db".
[[nodiscard]] Result<SqliteStore> open_store(Console& console, std::string_view named,
                                             const std::string& path,
                                             Wants wants = Wants::to_write);
#endif

// The host's objects, wherever they are; with neither option there are none.
class Host {
 public:
  explicit Host(MemoryDirectory&& memory);
#ifdef ROLLCALL_SQLITE
  // One that can only be looked at is read as a directory.json is: what a format asks for the first
  // time would have to be written there.
  [[nodiscard]] static Result<Host> open(SqliteStore&& store, const schema::Schema& schema,
                                         const Seams& seams);
#endif

  [[nodiscard]] Directory& directory() noexcept
  {
    return *directory_;
  }
  // Where its jobs are remembered; null: nowhere.
  [[nodiscard]] JobStore* store() noexcept;
  // The same store, as who looks at its history asks it.
  [[nodiscard]] JobService* service() noexcept;
  // As a directory.json.
  [[nodiscard]] Result<void> write(Sink& sink);

 private:
  Host() = default;

#ifdef ROLLCALL_SQLITE
  std::unique_ptr<SqliteStore> store_;
#endif
  std::unique_ptr<Directory> directory_;
  MemoryDirectory* memory_ = nullptr;
};

// A database that remembers jobs, and holds objects for any format.
class StoreHost {
 public:
  [[nodiscard]] static Result<StoreHost> open(Console& console, const std::string& path,
                                              Wants wants = Wants::to_write);
  [[nodiscard]] JobStore& jobs() noexcept;
  [[nodiscard]] JobService& service() noexcept;
  // That somebody has looked; not where that is all that can be done: whoever can read the file of
  // a database that nobody may write needs no leave of it.
  [[nodiscard]] Result<void> note(const AccessRecord& access);
  [[nodiscard]] Result<std::unique_ptr<Directory>> directory(const schema::Schema& schema);

 private:
  StoreHost() = default;
#ifdef ROLLCALL_SQLITE
  std::unique_ptr<SqliteStore> store_;
#endif
};

// The path of the format if it is a schema as JSON; empty if it is built in.
[[nodiscard]] std::string_view path_of_format(const HostOptions& host);

[[nodiscard]] inline bool has_host(const HostOptions& host) noexcept
{
  return !host.directory.empty() || !host.db.empty();
}

// Without a host: who forgot it would wonder why nobody is known, or why he himself is not, where a
// format knows who asks by objects. Empty: that is not why he is refused.
inline constexpr std::string_view judged_without_host =
    "there is no host, so no object was known: --directory FILE or --db FILE names one";
[[nodiscard]] std::string_view refused_without_host(const HostOptions& host,
                                                    const schema::Schema& schema, Refusal refusal);

// What a database is asked about its jobs, as typed: which one, and who asks.
struct StoreOptions {
  std::string db = {}, context = {}, actor = {}, role = {};
  std::vector<std::string> actor_fields = {};
};
// The same host, for what can be done with a job of it later.
[[nodiscard]] StoreOptions store_of(const HostOptions& host);

// What changes or shows objects needs some: without a host it is wrong_use, and so are two.
[[nodiscard]] Result<void> check_host(const HostOptions& host);

[[nodiscard]] Result<Context> context_of(Console& console, const HostOptions& host,
                                         const schema::Schema& schema);
[[nodiscard]] Result<Host> host_of(Console& console, const HostOptions& host,
                                   const schema::Schema& schema, Wants wants = Wants::to_write);

// What a format asks of an actor beside name and role, as NAME=VALUE. One that the format knows
// nothing of is wrong_use.
[[nodiscard]] Result<void> take_actor_fields(const std::vector<std::string>& fields,
                                             const schema::Schema& schema, Context& context);
[[nodiscard]] std::string name_of_field(const std::string& field);

// Of an actor without a role, or without what else the format asks of him: the finding then says
// what gives it to him.
void point_to_role(std::vector<Finding>& findings);

// Of a job that was done: that a directory.json has nothing of it, where that is so; empty: it is
// kept.
[[nodiscard]] std::string nothing_kept(const HostOptions& host, const std::string& directory_out,
                                       const JobSummary& job);

// What is wrong with a job as a whole, a line each; standard error is the place for it.
void say_findings(Console& console, const JobSummary& job);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_HOST_OPTIONS_HPP
