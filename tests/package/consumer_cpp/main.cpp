// A program that takes rollcall from its package: judges one row by a format that is built in.
#include <cstdio>

#include <rollcall/formats.hpp>
#include <rollcall/job.hpp>
#include <rollcall/memory_directory.hpp>
#include <rollcall/version.hpp>

int main()
{
  rollcall::SystemSeams system;
  const rollcall::Seams seams = system.seams();
  const rollcall::formats::Format* const format = rollcall::formats::find("clusterpbx");
  if (format == nullptr) return 1;
  const rollcall::schema::Schema schema = format->make();
  auto directory = rollcall::MemoryDirectory::make(schema, seams);
  if (!directory) return 2;
  rollcall::MemorySource file("ID,First Name,Last Name,Extension\r\n,Ann,,100\r\n");
  const rollcall::Context context = {.role = "client"};
  const auto job =
      rollcall::validate(schema, file, directory.assume_value(), context, {}, {}, seams);
  if (!job) return 3;
  const std::string_view version = rollcall::version();
  std::printf("%.*s %s, %s\n", static_cast<int>(version.size()), version.data(), schema.id.c_str(),
              job.assume_value().counts.total() == 0 ? "nothing found" : "something found");
  return job.assume_value().format == schema.id ? 0 : 4;
}
