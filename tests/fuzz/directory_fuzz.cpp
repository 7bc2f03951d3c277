// Reads anything as a directory.json. What is read is asked, changed, written and read again; the
// second time it is the same, and an overlay that was changed alike says the same.
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "directory/overlay.hpp"
#include "rollcall/memory_directory.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace rollcall;

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

schema::Schema small()
{
  using namespace schema;
  return {.id = "small",
          .kinds = {{.name = "u",
                     .key = {"id", Id{}},
                     .keys = Keys::from_host,
                     .fields = {{"t"},
                                {"m", Mac{}},
                                {"p", Phone{}},
                                {"b", Boolean{}},
                                {"i", Integer{}},
                                {"s", Secret{}}}},
                    {.name = "k", .key = {"n"}}}};
}

constexpr KindId kind_count = 2;

struct Object {
  std::string key;
  std::vector<std::optional<std::string>> fields;
  friend bool operator==(const Object&, const Object&) = default;
};

class Objects final : public ObjectSink {
 public:
  std::vector<Object> all;
  void object(std::size_t, const ObjectView& object) override
  {
    all.push_back({.key = std::string{object.key}, .fields = {}});
    for (const auto& field : object.fields)
      all.back().fields.push_back(field ? std::optional{std::string{*field}} : std::nullopt);
  }
};

class Applied final : public AnswerSink {
 public:
  std::size_t groups = 0;
  void answer(std::size_t, Answer answer, std::span<const std::string_view>,
              std::string_view) override
  {
    if (answer == Answer::applied) ++groups;
  }
};

std::vector<Object> all_of(Directory& directory, KindId kind)
{
  Objects objects;
  expect(directory.scan(kind, objects).has_value());
  const auto count = directory.count(kind);
  expect(count.has_value() && count.assume_value() == objects.all.size());
  return std::move(objects.all);
}

std::string written(const MemoryDirectory& directory)
{
  std::pmr::string text;
  TextSink sink{text};
  expect(directory.write(sink).has_value());
  return std::string{text};
}

// Each object is found by each of its values.
void look_up(Directory& directory, KindId kind)
{
  for (const Object& object : all_of(directory, kind)) {
    const auto is_found = [&](FieldId by, std::string_view value) {
      Objects found;
      expect(directory.find(kind, by, {&value, 1}, found).has_value());
      for (const Object& one : found.all)
        if (one == object) return true;
      return false;
    };
    expect(is_found(key_field, object.key));
    for (FieldId field = 0; field != object.fields.size(); ++field)
      if (object.fields[field]) expect(is_found(field, *object.fields[field]));
    if (!object.fields.empty() && object.fields[0])
      expect(directory.nearest(kind, 0, *object.fields[0]).has_value());
  }
}

// Gives each object the text of the one before it, deletes every third, and creates one.
void change(Directory& directory)
{
  const std::vector<Object> objects = all_of(directory, 0);
  std::vector<FieldChange> fields(objects.size() + 1);
  std::vector<Change> changes;
  for (std::size_t i = 0; i != objects.size(); ++i) {
    const auto& text = objects[(i + objects.size() - 1) % objects.size()].fields[0];
    fields[i] = {.field = 0, .after = text ? std::optional{std::string_view{*text}} : std::nullopt};
    changes.push_back(
        {.op = i % 3 == 2 ? Op::delete_ : Op::update, .kind = 0, .key = objects[i].key});
    if (i % 3 != 2) changes.back().fields = {&fields[i], 1};
  }
  const Group group{.changes = changes};
  Applied applied;
  expect(directory.apply({&group, 1}, applied).has_value());
  expect(applied.groups == 1);
  fields.back() = {.field = 5, .secret = SecretFrom::generated};
  const Change create{.op = Op::create, .kind = 0, .fields = {&fields.back(), 1}};
  const Group second{.changes = {&create, 1}};
  const auto next = directory.next_id(0).assume_value();
  expect(directory.apply({&second, 1}, applied).has_value());
  expect(applied.groups == (next && *next != no_id_left ? 2 : 1));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  SystemSeams system;
  const auto read = [&](std::string_view text) {
    MemorySource source{text};
    return MemoryDirectory::read(source, small(), system.seams());
  };
  auto first = read(std::string{data, data + size});
  if (!first.has_value()) {
    expect(first.assume_error().code() != ErrorCode::internal);
    return 0;
  }
  const std::string once = written(first.assume_value());
  for (KindId kind = 0; kind != kind_count; ++kind) look_up(first.assume_value(), kind);

  auto plain = read(once);
  auto base = read(once);
  expect(plain.has_value() && base.has_value());
  expect(written(plain.assume_value()) == once);
  auto made = directory::Overlay::make(base.assume_value(), small(), system.seams());
  expect(made.has_value());
  for (Directory* const changed :
       std::initializer_list<Directory*>{&plain.assume_value(), &made.assume_value()}) {
    change(*changed);
    look_up(*changed, 0);
  }
  expect(all_of(plain.assume_value(), 0).size() == all_of(made.assume_value(), 0).size());
  expect(plain.assume_value().next_id(0).assume_value() ==
         made.assume_value().next_id(0).assume_value());
  expect(written(base.assume_value()) == once);
  return 0;
}
