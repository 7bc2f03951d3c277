// Reads cmake/layers.txt and holds every #include against it. What an include means is looked up in
// the tree and not in the compiler's paths, so a header of the system that has the name of one of
// ours cannot hide a fault.
#include "tidy/layers.hpp"

#include <algorithm>
#include <optional>

namespace rollcall::tidy {
namespace {

constexpr std::string_view table = "cmake/layers.txt";
constexpr std::string_view public_folder = "include/rollcall/";

// The first folder of a path: "csv" of "csv/reader.hpp", "" of a bare name.
std::string_view first_folder(std::string_view path)
{
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

// Whose rules a file keeps to.
struct Includer {
  std::string_view folder = {}; // of layers.txt, or "tests"
  std::string_view floor = {};  // whose tests these are
  bool is_public = false;
};

// A header as an include names it, found in the tree.
struct Included {
  std::string_view floor = {}; // empty: a header of the includer's own side of the fence
  bool is_public = false;
};

struct Include {
  std::string_view name = {};
  bool is_quoted = false;
  std::size_t line = 0;
};

std::optional<Include> include_of(std::string_view line)
{
  const auto skip_space = [&line] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  };
  skip_space();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_space();
  if (!line.starts_with("include")) return std::nullopt;
  line.remove_prefix(std::string_view{"include"}.size());
  skip_space();
  if (line.empty() || (line.front() != '"' && line.front() != '<')) return std::nullopt;
  const bool is_quoted = line.front() == '"';
  line.remove_prefix(1);
  return Include{.name = line.substr(0, line.find(is_quoted ? '"' : '>')), .is_quoted = is_quoted};
}

class IncludeCheck {
 public:
  IncludeCheck(const Tree& tree, Faults& faults)
      : tree_{tree}, layers_{read_layers(tree, faults)}, faults_{faults}
  {
  }

  void check_file(const std::string& path, std::string_view text)
  {
    const std::optional<Includer> includer = includer_of(path);
    if (!includer) return;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
      ++number;
      std::optional<Include> include = include_of(line);
      if (!include) continue;
      include->line = number;
      if (const std::optional<Included> ours = included(path, include->name)) {
        check_ours(path, *includer, *include, *ours);
      } else if (include->is_quoted) {
        refuse(path, *include,
               "is not in the tree (ours are named from src/, include/ or tests/; others in <>)");
      } else {
        check_external(path, *includer, *include);
      }
    }
  }

 private:
  std::optional<Includer> includer_of(std::string_view path)
  {
    if (path.starts_with(public_folder)) {
      const std::string_view name = path.substr(public_folder.size());
      const auto floor = layers_.floor_of(name);
      if (floor.empty()) {
        faults_.push_back(
            {std::string{path}, 0, "a public header that cmake/layers.txt does not list"});
        return std::nullopt;
      }
      return Includer{.folder = layers_.layers.find(floor)->first, .is_public = true};
    }
    const std::string_view top = first_folder(path);
    if (top == "src") {
      const std::string_view floor = first_folder(path.substr(4));
      if (!layers_.layers.contains(floor)) {
        faults_.push_back({std::string{path}, 0, "not in a floor that cmake/layers.txt lists"});
        return std::nullopt;
      }
      return Includer{.folder = floor};
    }
    if (top == "tests") {
      const std::string_view folder = first_folder(path.substr(6));
      return Includer{.folder = top, .floor = layers_.layers.contains(folder) ? folder : ""};
    }
    return layers_.layers.contains(top) ? std::optional{Includer{.folder = top}} : std::nullopt;
  }

  // A header of the C ABI, which the house itself does not know.
  [[nodiscard]] bool is_of_abi(std::string_view top, std::string_view name) const
  {
    return (top == "capi" || top == "tests") &&
           tree_.contains(std::string{"capi/include/"}.append(name));
  }

  // Where the compiler would find it, in the order of its include paths.
  [[nodiscard]] std::optional<Included> included(std::string_view path, std::string_view name) const
  {
    const std::string_view top = first_folder(path);
    if (name.starts_with("rollcall/")) {
      const std::string_view header = name.substr(first_folder(name).size() + 1);
      if (!tree_.contains(std::string{public_folder}.append(header)))
        return is_of_abi(top, name) ? std::optional{Included{}} : std::nullopt;
      const auto floor = layers_.floor_of(header);
      const auto layer = layers_.layers.find(floor);
      return Included{.floor = layer == layers_.layers.end() ? "?" : std::string_view{layer->first},
                      .is_public = true};
    }
    if (tree_.contains(std::string{"src/"}.append(name)))
      return Included{.floor = first_folder(name)};
    if (top == "src" || top == "include") return std::nullopt;
    const std::string beside{path.substr(0, path.rfind('/') + 1)};
    for (const std::string& folder :
         {beside, std::string{top} + "/", std::string{top} + "/include/"}) {
      if (tree_.contains(folder + std::string{name})) return Included{};
    }
    // The command line is no library, and the ABI shows only C, so their tests take parts of them
    // as they are.
    for (const auto& [tests, parts] :
         {std::pair{"tests/tools/", "tools/rollcall/"}, std::pair{"tests/capi/", "capi/src/"}}) {
      if (path.starts_with(tests) && tree_.contains(std::string{parts}.append(name)))
        return Included{};
    }
    return std::nullopt;
  }

