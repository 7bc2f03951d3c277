// secret_maker.hpp: makes passwords and PINs, as the types of their fields and the tenant's
// settings ask for.
#ifndef ROLLCALL_APPLY_SECRET_MAKER_HPP
#define ROLLCALL_APPLY_SECRET_MAKER_HPP

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random_text.hpp"
#include "base/secret.hpp"
#include "check/facts.hpp"
#include "rollcall/seams.hpp"
#include "schema/compiled.hpp"

namespace rollcall::apply {

// A guess at a PIN tries these first: digits that run up or down or are all one, fewer than three
// different ones, the same half twice. Of fewer than four digits only runs are.
[[nodiscard]] bool is_weak(std::string_view digits) noexcept;

class SecretMaker {
 public:
  // All outlive it.
  SecretMaker(const schema::CompiledSchema& schema, check::Facts& facts, Random& random)
      : schema_{schema}, facts_{facts}, random_{random}
  {
  }

  // A secret for a field. It is none of `known`: the other values of its object.
  [[nodiscard]] Result<Secret> make(schema::FieldRef field,
                                    std::span<const std::string_view> known);
  // May who imports fetch it?
  [[nodiscard]] Result<bool> is_shown(schema::FieldRef field);

 private:
  // What a field asks for, worked out once.
  struct Wanted {
    std::size_t length = 0;
    bool is_digits = false;
    bool is_shown = true;
    std::string alphabet = {};                // each of them once; if they are a byte each
    std::vector<std::string> characters = {}; // else
  };
  [[nodiscard]] Result<const Wanted*> wanted(schema::FieldRef field);
  [[nodiscard]] Result<std::size_t> amount(const schema::Amount& amount,
                                           const std::optional<expr::ProgramId>& program,
                                           std::size_t otherwise);
  [[nodiscard]] Result<Secret> draw(const Wanted& wanted);

  const schema::CompiledSchema& schema_;
  check::Facts& facts_;
  RandomStock random_;
  std::map<std::pair<std::uint16_t, std::uint16_t>, Wanted> wanted_;
};

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_SECRET_MAKER_HPP
