#include "state/writer.h"

#include <algorithm>

namespace tegmenta::state {

namespace {
/// What frames a section: name, length and checksum.
std::uint64_t bytes_around(const std::string& name) { return 1 + name.size() + 8 + 4; }
}  // namespace

void Writer::raw(const void* data, std::size_t bytes) {
  bytes_ += bytes;
  if (!sink_) return;
  if (buffer_.size() + bytes <= kBuffer) {
    const auto* const begin = static_cast<const char*>(data);
    buffer_.insert(buffer_.end(), begin, begin + bytes);
    return;
  }
  flush();
  const auto* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const std::size_t n = std::min(bytes, kPart);
    checksum_.add(at, n);
    sink_->write(at, n);
    if (watch_) watch_->done(n);
    at += n;
    bytes -= n;
  }
}

void Writer::flush() {
  if (buffer_.empty()) return;
  checksum_.add(buffer_.data(), buffer_.size());
  sink_->write(buffer_.data(), buffer_.size());
  if (watch_) watch_->done(buffer_.size());
  buffer_.clear();
}

void Writer::put_name(std::string_view name) {
  number(static_cast<std::uint8_t>(name.size()));
  raw(name.data(), name.size());
}

void Writer::begin_array(char type, std::size_t count) {
  tag(kArray);
  tag(type);
  number<std::uint64_t>(count);
}

void Writer::begin_table(const std::vector<RowColumn>& columns, std::size_t rows) {
  tag(kTable);
  number(static_cast<std::uint32_t>(columns.size()));
  for (const RowColumn& column : columns) {
    put_name(column.name);
    tag(column.type);
  }
  number<std::uint64_t>(rows);
}

std::uint64_t measure(std::vector<Section>& sections) {
  std::uint64_t all = kMagic.size() + sizeof kVersion + bytes_around(std::string(kEnd));
  for (Section& section : sections) {
    Writer counter;
    section.write(counter);
    section.bytes = counter.bytes();
    all += section.bytes + bytes_around(section.name);
  }
  return all;
}

namespace {

void write_section(const Section& section, Sink& sink, Watch& watch) {
  Writer writer(&sink, &watch);
  writer.put_name(section.name);
  writer.number(section.bytes);
  if (section.write) section.write(writer);
  writer.flush();
  const std::uint32_t sum = writer.checksum().value();
  sink.write(&sum, sizeof sum);
}

}  // namespace

void write(const std::vector<Section>& sections, Sink& sink, Watch& watch) {
  sink.write(kMagic.data(), kMagic.size());
  sink.write(&kVersion, sizeof kVersion);
  for (const Section& section : sections) write_section(section, sink, watch);
  write_section({std::string(kEnd), {}, 0}, sink, watch);
}

}  // namespace tegmenta::state
