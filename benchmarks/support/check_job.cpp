// check_job.cpp: what a host does, by the public library alone.
#include "support/check_job.hpp"

#include <fmt/format.h>

#include <string_view>

#include "rollcall/context.hpp"
#include "rollcall/job.hpp"
#include "rollcall/memory_directory.hpp"
#include "rollcall/output_file.hpp"
#include "support/must.hpp"
#include "support/schema_of.hpp"
#include "support/stopwatch.hpp"

namespace rollcall::bench {
namespace {

JobSummary validate_once(const CheckJob& job, const schema::Schema& schema, Directory& directory,
                         const Context& context, const Seams& seams)
{
  FileSource source = must(FileSource::open(*seams.files, job.file));
  OutputFile result = must(OutputFile::create(seams, job.result));
  OutputFile error_rows = must(OutputFile::create(seams, job.error_rows));
  JobOptions options;
  options.limits.file_bytes = std::uint64_t{2} << 30U;
  JobSummary summary = must(validate(schema, source, directory, context, options,
                                     {.result = &result, .error_rows = &error_rows}, seams));
  must(result.commit());
  must(error_rows.commit());
  return summary;
}

} // namespace

std::string run_check_job(const CheckJob& job)
{
  SystemSeams system;
  const Seams seams = system.seams();
  const schema::Schema schema = schema_of(job.format);
  const Stopwatch reading;
  FileSource objects = must(FileSource::open(*seams.files, job.directory));
  MemoryDirectory directory = must(MemoryDirectory::read(objects, schema, seams));
  const Taken read = reading.taken();
  FileSource context_file = must(FileSource::open(*seams.files, job.context));
  const Context context = must(read_context(context_file));

  const Stopwatch checking;
  JobSummary summary;
  for (std::uint64_t time = 0; time != job.times; ++time)
    summary = validate_once(job, schema, directory, context, seams);
  const Taken checked = checking.taken();
  const auto times = static_cast<double>(job.times);
  return fmt::format(R"({{"rows": {}, "bad": {}, "seconds": {:.6f}, "cpu_seconds": {:.6f}, )"
                     R"("directory_seconds": {:.6f}}})"
                     "\n",
                     summary.rows, summary.rejected, checked.wall / times, checked.cpu / times,
                     read.wall);
}

} // namespace rollcall::bench
