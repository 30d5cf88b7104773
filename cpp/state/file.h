// States in files and in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>

#include "state/reader.h"
#include "state/writer.h"

namespace tegmenta::state {

/// Writes a file as a whole or not at all: `write` fills another one beside it, which takes its
/// place once it is on the disk. Throws IOError and what `write` throws; then no trace is left.
void write_file(const std::string& path, const std::function<void(Sink&)>& write);

/// A file that is read. Throws IOError.
class FileSource final : public Source {
 public:
  explicit FileSource(std::string path);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::uint64_t size() const override { return size_; }
  void read(std::uint64_t at, void* to, std::size_t bytes) override;

 private:
  std::string path_;
  int file_;
  std::uint64_t size_ = 0;
};

/// Memory that has room for all that is written.
class MemorySink final : public Sink {
 public:
  explicit MemorySink(std::span<std::uint8_t> room) : room_(room) {}
  void write(const void* data, std::size_t bytes) override;

 private:
  std::span<std::uint8_t> room_;
};

class MemorySource final : public Source {
 public:
  explicit MemorySource(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  void read(std::uint64_t at, void* to, std::size_t bytes) override {
    std::memcpy(to, bytes_.data() + at, bytes);
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace tegmenta::state
