// tables.hpp: the objects of all kinds of a schema.
#ifndef ROLLCALL_DIRECTORY_TABLES_HPP
#define ROLLCALL_DIRECTORY_TABLES_HPP

#include <memory_resource>
#include <span>
#include <vector>

#include "base/siphash.hpp"
#include "directory/questions.hpp"
#include "directory/table.hpp"
#include "rollcall/directory.hpp"

namespace rollcall::directory {

class Tables {
 public:
  Tables(std::vector<Shape> shapes, const SipKey& key, std::pmr::memory_resource& memory);

  [[nodiscard]] Table& operator[](KindId kind) noexcept { return tables_[kind]; }
  [[nodiscard]] const Table& operator[](KindId kind) const noexcept { return tables_[kind]; }
  [[nodiscard]] std::size_t size() const noexcept { return tables_.size(); }
  [[nodiscard]] std::span<Table> all() noexcept { return tables_; }
  [[nodiscard]] std::pmr::memory_resource& memory() const noexcept { return *memory_; }

  // Wrong use, if it makes no sense (Questions).
  [[nodiscard]] Result<void> check(KindId kind, FieldId field = key_field) const
  {
    return questions_.check(kind, field);
  }
  [[nodiscard]] Result<void> check(std::span<const Group> groups) const
  {
    return questions_.check(groups);
  }

  // Groups that were checked. Throws bad_alloc between two groups, never within one.
  void apply(std::span<const Group> groups, AnswerSink& sink);

 private:
  std::pmr::memory_resource* memory_;
  Questions questions_;
  std::vector<Table> tables_;
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_TABLES_HPP
