// What rollcall takes from the machine: memory, files, time and chance, each replaceable by a host
// or a test.
//
// Nothing here is global. Who makes a seam owns it and keeps it alive for as long as anything that
// was given it; the library reaches the machine in no other way. A seam that is used from several
// threads must allow that; the system ones do, and a single File belongs to one thread at a time.
#ifndef ROLLCALL_SEAMS_HPP
#define ROLLCALL_SEAMS_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>

#include "rollcall/result.hpp"

namespace rollcall {

class Clock {
 public:
  virtual ~Clock() = default;
  // UTC milliseconds since 1970; may jump when somebody sets the clock.
  [[nodiscard]] virtual std::int64_t now_ms() = 0;
  // Nanoseconds since some moment; never goes back.
  [[nodiscard]] virtual std::int64_t monotonic_ns() = 0;
};

// Random bytes that nobody can predict: secrets are made of them.
class Random {
 public:
  virtual ~Random() = default;
  [[nodiscard]] virtual Result<void> fill(std::span<std::byte> into) = 0;
};

// An open file. Destruction closes it and drops what close has to say; a writer that must know
// calls sync() first. Read and write share one position, which starts at 0.
class File {
 public:
  virtual ~File() = default;
  // How many bytes came, perhaps fewer than asked for; 0 is the end.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<std::byte> into) = 0;
  // The same from a place of its own; the position stays.
  [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset,
                                                    std::span<std::byte> into) = 0;
  // How many bytes went, perhaps fewer than given, at least one (see write_all).
  [[nodiscard]] virtual Result<std::size_t> write(std::span<const std::byte> bytes) = 0;
  [[nodiscard]] virtual Result<void> seek(std::uint64_t offset) = 0;
  // 0 for what has no size, such as a pipe.
  [[nodiscard]] virtual Result<std::uint64_t> size() = 0;
  [[nodiscard]] virtual Result<void> truncate(std::uint64_t size) = 0;
  // Returns when what was written is on the disk, and with any failure that was put off until now.
  [[nodiscard]] virtual Result<void> sync() = 0;

  // Locks the byte at a place, whether there is one or not, against everybody else who opens the
  // file; until it is unlocked or this file is closed, by the end of its process at the latest.
  // False: somebody else has it. Unsupported if it cannot be done here, as by default.
  [[nodiscard]] virtual Result<bool> lock(std::uint64_t at);
  [[nodiscard]] virtual Result<void> unlock(std::uint64_t at);
  // Has somebody else locked it?
  [[nodiscard]] virtual Result<bool> is_locked(std::uint64_t at);
};

// The bytes of a file mapped into memory. A file that is truncated meanwhile kills the process when
// the missing bytes are touched: map only what nobody else can change.
class Mapping {
 public:
  virtual ~Mapping() = default;
  [[nodiscard]] virtual std::span<const std::byte> bytes() const noexcept = 0;
};

enum class FileKind : std::uint8_t { absent, regular, folder, other };
enum class Readers : std::uint8_t { as_usual, owner_only };

struct FileStatus {
  FileKind kind = FileKind::absent;
  std::uint64_t size = 0;
  std::string path = {}; // with links followed; as given if nothing is there
  // Of the file system that it lies on, or would: "nfs", "cifs"; empty if it is a local one. On
  // these neither locks nor what is flushed can be relied on.
  std::string network = {};

