// The floors of cmake/layers.txt, and the check of every #include against them.
#ifndef ROLLCALL_TESTS_TIDY_LAYERS_HPP
#define ROLLCALL_TESTS_TIDY_LAYERS_HPP

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/tree.hpp"

namespace rollcall::tidy {

// A folder under src/, or one that stands outside and comes in by the public headers.
struct Layer {
  bool outside = false;
  std::set<std::string, std::less<>> may = {};
};

// Headers that are not ours, by how their names begin, and who may include them.
struct External {
  std::string begins = {};
  std::set<std::string, std::less<>> who = {};
};

struct Layers {
  std::map<std::string, Layer, std::less<>> layers = {};
  std::map<std::string, std::string, std::less<>> public_headers = {}; // name, or folder/, to floor
  std::vector<External> externals = {};

  // The floor of include/rollcall/`header`; empty if it is not listed.
  [[nodiscard]] std::string floor_of(std::string_view header) const;
};

// What is wrong with the table itself goes to `faults`.
Layers read_layers(const Tree& tree, Faults& faults);

// The includes of all sources, and the public headers that no floor owns.
Faults check_includes(const Tree& tree);

} // namespace rollcall::tidy

#endif // ROLLCALL_TESTS_TIDY_LAYERS_HPP
