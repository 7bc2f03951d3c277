// Holds the tree to its own rules: floors, sizes, openings, words, no file that nothing builds.
// Each rule is also tried on a small tree that breaks it, or a checker that finds nothing would do.
#include <doctest/doctest.h>

#include <string>

#include "tidy/layers.hpp"
#include "tidy/texts.hpp"
#include "tidy/tree.hpp"
#include "tidy/unused.hpp"

using namespace rollcall::tidy;

namespace {

const std::string table =
    "layer 0 base\n"
    "layer 1 csv base\n"
    "layer 2 schema base rollcall/csv.hpp\n"
    "public result.hpp base\n"
    "public codes/ base\n"
    "public csv.hpp csv\n"
    "outside tools public\n"
    "external boost/outcome Boost::headers include/rollcall/result.hpp\n"
    "external simdjson.h simdjson::simdjson csv\n"
    "external fmt/ fmt::fmt *.cpp\n"
    "external doctest/ doctest::doctest tests\n";

// A tree in which all is well, with a file more.
Tree with(const std::string& path, const std::string& text)
{
  Tree tree = {{"cmake/layers.txt", table},
               {"include/rollcall/result.hpp", "#include <boost/outcome.hpp>\n"},
               {"include/rollcall/csv.hpp", "#include \"rollcall/result.hpp\"\n"},
               {"src/base/clock.hpp", "#include <chrono>\n"},
               {"src/csv/reader.hpp", "#include \"base/clock.hpp\"\n#include <simdjson.h>\n"}};
  tree[path] = text;
  return tree;
}

bool passes(const Faults& faults)
{
  INFO(listed(faults));
  return faults.empty();
}

const Tree& this_tree()
{
  static const Tree tree = read_tree(ROLLCALL_SOURCE_DIR);
  return tree;
}

} // namespace

TEST_CASE("every include of this tree keeps to its floor")
{
  CHECK(this_tree().contains("cmake/layers.txt"));
  CHECK_MESSAGE(check_includes(this_tree()).empty(), listed(check_includes(this_tree())));
}

TEST_CASE("no file of this tree is too long or too wide")
{
  CHECK_MESSAGE(check_sizes(this_tree()).empty(), listed(check_sizes(this_tree())));
}

TEST_CASE("every file of this tree opens with what it is")
{
  CHECK_MESSAGE(check_openings(this_tree()).empty(), listed(check_openings(this_tree())));
}

TEST_CASE("no file of this tree holds a banned word")
{
  CHECK_MESSAGE(check_words(this_tree()).empty(), listed(check_words(this_tree())));
}

TEST_CASE("no source of this tree is left out of the build")
{
  CHECK_MESSAGE(check_orphans(this_tree()).empty(), listed(check_orphans(this_tree())));
}

TEST_CASE("nothing of this tree is there for tests alone")
{
  CHECK_MESSAGE(check_unused(this_tree()).empty(), listed(check_unused(this_tree())));
}

TEST_CASE("no format of this tree is named where all of them are treated alike")
{
  CHECK_MESSAGE(check_formats(this_tree()).empty(), listed(check_formats(this_tree())));
}

TEST_CASE("a format's name is refused outside of its folder and the tests")
{
  Tree tree = with("src/formats/acme_users.cpp", "// acme_users\n");
  CHECK(passes(check_formats(tree)));
  tree["tests/formats/acme_test.cpp"] = "acme_users();\n";
  tree["docs/formats/acme_users.md"] = "# acme_users\n";
  tree["src/csv/acme.cpp"] = "int acmes = 1; // acme users\n";
  CHECK(passes(check_formats(tree)));
  tree["src/csv/acme.cpp"] = "\nif (id == \"acme_users\") return;\n";
  CHECK(listed(check_formats(tree)) == "src/csv/acme.cpp:2: names the format acme_users\n");
  tree["src/csv/acme.cpp"] = "// ACME_USERS, say\n";
  CHECK(check_formats(tree).size() == 1);
  tree["tools/rollcall/verbs.cpp"] = "\"rollcall template --format acme_users\"\n"; // an example
  CHECK(check_formats(tree).size() == 1);
  tree["tools/dev/gates.sh"] = "for format in acme_users; do\n";
  CHECK(check_formats(tree).size() == 2);
}

