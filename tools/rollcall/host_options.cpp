// What the options of a host mean: files that are read, words that go before them.
#include "host_options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <system_error>
#include <utility>

#include "nearest.hpp"
#include "schema_file.hpp"

namespace rollcall::tools {
namespace {

// `NAME` and `NAME=true` are true, `NAME=false` is false (spec F10). One that the format knows as
// something else takes a text or a number; one that it does not know is misspelled.
Result<void> take_option(const std::string& option, const schema::Schema& schema, Context& context)
{
  const std::size_t equals = option.find('=');
  const std::string name = option.substr(0, equals);
  std::vector<std::string> names;
  const schema::Fact* known = nullptr;
  for (const schema::Fact& each : schema.options) {
    if (each.name == name) known = &each;
    names.push_back(each.name);
  }
  if (known == nullptr)
    return Error{ErrorCode::wrong_use, fmt::format("the format {} has no option '{}'{}", schema.id,
                                                   name, did_you_mean(name, names))};
  const std::string text = equals == option.npos ? "true" : option.substr(equals + 1);
  Setting value;
  if (known->is == schema::Is::boolean && (text == "true" || text == "false")) {
    value = {.is = Setting::Is::boolean, .boolean = text == "true"};
  } else if (known->is == schema::Is::text || known->is == schema::Is::key) {
    value = {.is = Setting::Is::text, .text = text};
  } else if (known->is == schema::Is::integer) {
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value.integer);
    if (read.ec == std::errc{} && read.ptr == end) value.is = Setting::Is::integer;
  }
  if (value.is == Setting::Is::null)
    return Error{ErrorCode::wrong_use,
                 known->is == schema::Is::boolean
                     ? fmt::format("the option {0} is {0}=true or {0}=false", name)
                     : fmt::format("the option {} cannot be '{}' here; use --context", name, text)};
  context.options.insert_or_assign(name, value);
  return success();
}

} // namespace

void declare(Options& options, HostOptions& host, FormatIs format)
{
  const Options::Group group{options, "Host"};
  Option* const named =
      options.add_option("--format", host.format, "the vendor's format, or a schema as JSON")
          ->type_name("FORMAT")
          ->setting();
  if (format == FormatIs::required) named->required();
  options.add_option("--directory", host.directory, "the host's objects, a directory.json")
      ->type_name("FILE")
      ->setting()
      ->instead_of("db");
  options.add_option("--db", host.db, "the host's objects, an SQLite database (rollcall init)")
      ->type_name("FILE")
      ->setting()
      ->instead_of("directory");
  options.add_option("--context", host.context, "who imports, a context.json")
      ->type_name("FILE")
      ->setting();
  options.add_option("--actor", host.actor, "the name of who imports")
      ->type_name("NAME")
      ->setting();
  options.add_option("--role", host.role, "the role of who imports")->type_name("ROLE")->setting();
  options.add_option("--option", host.options, "an option of the format, on or =false")
      ->type_name("NAME[=VALUE]")
      ->repeated()
      ->setting();
}

std::string_view path_of_format(const HostOptions& host)
{
  return is_schema_path(host.format) ? std::string_view{host.format} : std::string_view{};
}

Result<void> check_host(const HostOptions& host)
{
  if (!host.directory.empty() && !host.db.empty())
    return Error{ErrorCode::wrong_use, "--directory and --db are two hosts"};
  if (!host.directory.empty() || !host.db.empty()) return success();
  return Error{ErrorCode::wrong_use, "there is no host: --directory FILE or --db FILE names it"};
}

Result<Context> context_of(Console& console, const HostOptions& host, const schema::Schema& schema)
{
  Context context;
  if (!host.context.empty()) {
    ROLLCALL_TRY(auto source, open_input(console, host.context));
    ROLLCALL_TRY(context, while_doing(read_context(*source), "reading " + host.context));
  }
  if (!host.actor.empty()) context.name = host.actor;
  if (!host.role.empty()) context.role = host.role;
  for (const std::string& option : host.options)
    ROLLCALL_CHECK(take_option(option, schema, context));
  return context;
}

Result<Host> host_of(Console& console, const HostOptions& host, const schema::Schema& schema)
{
  if (!host.directory.empty() && !host.db.empty()) ROLLCALL_CHECK(check_host(host));
  if (!host.db.empty()) {
#ifdef ROLLCALL_SQLITE
    ROLLCALL_TRY(auto store, SqliteStore::open(host.db, console.seams));
    return while_doing(Host::open(std::move(store), schema), "reading " + host.db);
#else
    return Error{ErrorCode::unsupported, "this build has no SQLite, so there is no --db"};
#endif
  }
  if (host.directory.empty()) {
    ROLLCALL_TRY(auto none, MemoryDirectory::make(schema, console.seams));
    return Host{std::move(none)};
  }
  ROLLCALL_TRY(auto source, open_input(console, host.directory));
  ROLLCALL_TRY(auto memory, while_doing(MemoryDirectory::read(*source, schema, console.seams),
                                        "reading " + host.directory));
  return Host{std::move(memory)};
}

Host::Host(MemoryDirectory&& memory)
{
  auto owned = std::make_unique<MemoryDirectory>(std::move(memory));
  memory_ = owned.get();
  directory_ = std::move(owned);
}

#ifdef ROLLCALL_SQLITE
Result<Host> Host::open(SqliteStore&& store, const schema::Schema& schema)
{
  Host host;
  host.store_ = std::make_unique<SqliteStore>(std::move(store));
  ROLLCALL_TRY(host.directory_, host.store_->directory(schema));
  return host;
}
#endif

JobStore* Host::store() noexcept
{
#ifdef ROLLCALL_SQLITE
  return store_.get();
#else
  return nullptr;
#endif
}

JobService* Host::service() noexcept
{
#ifdef ROLLCALL_SQLITE
  return store_.get();
#else
  return nullptr;
#endif
}

Result<void> Host::write(Sink& sink)
{
#ifdef ROLLCALL_SQLITE
  if (store_) return store_->dump(sink);
#endif
  return memory_->write(sink);
}

#ifdef ROLLCALL_SQLITE
Result<StoreHost> StoreHost::open(Console& console, const std::string& path, Wants wants)
{
  ROLLCALL_TRY(auto store,
               SqliteStore::open(path, console.seams, {.may_only_look = wants == Wants::to_look}));
  StoreHost made;
  made.store_ = std::make_unique<SqliteStore>(std::move(store));
  return made;
}

JobStore& StoreHost::jobs() noexcept
{
  return *store_;
}

JobService& StoreHost::service() noexcept
{
  return *store_;
}

Result<void> StoreHost::note(const AccessRecord& access)
{
  return store_->can_only_look() ? success() : store_->note(access);
}

Result<std::unique_ptr<Directory>> StoreHost::directory(const schema::Schema& schema)
{
  return store_->directory(schema);
}
#else
Result<StoreHost> StoreHost::open(Console&, const std::string&, Wants)
{
  return Error{ErrorCode::unsupported, "this build has no SQLite, so there is no --db"};
}
#endif

void say_findings(Console& console, const JobSummary& job)
{
  for (const Finding& finding : job.findings)
    console.say(fmt::format("{}: {} {}: {}", job.file.empty() ? "rollcall" : shown(job.file),
                            slug(finding.severity), slug(finding), render_message(finding)));
}

} // namespace rollcall::tools
