// check_entrants.hpp: who checks a file of users: rollcall in the ways that it can be asked, what
// one would write in Python and SQL, and `cat`, which checks nothing.
//
// All write their outputs into one folder, from which they are gone when the call returns. That all
// reject as many rows of a file is part of every run.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_CHECK_ENTRANTS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_CHECK_ENTRANTS_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

struct CheckPlaces {
  std::string rollcall = {};   // the program
  std::string peer = {};       // the Python script; empty: ours
  std::string folder = {};     // for outputs and for DuckDB
  bool may_install = true;     // DuckDB, with npm
  bool must_all_agree = false; // or it ends, also if only the peers reject other rows
};

// What one run of rollcall is asked beside the file.
struct Asked {
  std::string directory = {}; // none: empty and open
  std::string format = "clusterpbx";
  std::string verb = "validate";
  unsigned threads = 0;     // 0: not asked
  bool is_reported = false; // report.jsonl, too
  bool is_watched = false;
};

// The host of a file, for who asks no command line.
struct HostOf {
  std::string directory = {};
  std::string format = "clusterpbx";
  std::string context = {}; // JSON
  std::uint64_t times = 1;  // that the file is checked, of which the mean counts
};

struct Checked {
  Taken taken = {};              // of peers: without starting up and reading a directory
  Taken process = {};            // from start to end
  std::size_t private_bytes = 0; // if it was watched
};

class CheckEntrants {
 public:
  explicit CheckEntrants(CheckPlaces places);

  [[nodiscard]] Checked rollcall(const std::string& file, const Asked& asked);
  // A process of its own that has read the directory before the clock starts.
  [[nodiscard]] Checked in_memory(const std::string& file, const HostOf& host);
  // A peer that is not ours is told of no directory.
  [[nodiscard]] Checked python(const std::string& file, const std::string& directory = {});
  [[nodiscard]] Checked duckdb(const std::string& file);
  [[nodiscard]] Taken copy(const std::string& file, bool is_synced);

  [[nodiscard]] bool has_threads() const { return has_threads_; }
  [[nodiscard]] bool has_own_peer() const { return has_own_peer_; }
  // A schema as JSON, made once.
  [[nodiscard]] std::string schema_json();
  // Empty if DuckDB is there, or could be installed; else why not.
  [[nodiscard]] std::string why_no_duckdb();
  [[nodiscard]] std::string why_no_python() const;
  // Who rejects other rows than rollcall, one sentence each.
  [[nodiscard]] const std::set<std::string>& disagreements() const { return disagreements_; }
  [[nodiscard]] std::uint64_t rejected(const std::string& file) const;

 private:
  [[nodiscard]] std::string place(std::string_view name) const;
  Checked peer(std::string_view name, const std::vector<std::string>& command,
               const std::string& file);
  void agree(std::string_view who, const std::string& file, std::uint64_t rejected, bool is_ours);
  void same_outputs(const std::string& file, const Asked& asked);

  CheckPlaces places_;
  bool has_own_peer_ = false;
  bool has_threads_ = false;
  std::map<std::string, std::uint64_t> rejected_ = {}; // by file
  std::map<std::string, std::uint64_t> outputs_ = {};  // by file and directory: a hash of both
  std::set<std::string> compared_ = {};
  std::set<std::string> disagreements_ = {};
};

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_CHECK_ENTRANTS_HPP