TEST_CASE("includes that keep to the floors pass")
{
  CHECK(passes(check_includes(
      with("src/csv/reader.cpp", "#include \"csv/reader.hpp\"\n#include <fmt/core.h>\n"))));
  CHECK(passes(check_includes(with("src/schema/dialect.hpp", "#include \"rollcall/csv.hpp\"\n"))));
  CHECK(passes(check_includes(with("tools/rollcall/main.cpp", "#include \"rollcall/csv.hpp\"\n"))));
  CHECK(
      passes(check_includes(with("tests/csv/reader_test.cpp",
                                 "#include <doctest/doctest.h>\n#include \"csv/reader.hpp\"\n"))));
  CHECK(passes(check_includes(with("include/rollcall/codes/file.def", "// file\n"))));
  Tree abi = with("capi/src/plan.hpp", "#include \"rollcall/plan.h\"\n");
  abi["cmake/layers.txt"] += "outside capi public\n";
  abi["capi/include/rollcall/plan.h"] = "/* plans */\n";
  CHECK(passes(check_includes(abi)));
  abi["src/csv/reader.cpp"] = "#include \"rollcall/plan.h\"\n";
  CHECK(check_includes(abi).size() == 1);
}

TEST_CASE("an include that climbs a floor is refused, with its line")
{
  const Faults faults = check_includes(
      with("src/base/clock.cpp", "#include <chrono>\n#  include \"csv/reader.hpp\"\n"));
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].path == "src/base/clock.cpp");
  CHECK(faults[0].line == 2);
  CHECK(faults[0].what == "csv/reader.hpp belongs to csv, which base may not include");
}

TEST_CASE("what a floor may not reach is refused in each of its disguises")
{
  const auto is_refused = [](const std::string& path, const std::string& text) {
    CAPTURE(path);
    CAPTURE(text);
    CHECK(check_includes(with(path, text)).size() == 1);
  };
  is_refused("src/schema/compile.cpp", "#include \"csv/reader.hpp\"\n");     // one header only
  is_refused("src/schema/compile.cpp", "#include <simdjson.h>\n");           // kept by csv
  is_refused("src/csv/reader.cpp", "#include <boost/outcome/result.hpp>\n"); // kept by one file
  is_refused("src/csv/writer.hpp", "#include <fmt/core.h>\n");               // in .cpp files only
  is_refused("src/csv/reader.cpp", "#include <csv/nothing.hpp>\n");          // nobody's
  is_refused("src/csv/reader.cpp", "#include \"reader.hpp\"\n");             // not named whole
  is_refused("src/csv/reader.cpp", "#include <doctest/doctest.h>\n");        // tests only
  is_refused("include/rollcall/csv.hpp", "#include \"csv/reader.hpp\"\n");   // public to private
  is_refused("include/rollcall/result.hpp", "#include \"rollcall/csv.hpp\"\n"); // public, but up
  is_refused("include/rollcall/plan.hpp", "// not listed\n");
  is_refused("tools/rollcall/main.cpp", "#include \"csv/reader.hpp\"\n"); // by the back door
  is_refused("src/attic/old.cpp", "// no such floor\n");
  is_refused("tests/base/clock_test.cpp", "#include \"csv/reader.hpp\"\n"); // tests of base
}

TEST_CASE("a table that names a floor before it is built is refused")
{
  CHECK(check_includes({{"cmake/layers.txt", "layer 0 base csv\nlayer 1 csv base\n"}}).size() == 1);
  CHECK(check_includes({{"cmake/layers.txt", "lair 0 base\n"}}).size() == 1);
  CHECK(check_includes({}).size() == 1);
}

TEST_CASE("a file that is too long or too wide is refused")
{
  std::string long_text;
  for (int i = 0; i < 401; ++i) long_text += "// a line\n";
  CHECK(check_sizes(with("src/csv/reader.cpp", long_text)).size() == 1);
  CHECK(check_sizes(with("tests/csv/reader_test.cpp", long_text)).size() == 1);
  const std::string shorter = long_text.substr(0, 251 * std::string_view{"// a line\n"}.size());
  CHECK(passes(check_sizes(with("src/csv/reader.cpp", shorter))));
  CHECK(check_sizes(with("src/formats/acme_users.cpp", shorter)).size() == 1);
  CHECK(check_sizes(with("src/csv/reader.cpp", "// " + std::string(98, 'x') + "\n")).size() == 1);
  std::string accents;
  for (int i = 0; i < 97; ++i) accents += "\xc3\xa9";
  CHECK(passes(check_sizes(with("src/csv/reader.cpp", "// " + accents + "\n"))));
}