  friend bool operator==(const FileStatus&, const FileStatus&) = default;
};

struct TemporaryFile {
  std::unique_ptr<File> file;
  std::string path; // whoever made it removes it, or has it put in place; empty: it has no name
};

// Paths are bytes as the operating system takes them. Errors name the path and the step.
class Files {
 public:
  virtual ~Files() = default;
  [[nodiscard]] virtual Result<FileStatus> status(const std::string& path) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<File>> open_for_reading(const std::string& path) = 0;
  // An existing file, device or pipe, written from the start; nothing is created or cut.
  [[nodiscard]] virtual Result<std::unique_ptr<File>> open_for_writing(const std::string& path) = 0;
  // A file that is read and appended to, made if it is not there (journals). Position: its start.
  [[nodiscard]] virtual Result<std::unique_ptr<File>> open_for_update(const std::string& path,
                                                                      Readers readers) = 0;
  // A file that was not there: only one of all who ask at once gets it. Null if there is something
  // already, and be it a link that leads nowhere. Position: its start.
  [[nodiscard]] virtual Result<std::unique_ptr<File>> create_new(const std::string& path,
                                                                 Readers readers) = 0;
  // A new file on the file system of `target`, which can take its place. Unless readers are
  // owner_only it has the permissions of the target, if that is there.
  [[nodiscard]] virtual Result<TemporaryFile> create_beside(const std::string& target,
                                                            Readers readers) = 0;
  // Makes a file of create_beside the target, in one step: whoever looks sees the old file or the
  // new one. It is renamed, where nothing else is said.
  [[nodiscard]] virtual Result<void> put_in_place(TemporaryFile& file, const std::string& target);
  // A file without a name, readable by its owner, gone when closed.
  [[nodiscard]] virtual Result<std::unique_ptr<File>> create_unnamed(const std::string& folder) = 0;
  // Of a regular file; anything else is unsupported.
  [[nodiscard]] virtual Result<std::unique_ptr<Mapping>> map(const std::string& path) = 0;
  // Replaces `to` in one step.
  [[nodiscard]] virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  [[nodiscard]] virtual Result<void> remove(const std::string& path) = 0;
  // Makes creations, renames and removals in the folder of `path` survive a loss of power.
  [[nodiscard]] virtual Result<void> sync_folder_of(const std::string& path) = 0;
};

// Writes everything or fails.
[[nodiscard]] Result<void> write_all(File& file, std::span<const std::byte> bytes);

// Reads until `into` is full or the file ends, and says how much it was.
[[nodiscard]] Result<std::size_t> read_full(File& file, std::span<std::byte> into);

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() override;
  [[nodiscard]] std::int64_t monotonic_ns() override;
};

class SystemRandom final : public Random {
 public:
  [[nodiscard]] Result<void> fill(std::span<std::byte> into) override;
};

// The same bytes each time for the same seed, whatever the version. Nothing that is made of them is
// a secret: this is for tests.
[[nodiscard]] std::unique_ptr<Random> seeded_random(std::uint64_t seed);

class SystemFiles final : public Files {
 public:
  [[nodiscard]] Result<FileStatus> status(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<File>> open_for_reading(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<File>> open_for_writing(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<File>> open_for_update(const std::string& path,
                                                              Readers readers) override;
  [[nodiscard]] Result<std::unique_ptr<File>> create_new(const std::string& path,
                                                         Readers readers) override;
  [[nodiscard]] Result<TemporaryFile> create_beside(const std::string& target,
                                                    Readers readers) override;
  [[nodiscard]] Result<void> put_in_place(TemporaryFile& file, const std::string& target) override;
  [[nodiscard]] Result<std::unique_ptr<File>> create_unnamed(const std::string& folder) override;
  [[nodiscard]] Result<std::unique_ptr<Mapping>> map(const std::string& path) override;
  [[nodiscard]] Result<void> rename(const std::string& from, const std::string& to) override;
  [[nodiscard]] Result<void> remove(const std::string& path) override;
  [[nodiscard]] Result<void> sync_folder_of(const std::string& path) override;
};

// What a job is given. All four are borrowed and none may be null.
struct Seams {
  std::pmr::memory_resource* memory = nullptr;
  Files* files = nullptr;
  Clock* clock = nullptr;
  Random* random = nullptr;
};

// The machine itself, for who replaces nothing: keep one alive and hand out `seams()`.
class SystemSeams {
 public:
  [[nodiscard]] Seams seams() noexcept
  {
    return {.memory = std::pmr::new_delete_resource(),
            .files = &files_,
            .clock = &clock_,
            .random = &random_};
  }

 private:
  SystemFiles files_;
  SystemClock clock_;
  SystemRandom random_;
};

} // namespace rollcall

#endif // ROLLCALL_SEAMS_HPP
