// options.cpp: each word is looked up in a short list.
#include "support/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "support/report.hpp"

namespace rollcall::bench {

OptionWords& OptionWords::flag(std::string_view word, std::function<void()> set)
{
  known_.push_back({word, false, [set = std::move(set)](std::string_view) { set(); }});
  return *this;
}

OptionWords& OptionWords::cpu(Clock& clock)
{
  return flag("--cpu", [&clock] { clock = Clock::cpu; });
}

OptionWords& OptionWords::number(std::string_view word, std::uint64_t& into)
{
  known_.push_back({word, true, [&into](std::string_view value) { into = number_of(value); }});
  return *this;
}

OptionWords& OptionWords::text(std::string_view word, std::string& into)
{
  known_.push_back({word, true, [&into](std::string_view value) { into = value; }});
  return *this;
}

void OptionWords::read(std::span<char* const> words) const
{
  for (std::size_t at = 1; at < words.size(); ++at) {
    const std::string_view word = words[at];
    const auto known = std::find_if(known_.begin(), known_.end(),
                                    [&](const Known& each) { return each.word == word; });
    if (known == known_.end())
      throw std::runtime_error{
          fmt::format("unknown: {}{}{}", word, usage_.empty() ? "" : "\n", usage_)};
    if (known->has_value && ++at == words.size())
      throw std::runtime_error{fmt::format("{} wants a value", word)};
    known->take(known->has_value ? std::string_view{words[at]} : std::string_view{});
  }
}

int run_bench(std::string_view name, int argc, char** argv,
              const std::function<void(std::span<char* const>)>& run)
{
  try {
    run({argv, static_cast<std::size_t>(argc)});
    return 0;
  } catch (const std::exception& fault) {
    fmt::print(stderr, "{}: {}\n", name, fault.what());
    return 1;
  }
}

} // namespace rollcall::bench