  void check_ours(const std::string& path, const Includer& includer, const Include& include,
                  const Included& ours)
  {
    if (ours.floor.empty()) return;
    if (includer.is_public && !ours.is_public) {
      refuse(path, include, "is private, and this header is public");
      return;
    }
    const bool is_test = includer.folder == "tests";
    if (is_test && includer.floor.empty()) return;
    const std::string_view folder = is_test ? includer.floor : includer.folder;
    const auto& may = layers_.layers.find(folder)->second.may;
    const bool by_front_door = ours.is_public && may.contains("public");
    if (folder != ours.floor && !may.contains(ours.floor) && !may.contains(include.name) &&
        !by_front_door) {
      refuse(path, include,
             "belongs to " + std::string{ours.floor} + ", which " + std::string{folder} +
                 " may not include");
    }
  }

  void check_external(const std::string& path, const Includer& includer, const Include& include)
  {
    if (include.name.find_first_of("./") == std::string_view::npos) return; // the standard library
    for (const External& external : layers_.externals) {
      if (!include.name.starts_with(external.begins)) continue;
      const bool is_source = path.ends_with(".cpp") && external.who.contains("*.cpp");
      if (!external.who.contains(path) && !external.who.contains(includer.folder) && !is_source) {
        refuse(path, include, "is kept to itself by another folder");
      }
      return;
    }
    refuse(path, include, "is a header of nobody that cmake/layers.txt lists");
  }

  void refuse(const std::string& path, const Include& include, const std::string& why)
  {
    faults_.push_back({path, include.line, std::string{include.name} + " " + why});
  }

  const Tree& tree_;
  Layers layers_;
  Faults& faults_;
};

} // namespace

std::string Layers::floor_of(std::string_view header) const
{
  auto found = public_headers.find(header);
  if (found == public_headers.end()) {
    found = public_headers.find(std::string{first_folder(header)} + "/");
  }
  return found == public_headers.end() ? std::string{} : found->second;
}

Layers read_layers(const Tree& tree, Faults& faults)
{
  Layers layers;
  const auto file = tree.find(table);
  if (file == tree.end()) {
    faults.push_back({std::string{table}, 0, "is not there"});
    return layers;
  }
  std::size_t number = 0;
  for (const std::string_view line : lines_of(file->second)) {
    ++number;
    const std::vector<std::string_view> words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) continue;
    const auto rest = [&words](std::size_t from) {
      return std::set<std::string, std::less<>>(words.begin() + static_cast<std::ptrdiff_t>(from),
                                                words.end());
    };
    if (words[0] == "layer" && words.size() > 2) {
      for (const std::string& lower : rest(3)) {
        const std::string_view folder =
            lower.find('/') == std::string::npos ? lower : first_folder(lower);
        if (folder != "rollcall" && !layers.layers.contains(folder)) {
          faults.push_back({std::string{table}, number,
                            lower + " does not stand above this floor in the table"});
        }
      }
      layers.layers.emplace(words[2], Layer{.outside = false, .may = rest(3)});
    } else if (words[0] == "outside" && words.size() > 1) {
      layers.layers.emplace(words[1], Layer{.outside = true, .may = rest(2)});
    } else if (words[0] == "public" && words.size() == 3 && layers.layers.contains(words[2])) {
      layers.public_headers.emplace(words[1], words[2]);
    } else if (words[0] == "external" && words.size() > 3) {
      layers.externals.push_back({.begins = std::string{words[1]}, .who = rest(3)});
    } else {
      faults.push_back({std::string{table}, number, "makes no sense"});
    }
  }
  return layers;
}

Faults check_includes(const Tree& tree)
{
  Faults faults;
  IncludeCheck check{tree, faults};
  for (const auto& [path, text] : tree) {
    if (path.ends_with(".cpp") || path.ends_with(".hpp") || path.ends_with(".h") ||
        path.ends_with(".c") || path.ends_with(".def")) {
      check.check_file(path, text);
    }
  }
  return faults;
}

} // namespace rollcall::tidy
