#include "state/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace tegmenta::state {

namespace {

/// The system's names of what goes wrong with files, as Node.js gives them.
std::string name_of(int code) {
  struct Named {
    int code;
    const char* name;
  };
  static constexpr Named kNames[] = {
      {ENOENT, "ENOENT"}, {EACCES, "EACCES"}, {EPERM, "EPERM"},   {ENOSPC, "ENOSPC"},
      {EDQUOT, "EDQUOT"}, {EFBIG, "EFBIG"},   {EIO, "EIO"},       {EISDIR, "EISDIR"},
      {EROFS, "EROFS"},   {ELOOP, "ELOOP"},   {EMFILE, "EMFILE"}, {ENOTDIR, "ENOTDIR"},
      {ENFILE, "ENFILE"}, {EINVAL, "EINVAL"}, {EBUSY, "EBUSY"},   {ENAMETOOLONG, "ENAMETOOLONG"}};
  for (const auto& [known, name] : kNames) {
    if (known == code) return name;
  }
  return std::generic_category().message(code);
}

Error io_error(const char* what, const std::string& path, int code) {
  const std::string reason = name_of(code);
  return Error(ErrorKind::kIOError, "The file " + path + " cannot be " + what + ": " + reason + ".",
               {{"file", path}, {"reason", reason}});
}

/// Does a call of the system again as long as a signal interrupts it.
template <typename Call>
auto uninterrupted(Call&& call) {
  for (;;) {
    const auto result = call();
    if (result != -1 || errno != EINTR) return result;
  }
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// A new file beside another, which is gone unless it has taken the other's place.
class NewFile final : public Sink {
 public:
  explicit NewFile(const std::string& path) : path_(path) {
    static std::atomic<std::uint64_t> last{0};
    // Another process of the same number may have been killed and have left its own behind.
    do {
      temporary_ = path + "." + std::to_string(getpid()) + "-" + std::to_string(++last) + ".tmp";
      file_ = uninterrupted(
          [&] { return open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666); });
    } while (file_ < 0 && errno == EEXIST);
    if (file_ < 0) throw io_error("made", path_, errno);
  }
  ~NewFile() override {
    if (file_ >= 0) close(file_);
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(const void* data, std::size_t bytes) override {
    const auto* at = static_cast<const char*>(data);
    while (bytes > 0) {
      const ssize_t n = uninterrupted([&] { return ::write(file_, at, bytes); });
      if (n < 0) throw io_error("written", path_, errno);
      at += n;
      bytes -= static_cast<std::size_t>(n);
    }
  }

  void take_place() {
    if (uninterrupted([&] { return fsync(file_); }) != 0) throw io_error("written", path_, errno);
    const int closed = close(file_);
    file_ = -1;
    if (closed != 0) throw io_error("written", path_, errno);
    if (rename(temporary_.c_str(), path_.c_str()) != 0) throw io_error("written", path_, errno);
    temporary_.clear();
    // That it has another name now is to last, too; some systems cannot be told so.
    const int folder = open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    fsync(folder);
    close(folder);
  }

 private:
  const std::string& path_;
  std::string temporary_;
  int file_;
};

}  // namespace

void write_file(const std::string& path, const std::function<void(Sink&)>& write) {
  NewFile file(path);
  write(file);
  file.take_place();
}

FileSource::FileSource(std::string path)
    : path_(std::move(path)),
      file_(uninterrupted([&] { return open(path_.c_str(), O_RDONLY | O_CLOEXEC); })) {
  if (file_ < 0) throw io_error("read", path_, errno);
  struct stat status{};
  if (fstat(file_, &status) != 0 || !S_ISREG(status.st_mode)) {
    const int code = S_ISDIR(status.st_mode) ? EISDIR : errno != 0 ? errno : EINVAL;
    close(file_);
    throw io_error("read", path_, code);
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

FileSource::~FileSource() { close(file_); }

void FileSource::read(std::uint64_t at, void* to, std::size_t bytes) {
  auto* into = static_cast<char*>(to);
  while (bytes > 0) {
    const ssize_t n =
        uninterrupted([&] { return pread(file_, into, bytes, static_cast<off_t>(at)); });
    if (n < 0) throw io_error("read", path_, errno);
    if (n == 0) throw bad_state(Fault::kTruncated, "it has become shorter while it was read");
    at += static_cast<std::uint64_t>(n);
    into += n;
    bytes -= static_cast<std::size_t>(n);
  }
}

void MemorySink::write(const void* data, std::size_t bytes) {
  if (bytes > room_.size()) {
    throw Error(ErrorKind::kInternalError, "A state is longer than it was measured.");
  }
  std::memcpy(room_.data(), data, bytes);
  room_ = room_.subspan(bytes);
}

}  // namespace tegmenta::state
