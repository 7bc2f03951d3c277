// Runs a fuzz target over the files of some folders, without libFuzzer and with any compiler, so
// whatever a fuzzer once found is tried again in every normal run. So is the empty input.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void replay(const std::vector<char>& bytes)
{
  // Of its own, exactly as long as the input, so that a sanitizer sees a read beyond its end.
  const std::vector<std::uint8_t> input{bytes.begin(), bytes.end()};
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder)
{
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

} // namespace

int main(int argc, char** argv)
{
  replay({});
  std::size_t count = 1;
  for (const std::string& folder : std::vector<std::string>{argv + 1, argv + argc}) {
    for (const std::filesystem::path& path : files_of(folder)) {
      // Named before it is run, or a crash would not say which.
      std::fprintf(stderr, "%s\n", path.c_str());
      std::ifstream file{path, std::ios::binary};
      replay({std::istreambuf_iterator<char>{file}, {}});
      ++count;
    }
  }
  std::printf("%zu inputs replayed\n", count);
}
