// secret_handle.hpp: what stands in an effect in the place of a secret.
#ifndef ROLLCALL_BASE_SECRET_HANDLE_HPP
#define ROLLCALL_BASE_SECRET_HANDLE_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall {

// {operation}/{change}/{field}: of that change of the operation.
[[nodiscard]] inline std::string secret_handle(std::string_view operation, std::uint32_t change,
                                               std::string_view field)
{
  return std::string{operation}
      .append("/")
      .append(std::to_string(change))
      .append("/")
      .append(field);
}

} // namespace rollcall

#endif // ROLLCALL_BASE_SECRET_HANDLE_HPP
