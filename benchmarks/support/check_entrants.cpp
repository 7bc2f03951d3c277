// check_entrants.cpp: every run is a fresh process. Outputs are removed after each, so that nobody
// overwrites what another left, and the kernel need not write back what nobody wants.
#include "support/check_entrants.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <utility>

#include "support/child.hpp"
#include "support/data_files.hpp"
#include "support/weak_hashes.hpp"

namespace rollcall::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view result_name = "result.csv", errors_name = "errors.csv",
                           report_name = "report.jsonl", copy_name = "copy.csv";

// The exit codes of the program: every row was good, or some were rejected.
bool has_checked(const ChildRun& run)
{
  return run.exit_code == 0 || run.exit_code == 1;
}

// The number behind `"name":` in a line of JSON.
std::optional<double> number_in(std::string_view json, std::string_view name)
{
  const std::size_t at = json.find(fmt::format("\"{}\":", name));
  if (at == json.npos) return {};
  return std::stod(std::string{json.substr(at + name.size() + 3, 32)});
}

double must_have(std::string_view json, std::string_view name, std::string_view who)
{
  const auto number = number_in(json, name);
  if (!number) throw std::runtime_error{fmt::format("{} does not say \"{}\"", who, name)};
  return *number;
}

std::string text_of(const std::string& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

CheckEntrants::CheckEntrants(CheckPlaces places) : places_{std::move(places)}
{
  fs::create_directories(places_.folder);
  has_own_peer_ = places_.peer.empty();
  if (has_own_peer_) places_.peer = ROLLCALL_BENCH_PEERS "/check_python.py";
  const ChildRun help = run_child({places_.rollcall, "help", "validate"});
  if (!help.is_well) throw std::runtime_error{"cannot run " + places_.rollcall};
  has_threads_ = help.output.find("--threads") != std::string::npos;
}

std::string CheckEntrants::place(std::string_view name) const
{
  return (fs::path{places_.folder} / name).string();
}

Checked CheckEntrants::rollcall(const std::string& file, const Asked& asked)
{
  std::vector<std::string> command = {
      places_.rollcall,   asked.verb, file,       "--format",         asked.format,
      "--role",           "client",   "--result", place(result_name), "--error-rows",
      place(errors_name), "--json",   "--limit",  "file=2GiB"};
  const auto add = [&](std::string_view option, std::string value) {
    command.emplace_back(option);
    command.push_back(std::move(value));
  };
  if (!asked.directory.empty()) add("--directory", asked.directory);
  if (asked.threads != 0) add("--threads", std::to_string(asked.threads));
  if (asked.is_reported) add("--report", place(report_name));
  const ChildRun run = asked.is_watched ? watch_child(command) : run_child(command);
  if (!has_checked(run))
    throw std::runtime_error{fmt::format("rollcall ends with {} on {}", run.exit_code, file)};
  same_outputs(file, asked);
  for (const std::string_view name : {result_name, errors_name, report_name})
    fs::remove(place(name));
  agree("rollcall", file, static_cast<std::uint64_t>(must_have(run.output, "rejected", "rollcall")),
        true);
  return {.taken = run.taken, .process = run.taken, .private_bytes = run.private_bytes};
}

// Whatever way rollcall is asked, it writes the same bytes.
void CheckEntrants::same_outputs(const std::string& file, const Asked& asked)
{
  const std::string of = file + " " + asked.directory + " " + asked.verb;
  const std::string way = fmt::format("{} {} {}", of, asked.format, asked.threads);
  if (!compared_.insert(way).second) return; // it takes as long as checking
  const std::uint64_t hash = fnv(text_of(place(result_name)), fnv(text_of(place(errors_name))));
  if (outputs_.try_emplace(of, hash).first->second != hash)
    throw std::runtime_error{
        fmt::format("rollcall writes something else with the format {} and "
                    "{} threads",
                    asked.format, asked.threads)};
}

Checked CheckEntrants::in_memory(const std::string& file, const HostOf& host)
{
  const std::string context = place("context.json");
  write_data_file(context, host.context);
  const ChildRun run =
      run_child({"/proc/self/exe", "--job", file, host.directory, place(result_name),
                 place(errors_name), host.format, context, std::to_string(host.times)});
  if (!run.is_well) throw std::runtime_error{"the job with a directory in memory fails"};
  fs::remove(place(result_name));
  fs::remove(place(errors_name));
  const std::string_view who = "the job in memory";
  agree(who, file, static_cast<std::uint64_t>(must_have(run.output, "bad", who)), true);
  return {.taken = {.wall = must_have(run.output, "seconds", who),
                    .cpu = must_have(run.output, "cpu_seconds", who)},
          .process = run.taken};
}

Checked CheckEntrants::peer(std::string_view name, const std::vector<std::string>& command,
                            const std::string& file)
{
  const ChildRun run = run_child(command);
  fs::remove(place(copy_name));
  if (!run.is_well) throw std::runtime_error{fmt::format("{} fails on {}", name, file)};
  agree(name, file, static_cast<std::uint64_t>(must_have(run.output, "bad", name)), false);
  return {.taken = {.wall = must_have(run.output, "seconds", name),
                    .cpu = number_in(run.output, "cpu_seconds").value_or(run.taken.cpu)},
          .process = run.taken};
}

Checked CheckEntrants::python(const std::string& file, const std::string& directory)
{
  std::vector<std::string> command = {"python3", places_.peer, file, place(copy_name)};
  if (!directory.empty() && has_own_peer_) command.push_back(directory);
  return peer("Python", command, file);
}

Checked CheckEntrants::duckdb(const std::string& file)
{
  const std::string script = ROLLCALL_BENCH_PEERS "/check_duckdb.mjs";
  return peer("DuckDB", {"node", script, place("duckdb"), file, place(copy_name), "2"}, file);
}

// The copy is synced as rollcall's outputs are, which are on the disk when it ends.
Taken CheckEntrants::copy(const std::string& file, bool is_synced)
{
  const std::string to = place(copy_name);
  const ChildRun run = is_synced
                           ? run_child({"sh", "-c", R"(cat "$0" >"$1" && sync "$1")", file, to})
                           : run_child({"cat", file}, "/dev/null", to);
  if (!run.is_well || fs::file_size(to) != fs::file_size(file))
    throw std::runtime_error{"cannot copy " + file};
  fs::remove(to);
  return run.taken;
}

void CheckEntrants::agree(std::string_view who, const std::string& file, std::uint64_t rejected,
                          bool is_ours)
{
  const std::uint64_t known = rejected_.try_emplace(file, rejected).first->second;
  if (known == rejected) return;
  const std::string sentence = fmt::format("{} rejects {} rows of {}, where {} are rejected", who,
                                           rejected, fs::path{file}.filename().string(), known);
  if (is_ours || places_.must_all_agree) throw std::runtime_error{sentence};
  disagreements_.insert(sentence);
}

std::uint64_t CheckEntrants::rejected(const std::string& file) const
{
  const auto known = rejected_.find(file);
  return known == rejected_.end() ? 0 : known->second;
}

std::string CheckEntrants::schema_json()
{
  std::string path = place("clusterpbx.json");
  if (!run_child({places_.rollcall, "schema", "show", "clusterpbx"}, "/dev/null", path).is_well)
    throw std::runtime_error{"cannot write a schema as JSON"};
  return path;
}

std::string CheckEntrants::why_no_python() const
{
  return run_child({"python3", "--version"}).is_well ? "" : "python3 is not there";
}

std::string CheckEntrants::why_no_duckdb()
{
  const std::string folder = place("duckdb");
  const fs::path package = fs::path{folder} / "node_modules" / "@duckdb" / "node-api";
  if (!run_child({"node", "--version"}).is_well) return "Node.js is not there";
  if (fs::exists(package)) return "";
  if (!places_.may_install) return "@duckdb/node-api is not installed";
  fmt::print(stderr, "installing @duckdb/node-api with npm in {}\n", folder);
  fs::create_directories(folder);
  const bool is_installed = run_child({"npm", "install", "--no-audit", "--no-fund", "--prefix",
                                       folder, "@duckdb/node-api"})
                                .is_well;
  return is_installed && fs::exists(package) ? "" : "npm could not install @duckdb/node-api";
}

} // namespace rollcall::bench
