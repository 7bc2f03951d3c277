// Made-up files of the vendors' formats, and the hosts that they are for: small, so that rows get
// into each other's way, and of cells that are now and then wrong.
#ifndef ROLLCALL_TESTS_JOB_VENDOR_FILES_HPP
#define ROLLCALL_TESTS_JOB_VENDOR_FILES_HPP

#include <string>
#include <string_view>
#include <vector>

#include "rollcall/context.hpp"
#include "rollcall/schema.hpp"
#include "support/chance.hpp"

namespace rollcall::tests {

// A column of a made-up file: cells as they stand in it.
struct MadeColumn {
  std::string_view header;
  std::vector<std::string_view> good; // one of them in most rows
  std::vector<std::string_view> bad;
  bool is_mandatory = false;
  bool is_secret = false;
};

struct Vendor {
  schema::Schema schema;
  std::string_view directory;
  Context context;
  std::vector<MadeColumn> columns;
  std::vector<std::string_view> known = {}; // of an object that is there: a cell for each column
};

[[nodiscard]] Vendor call_manager_vendor();
[[nodiscard]] Vendor clusterpbx_vendor();
[[nodiscard]] Vendor ctu_vendor();
[[nodiscard]] Vendor extension_generator_vendor();
[[nodiscard]] Vendor subscriber_import_vendor();
[[nodiscard]] std::vector<Vendor> all_vendors();

// What may be wrong with a made-up file. One that is tame has the same cells when a result or the
// error rows of it are read again.
struct MadeHow {
  bool tame = false;       // every row has all cells, in UTF-8 and well-formed
  bool secrets = true;     // has columns of secrets that are not mandatory
  bool repeats_ids = true; // a key may stand in two rows
};

// Ends without a line end; every line end is LF.
[[nodiscard]] std::string made_file(const Vendor& vendor, Chance& chance, const MadeHow& how = {});

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_VENDOR_FILES_HPP
