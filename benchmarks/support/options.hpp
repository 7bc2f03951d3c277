// options.hpp: the words that a benchmark takes, and how it ends.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_OPTIONS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_OPTIONS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

// Words as they are typed: `--quick`, or `--rows 1000`. What they set outlives it.
class OptionWords {
 public:
  // The usage is shown where a word is not known.
  explicit OptionWords(std::string_view usage = {}) : usage_{usage} {}

  OptionWords& flag(std::string_view word, std::function<void()> set);
  OptionWords& cpu(Clock& clock); // `--cpu`: by the clock of the processor
  OptionWords& number(std::string_view word, std::uint64_t& into);
  OptionWords& text(std::string_view word, std::string& into);

  // Throws what is wrong with them.
  void read(std::span<char* const> words) const;

 private:
  struct Known {
    std::string_view word;
    bool has_value = false;
    std::function<void(std::string_view)> take;
  };

  std::string_view usage_;
  std::vector<Known> known_;
};

// A benchmark's main: whatever is thrown is said, and ends it with 1.
int run_bench(std::string_view name, int argc, char** argv,
              const std::function<void(std::span<char* const>)>& run);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_OPTIONS_HPP
