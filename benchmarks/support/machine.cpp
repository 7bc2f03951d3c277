// machine.cpp: what Linux tells about the machine; elsewhere it stays unknown.
#include "support/machine.hpp"

#include <sys/utsname.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <thread>

namespace rollcall::bench {
namespace {

std::string processor()
{
  std::ifstream file{"/proc/cpuinfo"};
  std::string name = "unknown";
  std::string model;
  for (std::string line; std::getline(file, line) && !line.empty();) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    const std::string value = line.substr(colon + 2);
    if (line.starts_with("model name")) name = value;
    // A virtual machine often has a name that says little.
    if (line.starts_with("cpu family")) model = "family " + value;
    if (line.starts_with("model\t")) model += ", model " + value;
  }
  return model.empty() ? name : name + " (" + model + ")";
}

std::string system_name()
{
  utsname name = {};
  if (::uname(&name) != 0) return "unknown";
  return std::string{name.sysname} + " " + name.release;
}

} // namespace

Machine this_machine()
{
#if defined(__clang__)
  const std::string compiler = "clang " __clang_version__;
#else
  const std::string compiler = "g++ " __VERSION__;
#endif
  return {.processor = processor(),
          .threads = std::thread::hardware_concurrency(),
          .system = system_name(),
          .compiler = compiler};
}

std::string today()
{
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts = {};
  ::gmtime_r(&now, &parts);
  char text[16] = {};
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

double load()
{
  double average = -1;
  return ::getloadavg(&average, 1) == 1 ? average : -1;
}

std::string file_name_of(const std::string& processor)
{
  std::string name;
  for (const char c : processor.substr(0, processor.find(" ("))) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_kept = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_kept)
      name += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

} // namespace rollcall::bench
