// catalogue.hpp: the formats by name. Nobody but the list of them, and tests, asks for one so.
#ifndef ROLLCALL_FORMATS_CATALOGUE_HPP
#define ROLLCALL_FORMATS_CATALOGUE_HPP

#include "rollcall/formats.hpp"

namespace rollcall::formats {

[[nodiscard]] schema::Schema call_manager();
[[nodiscard]] schema::Schema clusterpbx();
[[nodiscard]] schema::Schema ctu();
[[nodiscard]] schema::Schema extension_generator();
[[nodiscard]] schema::Schema subscriber_import();

} // namespace rollcall::formats

#endif // ROLLCALL_FORMATS_CATALOGUE_HPP
