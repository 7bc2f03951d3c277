// plan_header.hpp: what a plan says of itself: before its rows what it was made of, behind them
// what it comes to.
#ifndef ROLLCALL_PLAN_PLAN_HEADER_HPP
#define ROLLCALL_PLAN_PLAN_HEADER_HPP

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/row_result.hpp"
#include "rollcall/context.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::plan {

// Of another major version nothing can be understood; of a later minor one, only what is new.
inline constexpr int plan_version_major = 1;
inline constexpr int plan_version_minor = 1;

// What the plan of an undo takes back.
struct Undoes {
  std::uint64_t job = 0; // of the store
  std::string plan = {}; // the id of the plan that the job has carried out
  friend bool operator==(const Undoes&, const Undoes&) = default;
};

struct PlanHeader {
  std::string id = {};     // 32 hexadecimal digits of chance; the operations are named by it
  std::string store = {};  // empty: for any host
  std::string format = {}; // and the digest of its schema
  std::string schema = {};
  std::string file = {}; // what it is called, and where it lies
  std::string path = {};
  csv::Dialect dialect = {};
  std::string header = {}; // the header row, as it was read
  Context context = {};
  std::vector<std::pair<std::string, std::string>> settings = {}; // as Facts::settings says them
  bool atomic = false;
  std::optional<Undoes> undoes = {}; // none: it imports a file
  // The number that the host would have given to the next object of the rows' own kind.
  std::optional<std::uint64_t> next_id = {};
  friend bool operator==(const PlanHeader&, const PlanHeader&) = default;
};

// A number for each outcome of rows, in the order of Outcome.
using OutcomeCounts = std::array<std::uint64_t, outcome_count>;

struct PlanEnd {
  std::string sha256 = {}; // of the file that was planned, and its size
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0, blank_rows = 0, groups = 0, warnings = 0;
  OutcomeCounts outcomes = {};
  std::map<std::string, std::uint64_t> codes = {}; // how often each was found, in rows and file
  std::vector<Finding> findings = {};              // about the file
  bool applyable = false, complete = false;
  std::string digest = {}, seal = {}; // of a plan that was read
  friend bool operator==(const PlanEnd&, const PlanEnd&) = default;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_HEADER_HPP
