// `rollcall init` and `rollcall dump`: a directory.json made an SQLite host, and that made one
// again.
#include <array>
#include <string>

#include "console.hpp"
#include "host_options.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class Init final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("DB", db_, "the file that is made")->required();
    options.add_option("--directory", directory_, "the host's objects, a directory.json")
        ->type_name("FILE");
  }

  Result<Exit> run(Console& console) override
  {
#ifdef ROLLCALL_SQLITE
    if (db_ == "-")
      return Error{ErrorCode::wrong_use, "DB is a file; a database cannot go to standard output"};
    const std::array inputs{Stream { "--directory", directory_ }};
    ROLLCALL_CHECK(check_streams(inputs, std::array{Stream { "DB", db_ }}));
    std::unique_ptr<Source> source;
    if (!directory_.empty()) {
      ROLLCALL_TRY(source, open_named(console, "--directory", directory_));
    }
    ROLLCALL_CHECK(make(console, source.get()));
    return Exit::succeeded;
#else
    static_cast<void>(console);
    return Error{ErrorCode::unsupported, "this build has no SQLite"};
#endif
  }

 private:
#ifdef ROLLCALL_SQLITE
  Result<void> make(Console& console, Source* objects) const
  {
    auto created = SqliteStore::create(db_, console.seams, {.objects = objects});
    if (created.has_value()) return success();
    Error failure = std::move(created).assume_error();
    if (failure.code() == ErrorCode::malformed || failure.code() == ErrorCode::limit_exceeded)
      return std::move(failure).while_doing("reading " + directory_);
    return no_folder(std::move(failure), db_);
  }
#endif

  std::string db_, directory_;
};

class Dump final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("DB", db_, "the SQLite host")->required();
    options.add_option("-o,--output", output_, "where to; standard output otherwise")
        ->type_name("FILE");
  }

  Result<Exit> run(Console& console) override
  {
#ifdef ROLLCALL_SQLITE
    const std::array inputs{database_stream(db_)};
    ROLLCALL_CHECK(check_streams(inputs, std::array{Stream { "-o", output_ }}));
    ROLLCALL_TRY(auto store, open_store(console, "DB", db_, Wants::to_look));
    if (output_ == "-") console.out.when_unread(Unread::ends_all);
    ROLLCALL_TRY(auto output, Output::open(console, output_));
    ROLLCALL_CHECK(store.dump(output.sink()));
    ROLLCALL_CHECK(output.commit());
    return Exit::succeeded;
#else
    static_cast<void>(console);
    return Error{ErrorCode::unsupported, "this build has no SQLite"};
#endif
  }

 private:
  std::string db_, output_ = "-";
};

} // namespace

std::unique_ptr<Command> make_init()
{
  return std::make_unique<Init>();
}

std::unique_ptr<Command> make_dump()
{
  return std::make_unique<Dump>();
}

} // namespace rollcall::tools
