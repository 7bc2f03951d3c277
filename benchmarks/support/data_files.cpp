// data_files.cpp: makes what is not there yet, and sees to it that all files lie in the page cache
// as if they had just been copied there.
#include "support/data_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "support/people.hpp"

namespace rollcall::bench {
namespace {

namespace fs = std::filesystem;

// A tenth of the rows, for those who take seconds for them.
constexpr std::uint64_t sample_part = 10;

constexpr std::size_t piece_bytes = 256 * 1024;

} // namespace

// First under another name: a file of that name is whole, whatever happens meanwhile. On the disk
// before anything is measured, or it would be written during that.
void write_data_file(const std::string& path, std::string_view text)
{
  const fs::path unfinished = path + ".part";
  const int file = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  while (file >= 0 && !text.empty()) {
    const ssize_t size = ::write(file, text.data(), std::min(text.size(), piece_bytes));
    if (size <= 0) break;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  const bool is_written = file >= 0 && text.empty() && ::fsync(file) == 0;
  ::close(file);
  if (!is_written) throw std::runtime_error{"cannot write " + unfinished.string()};
  fs::rename(unfinished, path);
}

std::string read_data_file(const std::string& path)
{
  std::ifstream file{path, std::ios::binary};
  std::string text(fs::file_size(path), '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size())))
    throw std::runtime_error{"cannot read " + path};
  return text;
}

// A file is written anew for every run, in pieces as `cp` does it. In which pieces a file was
// written decides how its pages lie in the cache, and that how fast it is read and mapped: by half
// or by three times.
std::string kept_file(const std::string& folder, const std::string& name,
                      const std::function<std::string()>& make)
{
  fs::create_directories(folder);
  std::string path = (fs::path{folder} / name).string();
  write_data_file(path, fs::exists(path) ? read_data_file(path) : make());
  return path;
}

std::vector<DataFile> data_files(const std::string& folder, std::uint64_t rows)
{
  const auto kept = [&](Shape shape, std::uint64_t count) {
    return kept_file(folder, fmt::format("{}-{}-edition{}.csv", slug(shape), count, people_edition),
                     [&] { return make_people(shape, count); });
  };
  std::vector<DataFile> files;
  for (const Shape shape : {Shape::plain, Shape::realistic, Shape::quoted}) {
    DataFile file{.shape = std::string{slug(shape)}};
    file.path = kept(shape, rows);
    file.sample_path = kept(shape, (rows + sample_part - 1) / sample_part);
    file.text = read_data_file(file.path);
    file.facts = facts_of(file.text);
    file.sample_facts = facts_of(read_data_file(file.sample_path));
    files.push_back(std::move(file));
  }
  return files;
}

} // namespace rollcall::bench
