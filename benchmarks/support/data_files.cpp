// data_files.cpp: makes the files that are not there yet, and reads them all.
#include "support/data_files.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "support/people.hpp"

namespace rollcall::bench {
namespace {

namespace fs = std::filesystem;

// A tenth of the rows, for those who take seconds for them.
constexpr std::uint64_t sample_part = 10;

// First under another name: a file of that name is whole, whatever happens meanwhile.
void write_file(const fs::path& path, std::string_view text)
{
  const fs::path unfinished = path.string() + ".part";
  std::ofstream file{unfinished, std::ios::binary};
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) throw std::runtime_error{"cannot write " + unfinished.string()};
  fs::rename(unfinished, path);
}

std::string read_file(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  std::string text(fs::file_size(path), '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size())))
    throw std::runtime_error{"cannot read " + path.string()};
  return text;
}

std::string kept(const fs::path& folder, Shape shape, std::uint64_t rows, std::string& text)
{
  const fs::path path =
      folder / fmt::format("{}-{}-edition{}.csv", slug(shape), rows, people_edition);
  if (!fs::exists(path)) write_file(path, make_people(shape, rows));
  text = read_file(path);
  return path.string();
}

} // namespace

std::vector<DataFile> data_files(const std::string& folder, std::uint64_t rows)
{
  fs::create_directories(folder);
  std::vector<DataFile> files;
  for (const Shape shape : {Shape::plain, Shape::realistic, Shape::quoted}) {
    DataFile file{.shape = std::string{slug(shape)}};
    std::string sample;
    file.path = kept(folder, shape, rows, file.text);
    file.sample_path = kept(folder, shape, (rows + sample_part - 1) / sample_part, sample);
    file.facts = facts_of(file.text);
    file.sample_facts = facts_of(sample);
    files.push_back(std::move(file));
  }
  return files;
}

} // namespace rollcall::bench
