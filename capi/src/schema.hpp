// A format as a handle, with what is asked of it often at hand.
#ifndef ROLLCALL_CAPI_SRC_SCHEMA_HPP
#define ROLLCALL_CAPI_SRC_SCHEMA_HPP

#include <memory>
#include <string>
#include <vector>

#include "engine.hpp"
#include "rollcall/schema.h"
#include "rollcall/schema.hpp"

namespace rollcall::capi {

struct SchemaBody {
  std::shared_ptr<Engine> engine = {};
  schema::Schema schema = {};
  std::string digest = {};
  std::vector<std::vector<schema::Field>> fields = {}; // of each kind, as they are numbered

  [[nodiscard]] static Result<std::shared_ptr<const SchemaBody>> make(
      std::shared_ptr<Engine> engine, schema::Schema&& schema);

  // Null for a number that is none; ROLLCALL_KEY_FIELD is the key.
  [[nodiscard]] const schema::Field* field(std::uint32_t kind, std::uint32_t number) const noexcept;
};

} // namespace rollcall::capi

struct rollcall_schema {
  std::shared_ptr<const rollcall::capi::SchemaBody> body;
};

#endif // ROLLCALL_CAPI_SRC_SCHEMA_HPP
