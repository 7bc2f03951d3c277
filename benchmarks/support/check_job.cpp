// check_job.cpp: what a host does, by the public library alone.
#include "support/check_job.hpp"

#include <fmt/format.h>

#include "rollcall/formats.hpp"
#include "rollcall/job.hpp"
#include "rollcall/memory_directory.hpp"
#include "rollcall/output_file.hpp"
#include "support/must.hpp"
#include "support/stopwatch.hpp"

namespace rollcall::bench {

std::string run_check_job(const CheckJob& job)
{
  SystemSeams system;
  const Seams seams = system.seams();
  const schema::Schema schema = formats::clusterpbx();
  const Stopwatch reading;
  FileSource objects = must(FileSource::open(*seams.files, job.directory));
  MemoryDirectory directory = must(MemoryDirectory::read(objects, schema, seams));
  const Taken read = reading.taken();

  const Stopwatch checking;
  FileSource source = must(FileSource::open(*seams.files, job.file));
  OutputFile result = must(OutputFile::create(seams, job.result));
  OutputFile error_rows = must(OutputFile::create(seams, job.error_rows));
  Context context;
  context.role = "client";
  JobOptions options;
  options.limits.file_bytes = std::uint64_t{2} << 30U;
  const JobSummary summary = must(validate(schema, source, directory, context, options,
                                           {.result = &result, .error_rows = &error_rows}, seams));
  must(result.commit());
  must(error_rows.commit());
  const Taken checked = checking.taken();
  return fmt::format(R"({{"rows": {}, "bad": {}, "seconds": {:.6f}, "cpu_seconds": {:.6f}, )"
                     R"("directory_seconds": {:.6f}}})"
                     "\n",
                     summary.rows, summary.rejected, checked.wall, checked.cpu, read.wall);
}

} // namespace rollcall::bench
