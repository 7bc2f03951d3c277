// The host's objects as rollcall sees them: what a host must answer.
//
// Every question is a batch: one call a kind and batch of rows, never one a row. Values travel as
// canonical text (`true`, `+442071838750`, `aa:bb:cc:dd:ee:ff`), null as absent; of a secret only
// whether one is set. Kinds and their fields are named by their numbers in the schema.
#ifndef ROLLCALL_DIRECTORY_HPP
#define ROLLCALL_DIRECTORY_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "rollcall/result.hpp"

namespace rollcall {

using KindId = std::uint32_t; // index in Schema::kinds

// An object while it is shown: its texts live until the sink returns.
struct ObjectView {
  std::string_view key;                                    // in the directory's own spelling
  std::span<const std::optional<std::string_view>> fields; // in the order of the kind's fields
};

class ObjectSink {
 public:
  virtual ~ObjectSink() = default;
  // `asked` is the index of the key that was asked for.
  virtual void object(std::size_t asked, const ObjectView& object) = 0;
};

class Directory {
 public:
  virtual ~Directory() = default;

  // Whether the directory knows all objects of a kind. Of a kind that is not listed nothing can be
  // said to be missing.
  [[nodiscard]] virtual bool lists(KindId kind) const = 0;

  // Shows the objects that have these keys, in any order; keys compare without case. What is not
  // there is not shown.
  [[nodiscard]] virtual Result<void> find(KindId kind, std::span<const std::string_view> keys,
                                          ObjectSink& sink) = 0;

  // The number that the next object of a kind whose keys the host gives will have, if the host can
  // tell; the ones after it count up from there.
  [[nodiscard]] virtual Result<std::optional<std::uint64_t>> next_id(KindId kind) = 0;
};

} // namespace rollcall

#endif // ROLLCALL_DIRECTORY_HPP
