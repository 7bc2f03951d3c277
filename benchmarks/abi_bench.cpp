// What the C ABI costs: a file is validated through it, and through C++, by the same library code.
//
//   abi_bench cpp ROWS     once, for a tool that counts instructions (benchmarks/abi_cost.py)
//   abi_bench c ROWS
//   abi_bench time ROWS    both in turn, and the least processor time of each
//   abi_bench --quick      the same of few rows
#include <rollcall.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <string>

#include "rollcall/formats.hpp"
#include "rollcall/job.hpp"
#include "rollcall/memory_directory.hpp"

namespace {

using namespace rollcall;

// New users, of whom one in a hundred has no good address.
std::string file_of(unsigned long rows)
{
  std::string text = "First Name,Last Name,Email,Extension\n";
  for (unsigned long i = 0; i != rows; ++i) {
    const std::string number = std::to_string(i);
    text += "Ann,Smith,ann" + number + (i % 100 == 99 ? "" : "@acme.example") + "," +
            std::to_string(1'000'000 + i) + "\n";
  }
  return text;
}

[[noreturn]] void give_up(const char* what)
{
  std::fprintf(stderr, "abi_bench: %s\n", what);
  std::exit(1);
}

// The kernel that valgrind knows, too.
bool has_avx2()
{
  return csv::is_supported(csv::Kernel::avx2);
}

std::uint64_t by_cpp(const std::string& text)
{
  SystemSeams system;
  const Seams seams = system.seams();
  const schema::Schema schema = formats::find("clusterpbx")->make();
  auto directory = MemoryDirectory::make(schema, seams);
  if (!directory.has_value()) give_up("no directory");
  MemorySource source{text};
  JobOptions options;
  options.kernel = has_avx2() ? csv::Kernel::avx2 : csv::Kernel::best;
  options.digest = false; // valgrind knows SHA-256 only in its slow form
  const auto job =
      validate(schema, source, directory.assume_value(), {.role = "client"}, options, {}, seams);
  if (!job.has_value()) give_up("not validated in C++");
  return job.assume_value().rejected;
}

std::uint64_t by_c(const std::string& text)
{
  rollcall_engine* engine = nullptr;
  rollcall_schema* schema = nullptr;
  rollcall_directory* directory = nullptr;
  rollcall_context* context = nullptr;
  rollcall_source* source = nullptr;
  rollcall_report* report = nullptr;
  rollcall_reading reading = {};
  reading.struct_size = sizeof reading;
  reading.kernel = has_avx2() ? ROLLCALL_KERNEL_AVX2 : ROLLCALL_KERNEL_BEST;
  rollcall_job_options options = {};
  options.struct_size = sizeof options;
  options.flags = ROLLCALL_JOB_NO_DIGEST;
  options.reading = &reading;
  if (rollcall_engine_new(nullptr, &engine, nullptr) < 0 ||
      rollcall_schema_builtin(engine, "clusterpbx", ROLLCALL_NUL, &schema, nullptr) < 0 ||
      rollcall_directory_memory(schema, nullptr, &directory, nullptr) < 0 ||
      rollcall_context_new(engine, nullptr, 0, "client", ROLLCALL_NUL, &context, nullptr) < 0 ||
      rollcall_source_memory(engine, text.data(), text.size(), &source, nullptr) < 0 ||
      rollcall_validate(schema, source, directory, context, &options, nullptr, &report, nullptr) <
          0)
    give_up("not validated in C");
  const std::uint64_t rejected = rollcall_report_count(report, ROLLCALL_COUNT_REJECTED);
  rollcall_report_free(report);
  rollcall_source_free(source);
  rollcall_context_free(context);
  rollcall_directory_free(directory);
  rollcall_schema_free(schema);
  rollcall_engine_free(engine);
  return rejected;
}

using Way = std::uint64_t (*)(const std::string&);

double processor_ms()
{
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void time_both(const std::string& text, std::uint64_t rejected)
{
  constexpr int rounds = 15;
  const std::array<Way, 2> ways = {by_cpp, by_c};
  std::array<double, 2> least;
  least.fill(std::numeric_limits<double>::infinity());
  for (int round = 0; round != rounds; ++round) {
    for (std::size_t i = 0; i != ways.size(); ++i) {
      const double before = processor_ms();
      if (ways[i](text) != rejected) give_up("other rows are rejected");
      least[i] = std::min(least[i], processor_ms() - before);
    }
  }
  std::printf("C++ %.2f ms, C %.2f ms: %+.1f %%\n", least[0], least[1],
              (least[1] / least[0] - 1) * 100);
}

} // namespace

int main(int count, char** words)
{
  const bool is_quick = count == 2 && std::strcmp(words[1], "--quick") == 0;
  if (count != 3 && !is_quick) give_up("cpp|c|time ROWS | --quick");
  const unsigned long rows = is_quick ? 1000 : std::strtoul(words[2], nullptr, 10);
  const std::string text = file_of(rows);
  if (is_quick || std::strcmp(words[1], "time") == 0) {
    time_both(text, rows / 100);
    return 0;
  }
  const Way way = std::strcmp(words[1], "c") == 0 ? by_c : by_cpp;
  if (way(text) != rows / 100) give_up("other rows are rejected");
  return 0;
}