TEST_CASE("a header without its guard, or a file without its sentence, is refused")
{
  const std::string opening = "// The reader, which reads rows.\n";
  const auto faults_of = [](const std::string& path, const std::string& text) {
    return check_openings({{path, text}}).size();
  };
  CHECK(faults_of(
            "src/csv/reader.hpp",
            opening +
                "#ifndef ROLLCALL_CSV_READER_HPP\n#define ROLLCALL_CSV_READER_HPP\n#endif\n") == 0);
  CHECK(faults_of("include/rollcall/csv.hpp",
                  opening + "#ifndef ROLLCALL_CSV_HPP\n#define ROLLCALL_CSV_HPP\n#endif\n") == 0);
  CHECK(faults_of(
            "tools/rollcall/rows.hpp",
            opening +
                "#ifndef ROLLCALL_TOOLS_ROWS_HPP\n#define ROLLCALL_TOOLS_ROWS_HPP\n#endif\n") == 0);
  CHECK(faults_of("capi/include/rollcall.h",
                  opening + "#ifndef ROLLCALL_H\n#define ROLLCALL_H\n#endif\n") == 0);
  CHECK(faults_of("capi/include/rollcall/plan.h",
                  opening + "#ifndef ROLLCALL_PLAN_H\n#define ROLLCALL_PLAN_H\n#endif\n") == 0);
  CHECK(faults_of("src/csv/reader.hpp", opening + "#pragma once\n") == 1);
  CHECK(faults_of("src/csv/reader.hpp",
                  opening + "#ifndef READER_HPP\n#define READER_HPP\n#endif\n") == 1);
  CHECK(faults_of("src/csv/reader.cpp", "#include <string>\n") == 1);
  CHECK(faults_of("dev", "#!/usr/bin/env bash\n# The one developer command.\n") == 0);
  CHECK(faults_of("dev", "#!/usr/bin/env bash\nset -e\n") == 1);
}

TEST_CASE("a banned word is refused wherever it stands")
{
  CHECK(check_words(with("src/csv/reader.cpp",
                         "int a; // TO"
                         "DO later\n"))
            .size() == 1);
  CHECK(passes(check_words(with("tools/dev/fuzz.sh",
                                "mktemp XX"
                                "XXXX\n"))));
  CHECK(check_words(with("docs/tutorial.md",
                         "see /work"
                         "/main\n"))
            .size() == 1);
}

TEST_CASE("a source that no target is made of is refused")
{
  CHECK(check_orphans(with("src/csv/old/reader.cpp", "")).size() == 1);
  CHECK(check_orphans(with("benchmarks/notes.cpp", "")).size() == 1);
  CHECK(check_orphans(with("tests/attic/half.cpp", "")).size() == 1);
  CHECK(passes(check_orphans(with("tests/csv/reader_test.cpp", ""))));
}

TEST_CASE("a header and a function that only tests have a use for are refused")
{
  const std::string header =
      "#include <string>\n"
      "int made(int x);\n"
      "inline bool is_odd(int x) noexcept { return x % 2 != 0; } // is_odd(3)\n";
  Tree tree = with("src/csv/odd.hpp", header);
  tree["tests/csv/odd_test.cpp"] = "#include \"csv/odd.hpp\"\nbool b = is_odd(made(1));\n";
  tree["src/csv/odd.cpp"] = "int made(int x)\n{\n  return x;\n}\n";
  const auto of = [](const Tree& of_tree, std::string_view path) {
    Faults faults = check_unused(of_tree);
    std::erase_if(faults, [&](const Fault& fault) { return fault.path != path; });
    return listed(faults);
  };
  CHECK(of(tree, "src/csv/odd.hpp") ==
        "src/csv/odd.hpp:0: nothing that is built includes it\n"
        "src/csv/odd.hpp:2: nothing that is built calls made\n"
        "src/csv/odd.hpp:3: nothing that is built calls is_odd\n");
  tree["src/csv/reader.cpp"] = "#include \"csv/odd.hpp\"\n  return is_odd(1) || made(2);\n";
  CHECK(of(tree, "src/csv/odd.hpp").empty());
}
