// questions.hpp: which questions make sense: those about kinds and fields that there are, and
// groups in which keys come from somewhere.
#ifndef ROLLCALL_DIRECTORY_QUESTIONS_HPP
#define ROLLCALL_DIRECTORY_QUESTIONS_HPP

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "directory/table.hpp"
#include "rollcall/directory.hpp"

namespace rollcall::directory {

class Questions {
 public:
  explicit Questions(std::span<const Shape> shapes);

  // Wrong use, if it makes none.
  [[nodiscard]] Result<void> check(KindId kind, FieldId field = key_field) const;
  [[nodiscard]] Result<void> check(std::span<const Group> groups) const;

 private:
  struct Kind {
    std::string name;
    std::size_t fields;
    schema::Keys keys;
  };
  std::vector<Kind> kinds_;
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_QUESTIONS_HPP
