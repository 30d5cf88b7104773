#include "state/reader.h"

#include <cstring>

#include "state/checksum.h"

namespace tegmenta::state {

namespace {

/// Reads what frames the sections.
class Frames {
 public:
  Frames(Source& source, Watch& watch) : source_(source), watch_(watch) {}

  void read_head() {
    std::array<unsigned char, kMagic.size()> magic;
    if (source_.size() < magic.size()) foreign();
    source_.read(0, magic.data(), magic.size());
    if (magic != kMagic) foreign();
    at_ = magic.size();
    const auto version = number<std::uint32_t>();
    if (version > kVersion) {
      throw bad_state(Fault::kNewer, "its format has version " + std::to_string(version) +
                                         ", and this one reads up to version " +
                                         std::to_string(kVersion))
          .with("version", static_cast<double>(version));
    }
    if (version == 0) throw bad_state(Fault::kCorrupted, "its format has version 0");
  }

  /// The next section, whose checksum is right.
  Span next() {
    sum_ = {};
    std::string name(number<std::uint8_t>(), '\0');
    take(name.data(), name.size());
    const auto bytes = number<std::uint64_t>();
    if (bytes > source_.size() - at_)
      truncated("section '" + name + "' is longer than what is left");
    Span span{name, at_, bytes};
    check_body(bytes);
    const std::uint32_t sum = sum_.value();
    if (number<std::uint32_t>() != sum) {
      throw bad_state(Fault::kCorrupted, "the checksum of section '" + name + "' is wrong")
          .with("section", name);
    }
    return span;
  }
  void expect_end() const {
    if (at_ == source_.size()) return;
    throw bad_state(Fault::kCorrupted, "something follows its end");
  }

 private:
  [[noreturn]] static void foreign() {
    throw bad_state(Fault::kForeign, "it does not begin as one does");
  }
  [[noreturn]] void truncated(const std::string& what) const {
    throw bad_state(Fault::kTruncated, what);
  }
  void take(void* to, std::size_t bytes) {
    if (bytes > source_.size() - at_) truncated("it ends before the section 'end'");
    source_.read(at_, to, bytes);
    sum_.add(to, bytes);
    at_ += bytes;
  }
  template <typename T>
  T number() {
    T x;
    take(&x, sizeof x);
    return x;
  }
  void check_body(std::uint64_t bytes) {
    part_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kPart)));
    while (bytes > 0) {
      const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kPart));
      take(part_.data(), n);
      watch_.done(n);
      bytes -= n;
    }
  }

  Source& source_;
  Watch& watch_;
  std::uint64_t at_ = 0;
  Checksum sum_;
  std::vector<char> part_;
};

}  // namespace

std::vector<Span> read_sections(Source& source, Watch& watch) {
  Frames frames(source, watch);
  frames.read_head();
  std::vector<Span> sections;
  for (;;) {
    Span span = frames.next();
    if (span.name == kEnd) break;
    sections.push_back(std::move(span));
  }
  frames.expect_end();
  return sections;
}

Reader::Reader(Source& source, const Span& span, Watch& watch)
    : source_(source),
      watch_(watch),
      section_(span.name),
      at_(span.begin),
      end_(span.begin + span.bytes) {}

void Reader::refuse(const std::string& what) const {
  throw bad_state(Fault::kCorrupted,
                  "'" + std::string(field_) + "' of section '" + section_ + "' " + what)
      .with("section", section_);
}

void Reader::fill() {
  buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left(), kBuffer)));
  buffered_ = at_;
  source_.read(at_, buffer_.data(), buffer_.size());
  watch_.done(buffer_.size());
}

void Reader::raw(void* to, std::size_t bytes) {
  if (bytes > left()) refuse("ends too early");
  auto* into = static_cast<char*>(to);
  while (bytes > 0) {
    const std::uint64_t ahead = at_ - buffered_;
    if (ahead < buffer_.size()) {
      const std::size_t n =
          std::min<std::size_t>(bytes, buffer_.size() - static_cast<std::size_t>(ahead));
      std::memcpy(into, buffer_.data() + ahead, n);
      at_ += n, into += n, bytes -= n;
    } else if (bytes < kBuffer) {
      fill();
    } else {
      const std::size_t n = std::min(bytes, kPart);
      source_.read(at_, into, n);
      watch_.done(n);
      at_ += n, into += n, bytes -= n;
    }
  }
}

char Reader::peek() {
  if (left() == 0) refuse("ends too early");
  const std::uint64_t at = at_;
  const char tag = number<char>();
  at_ = at;
  return tag;
}

std::string Reader::take_name() {
  char found[kLongestName];
  const std::size_t length = number<std::uint8_t>();
  raw(found, length);
  return {found, length};
}

void Reader::expect_name(std::string_view name) {
  if (!name.empty()) field_ = name;
  const std::string found = take_name();
  if (found != name) refuse("is expected to be there, but '" + found + "' is");
}

bool Reader::next_is(std::string_view name) {
  const std::uint64_t at = at_;
  const bool is = take_name() == name;
  at_ = at;
  return is;
}

void Reader::expect(char tag) {
  const char found = number<char>();
  if (found != tag) refuse("is of another type than expected");
}

bool Reader::flag() {
  const auto value = number<std::uint8_t>();
  if (value > 1) refuse("is neither true nor false");
  return value != 0;
}

std::size_t Reader::count_of(std::size_t each) {
  const auto count = number<std::uint64_t>();
  if (count > left() / each) refuse("is longer than what is left");
  return static_cast<std::size_t>(count);
}

void Reader::expect_columns(const std::vector<RowColumn>& columns) {
  expect(kTable);
  if (number<std::uint32_t>() != columns.size()) refuse("has other columns than expected");
  for (const RowColumn& column : columns) {
    char found[kLongestName];
    const std::size_t length = number<std::uint8_t>();
    raw(found, length);
    if (std::string_view(found, length) != column.name) refuse("has other columns than expected");
    expect(column.type);
  }
}

void Reader::expect_end() const {
  if (left() > 0) refuse("is followed by something unknown");
}

}  // namespace tegmenta::state
