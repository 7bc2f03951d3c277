// What the options of a host mean: files that are read, words that go before them.
#include "host_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
#include <utility>

#include "nearest.hpp"
#include "schema_file.hpp"

namespace rollcall::tools {
namespace {

// Of several, one that is misspelled.
Result<const schema::Fact*> find_fact(const std::vector<schema::Fact>& facts, std::string_view name,
                                      const std::string& what)
{
  std::vector<std::string> names;
  for (const schema::Fact& each : facts) {
    if (each.name == name) return &each;
    names.push_back(each.name);
  }
  return Error{ErrorCode::wrong_use,
               fmt::format("{} '{}'{}", what, name, did_you_mean(name, names))};
}

// Null if it is none of what a fact may be.
Setting setting_of(schema::Is is, const std::string& text)
{
  switch (is) {
    case schema::Is::boolean:
      if (text != "true" && text != "false") return {};
      return {.is = Setting::Is::boolean, .boolean = text == "true"};
    case schema::Is::text:
    case schema::Is::key:
      return {.is = Setting::Is::text, .text = text};
    case schema::Is::integer: {
      Setting value;
      const char* const end = text.data() + text.size();
      const auto read = std::from_chars(text.data(), end, value.integer);
      if (read.ec == std::errc{} && read.ptr == end) value.is = Setting::Is::integer;
      return value;
    }
    case schema::Is::texts:
      return {.is = Setting::Is::list, .items = {{.is = Setting::Is::text, .text = text}}};
    case schema::Is::interval:
    case schema::Is::pool:
      break;
  }
  return {};
}

// `NAME` and `NAME=true` are true, `NAME=false` is false (spec F10). One that the format knows as
// something else takes a text or a number; one that it does not know is misspelled.
Result<void> take_option(const std::string& option, const schema::Schema& schema, Context& context)
{
  const std::size_t equals = option.find('=');
  const std::string name = option.substr(0, equals);
  ROLLCALL_TRY(
      const schema::Fact* const known,
      find_fact(schema.options, name, fmt::format("the format {} has no option", schema.id)));
  const std::string text = equals == option.npos ? "true" : option.substr(equals + 1);
  const Setting value = known->is == schema::Is::texts ? Setting{} : setting_of(known->is, text);
  if (value.is == Setting::Is::null)
    return Error{ErrorCode::wrong_use,
                 known->is == schema::Is::boolean
                     ? fmt::format("the option {0} is {0}=true or {0}=false", name)
                     : fmt::format("the option {} cannot be '{}' here; use --context", name, text)};
  context.options.insert_or_assign(name, value);
  return success();
}

// What a format asks of the actor beside name and role. Of a list each is given by itself; those of
// a context.json give way to them.
Result<void> take_actor_field(const std::string& field, const schema::Schema& schema,
                              std::set<std::string>& taken, Context& context)
{
  const std::size_t equals = field.find('=');
  if (equals == field.npos)
    return Error{ErrorCode::wrong_use,
                 fmt::format("--actor-field takes NAME=VALUE, not '{}'", field)};
  const std::string name = name_of_field(field);
  ROLLCALL_TRY(const schema::Fact* const known,
               find_fact(schema.actor, name,
                         fmt::format("the format {} asks nothing of an actor called", schema.id)));
  const std::string text = field.substr(equals + 1);
  Setting value = setting_of(known->is, text);
  if (value.is == Setting::Is::null)
    return Error{ErrorCode::wrong_use,
                 fmt::format("{} cannot be '{}' here; use --context", name, text)};
  const bool is_more = !taken.insert(name).second && value.is == Setting::Is::list;
  if (is_more)
    context.facts[name].items.push_back(std::move(value.items.front()));
  else
    context.facts.insert_or_assign(name, std::move(value));
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
  if (format != FormatIs::read) named->required();
  const bool is_target = format == FormatIs::source;
  const auto add = [&](const std::string& name, auto& value, const std::string& value_is,
                       const std::string& what, const std::string& what_of_target) {
    Option* const option = options.add_option(name, value, is_target ? what_of_target : what)
                               ->type_name(value_is)
                               ->setting();
    return is_target ? option->of_verb() : option;
  };
  add("--directory", host.directory, "FILE", "the host's objects, a directory.json",
      "the objects of a host of --to, a directory.json")
      ->instead_of("db");
  add("--db", host.db, "FILE", "the host's objects, an SQLite database (rollcall init)",
      "the objects of a host of --to, a database")
      ->instead_of("directory");
  add("--context", host.context, "FILE", "who imports, a context.json",
      "who would import it there, a context.json");
  add("--actor", host.actor, "NAME", "the name of who imports", "the name of who would");
  add("--role", host.role, "ROLE", "the role of who imports", "the role there of who would");
  add("--actor-field", host.actor_fields, "NAME=VALUE", "what else the format asks of who imports",
      "what else --to asks of who would")
      ->repeated();
  add("--option", host.options, "NAME[=VALUE]", "an option of the format, on or =false",
      "an option of --to, on or =false")
      ->repeated();
}

std::string_view path_of_format(const HostOptions& host)
{
  return is_schema_path(host.format) ? std::string_view{host.format} : std::string_view{};
}

Result<void> check_host(const HostOptions& host)
{
  if (!host.directory.empty() && !host.db.empty())
    return Error{ErrorCode::wrong_use, "--directory and --db are two hosts"};
  if (has_host(host)) return success();
  return Error{ErrorCode::wrong_use, "there is no host: --directory FILE or --db FILE names it"};
}

std::string_view refused_without_host(const HostOptions& host, const schema::Schema& schema,
                                      Refusal refusal)
{
  const auto asks_objects = [](const schema::Role& role) {
    return role.is.find("exists(") != role.is.npos || role.is.find("lookup(") != role.is.npos;
  };
  const bool is_why = !has_host(host) && refusal == Refusal::actor &&
                      std::any_of(schema.roles.begin(), schema.roles.end(), asks_objects);
  return is_why ? judged_without_host : std::string_view{};
}

Result<Context> context_of(Console& console, const HostOptions& host, const schema::Schema& schema)
{
  Context context;
  if (!host.context.empty()) {
    ROLLCALL_TRY(auto source, open_named(console, "--context", host.context));
    ROLLCALL_TRY(context, while_doing(read_context(*source), "reading " + host.context));
  }
  if (!host.actor.empty()) context.name = host.actor;
  if (!host.role.empty()) context.role = host.role;
  ROLLCALL_CHECK(take_actor_fields(host.actor_fields, schema, context));
  for (const std::string& option : host.options)
    ROLLCALL_CHECK(take_option(option, schema, context));
  return context;
}

Result<void> take_actor_fields(const std::vector<std::string>& fields, const schema::Schema& schema,
                               Context& context)
{
  std::set<std::string> taken;
  for (const std::string& field : fields)
    ROLLCALL_CHECK(take_actor_field(field, schema, taken, context));
  return success();
}

std::string name_of_field(const std::string& field)
{
  return field.substr(0, field.find('='));
}

StoreOptions store_of(const HostOptions& host)
{
  return {.db = host.db,
          .context = host.context,
          .actor = host.actor,
          .role = host.role,
          .actor_fields = host.actor_fields};
}

Result<Host> host_of(Console& console, const HostOptions& host, const schema::Schema& schema,
                     Wants wants)
{
  if (!host.directory.empty() && !host.db.empty()) ROLLCALL_CHECK(check_host(host));
  if (!host.db.empty()) {
#ifdef ROLLCALL_SQLITE
    ROLLCALL_TRY(auto store, open_store(console, "--db", host.db, wants));
    return while_doing(Host::open(std::move(store), schema, console.seams), "reading " + host.db);
#else
    static_cast<void>(wants);
    return Error{ErrorCode::unsupported, "this build has no SQLite, so there is no --db"};
#endif
  }
  if (host.directory.empty()) {
    ROLLCALL_TRY(auto none, MemoryDirectory::make(schema, console.seams));
    return Host{std::move(none)};
  }
  ROLLCALL_TRY(auto source, open_named(console, "--directory", host.directory));
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
Result<SqliteStore> open_store(Console& console, std::string_view named, const std::string& path,
                               Wants wants)
{
  auto store = SqliteStore::open(path, console.seams, {.may_only_look = wants == Wants::to_look});
  if (!store.has_value()) return not_there(std::move(store).assume_error(), named, path);
  return store;
}

Result<Host> Host::open(SqliteStore&& store, const schema::Schema& schema, const Seams& seams)
{
  if (store.can_only_look()) {
    std::pmr::string text;
    TextSink sink{text};
    ROLLCALL_CHECK(store.dump(sink));
    MemorySource source{std::string_view{text}};
    ROLLCALL_TRY(auto memory, MemoryDirectory::read(source, schema, seams));
    return Host{std::move(memory)};
  }
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
  ROLLCALL_TRY(auto store, open_store(console, "--db", path, wants));
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

void point_to_role(std::vector<Finding>& findings)
{
  for (Finding& each : findings) {
    if (each.code != Code::actor_not_allowed) continue;
    for (const Fact& fact : each.facts) {
      const bool is_role = fact.name == "known";
      if (!is_role && fact.name != "lacks") continue;
      const std::string by = is_role ? "--role" : "--actor-field " + fact.value + "=...";
      each.says = render_message(each) + "; " + by + " says which";
      break;
    }
  }
}

std::string nothing_kept(const HostOptions& host, const std::string& directory_out,
                         const JobSummary& job)
{
  const bool has_changed = job.refusal == Refusal::none && job.created + job.updated != 0;
  if (!has_changed || host.directory.empty() || !directory_out.empty()) return {};
  return fmt::format(
      "{} as it was; --directory-out FILE keeps what came of it",
      host.directory == "-" ? std::string{"the directory is"} : shown(host.directory) + " is");
}

void say_findings(Console& console, const JobSummary& job)
{
  std::vector<Finding> findings = job.findings;
  point_to_role(findings);
  for (const Finding& finding : findings)
    console.say(fmt::format("{}: {} {}: {}", job.file.empty() ? "rollcall" : shown(job.file),
                            slug(finding.severity), slug(finding), render_message(finding)));
}

} // namespace rollcall::tools
