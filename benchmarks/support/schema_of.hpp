// schema_of.hpp: a format that is built in, by its name.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_SCHEMA_OF_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_SCHEMA_OF_HPP

#include <stdexcept>
#include <string>
#include <string_view>

#include "rollcall/formats.hpp"

namespace rollcall::bench {

[[nodiscard]] inline schema::Schema schema_of(std::string_view format)
{
  if (const formats::Format* const found = formats::find(format)) return found->make();
  throw std::runtime_error{"there is no format " + std::string{format}};
}

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_SCHEMA_OF_HPP
