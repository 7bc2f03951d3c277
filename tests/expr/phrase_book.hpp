// phrase_book.hpp: the names that most tests of the language use, a book written with them, and
// faults as one line.
#ifndef ROLLCALL_TESTS_EXPR_PHRASE_BOOK_HPP
#define ROLLCALL_TESTS_EXPR_PHRASE_BOOK_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/naming.hpp"
#include "expr/program.hpp"

namespace rollcall::expr::tests {

struct PhraseBook {
  Naming names;
  Book book;

  PhraseBook()
  {
    names.kinds({{"user", {"id", Type::folded}, {{"rank", Type::integer}, {"pin", Type::secret}}},
                 {"team",
                  {"name", Type::folded},
                  {{"leader", Type::folded}, {"size", Type::integer}, {"open", Type::boolean}}}});
    names.columns({{"a", Type::boolean},
                   {"b", Type::boolean},
                   {"c", Type::boolean},
                   {"x", Type::text},
                   {"y", Type::text},
                   {"key", Type::folded},
                   {"n", Type::integer},
                   {"m", Type::integer},
                   {"pin", Type::secret},
                   {"list", Type::texts}});
    names.facts({{"tenant.name", Type::text}, {"tenant.pin_length.min", Type::integer}});
    names.ranges("x");
  }

  Slot slot(std::string_view name) const { return names.find(name)->slot; }

  // "what (the text that it is about) at offset", one behind the other.
  std::string faults(std::string_view text, Wanted wanted = Wanted::value,
                     std::optional<Type> type = {})
  {
    std::string all;
    for (const Fault& fault : book.compile(text, wanted, names, type).faults) {
      if (!all.empty()) all += "; ";
      all += fault.what + " (" + std::string{text.substr(fault.offset, fault.length)} + ") at " +
             std::to_string(fault.offset);
    }
    return all;
  }

  ProgramId program(std::string_view text, Wanted wanted = Wanted::value,
                    std::optional<Type> type = {})
  {
    return book.compile(text, wanted, names, type).program;
  }
};

} // namespace rollcall::expr::tests

#endif // ROLLCALL_TESTS_EXPR_PHRASE_BOOK_HPP
