#include "changed_state.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "state/checksum.h"
#include "state/format.h"

namespace tegmenta::testing {

namespace {

using Random = ChangedState::Random;

std::size_t below(Random& random, std::size_t n) { return n > 0 ? random() % n : 0; }

template <typename T>
const T& one_of(const std::vector<T>& list, Random& random) {
  return list[below(random, list.size())];
}

std::size_t bytes_of(char type) {
  switch (type) {
    case 'h':
    case 'H':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'q':
    case 'Q':
    case 'd':
      return 8;
    default:
      return 1;
  }
}

/// Finds the parts of what is known to be right.
class Mapper {
 public:
  explicit Mapper(const Bytes& content) : content_(content) {}

  StateMap map() && {
    while (at_ < content_.size()) {
      name();
      value();
    }
    return std::move(map_);
  }

 private:
  template <typename T>
  T number() {
    T x;
    std::memcpy(&x, content_.data() + at_, sizeof x);
    at_ += sizeof x;
    return x;
  }
  bool name() {
    const std::size_t length = number<std::uint8_t>();
    if (length > 0) {
      map_.names.push_back({at_, at_ + length});
      name_.assign(reinterpret_cast<const char*>(content_.data()) + at_, length);
    }
    at_ += length;
    return length > 0;
  }
  std::size_t count() {
    map_.counts.push_back(at_);
    return static_cast<std::size_t>(number<std::uint64_t>());
  }

  void value() {
    const std::size_t begin = at_;
    const char tag = number<char>();
    switch (tag) {
      case state::kNull:
        break;
      case state::kText: {
        const std::size_t bytes = count();
        at_ += bytes;
        break;
      }
      case state::kArray: {
        const char type = number<char>();
        rows({{0, type, name_}}, bytes_of(type));
        break;
      }
      case state::kTable:
        table();
        break;
      case state::kList:
        list();
        break;
      case state::kObject:
        while (name()) value();
        break;
      default:
        map_.numbers.push_back({at_, tag, name_});
        at_ += bytes_of(tag);
    }
    map_.values.push_back({begin, at_});
  }
  void rows(std::vector<StateMap::Number> columns, std::size_t row_bytes) {
    const std::size_t count_at = at_, n = count();
    map_.arrays.push_back({count_at, at_, n, std::move(columns), row_bytes});
    at_ += n * row_bytes;
  }
  void table() {
    std::vector<StateMap::Number> columns(number<std::uint32_t>());
    std::size_t row_bytes = 0;
    for (StateMap::Number& column : columns) {
      name();
      column = {row_bytes, number<char>(), name_};
      row_bytes += bytes_of(column.type);
    }
    rows(std::move(columns), row_bytes);
  }
  void list() {
    const std::size_t count_at = at_, n = count();
    std::vector<StateMap::Value> elements;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t begin = at_;
      value();
      elements.push_back({begin, at_});
    }
    map_.lists.push_back({count_at, std::move(elements)});
  }

  const Bytes& content_;
  std::size_t at_ = 0;
  std::string name_;  // the last
  StateMap map_;
};

/// What numbers are least expected to be, and what lies beside what they were.
template <typename T>
T extreme(T x, Random& random) {
  using Limits = std::numeric_limits<T>;
  if constexpr (std::is_floating_point_v<T>) {
    const T values[] = {0,
                        -T{0},
                        1,
                        -1,
                        x * 2,
                        -x,
                        x / 1000,
                        Limits::quiet_NaN(),
                        Limits::infinity(),
                        -Limits::infinity(),
                        Limits::max(),
                        Limits::lowest(),
                        Limits::denorm_min(),
                        T{1e-9},
                        T{2147483648.0},
                        T{4294967296.0},
                        T{9223372036854775808.0}};
    return values[below(random, std::size(values))];
  } else {
    const auto narrowed = [](std::uint64_t value) { return static_cast<T>(value); };
    const std::uint64_t now = static_cast<std::uint64_t>(x);
    const std::uint64_t high = static_cast<std::uint64_t>(Limits::max());
    const T values[] = {0,
                        1,
                        2,
                        narrowed(now + 1),
                        narrowed(now - 1),
                        narrowed(now * 2),
                        narrowed(now + 8),
                        narrowed(now ^ std::uint64_t{1} << below(random, 8 * sizeof(T))),
                        narrowed(below(random, 100)),
                        Limits::max(),
                        Limits::min(),
                        narrowed(high / 2),
                        narrowed(std::uint64_t{1} << 16),
                        narrowed(std::uint64_t{1} << 31),
                        narrowed((std::uint64_t{1} << 32) - 1),
                        narrowed(std::uint64_t{1} << 62),
                        narrowed(std::uint64_t{1} << 63),
                        narrowed(~std::uint64_t{0})};
    return values[below(random, std::size(values))];
  }
}

template <typename T>
void make_extreme_as(std::uint8_t* at, Random& random) {
  T x;
  std::memcpy(&x, at, sizeof x);
  x = extreme(x, random);
  std::memcpy(at, &x, sizeof x);
}

void make_extreme(std::uint8_t* at, char type, Random& random) {
  switch (type) {
    case '?':
      *at = below(random, 8) == 0 ? 2 : *at ^ 1;
      break;
    case 'b':
      return make_extreme_as<std::int8_t>(at, random);
    case 'B':
      return make_extreme_as<std::uint8_t>(at, random);
    case 'h':
      return make_extreme_as<std::int16_t>(at, random);
    case 'H':
      return make_extreme_as<std::uint16_t>(at, random);
    case 'i':
      return make_extreme_as<std::int32_t>(at, random);
    case 'I':
      return make_extreme_as<std::uint32_t>(at, random);
    case 'q':
      return make_extreme_as<std::int64_t>(at, random);
    case 'Q':
      return make_extreme_as<std::uint64_t>(at, random);
    case 'f':
      return make_extreme_as<float>(at, random);
    default:
      return make_extreme_as<double>(at, random);
  }
}

auto place(Bytes& bytes, std::size_t at) { return bytes.begin() + static_cast<std::ptrdiff_t>(at); }

void add_to_count(Bytes& content, std::size_t count_at, std::uint64_t more) {
  std::uint64_t count;
  std::memcpy(&count, content.data() + count_at, sizeof count);
  count += more;
  std::memcpy(content.data() + count_at, &count, sizeof count);
}

/// One piece goes, comes twice, or takes the place of another; by how much the number of pieces
/// changes. a, b: pieces, the first before the second or the same.
int rearrange(Bytes& bytes, StateMap::Value a, StateMap::Value b, Random& random) {
  const Bytes first(place(bytes, a.begin), place(bytes, a.end));
  const Bytes second(place(bytes, b.begin), place(bytes, b.end));
  switch (below(random, 4)) {
    case 0:
      bytes.erase(place(bytes, b.begin), place(bytes, b.end));
      return -1;
    case 1:
      bytes.insert(place(bytes, b.end), first.begin(), first.end());
      return 1;
    case 2:  // the second begins where it did, or not: it is written first
      bytes.erase(place(bytes, b.begin), place(bytes, b.end));
      bytes.insert(place(bytes, b.begin), first.begin(), first.end());
      bytes.erase(place(bytes, a.begin), place(bytes, a.end));
      bytes.insert(place(bytes, a.begin), second.begin(), second.end());
      return 0;
    default:
      bytes.erase(place(bytes, b.begin), place(bytes, b.end));
      bytes.insert(place(bytes, b.begin), first.begin(), first.end());
      return 0;
  }
}

/// Something happens to bytes, whatever they mean.
void damage(Bytes& bytes, Random& random) {
  if (bytes.empty()) return;
  const std::size_t a = below(random, bytes.size()), left = bytes.size() - a;
  const std::size_t n = 1 + below(random, std::min<std::size_t>(left, random() % 2 ? 16 : left));
  switch (below(random, 6)) {
    case 0:
      bytes[a] ^= static_cast<std::uint8_t>(1u << below(random, 8));
      break;
    case 1:
      bytes[a] = static_cast<std::uint8_t>(random());
      break;
    case 2:
      bytes.resize(a);
      break;
    case 3:
      if (left >= 8) make_extreme(bytes.data() + a, "IQd"[below(random, 3)], random);
      break;
    case 4:
      std::fill_n(place(bytes, a), n, static_cast<std::uint8_t>(random() % 2 ? 0 : 0xff));
      break;
    default: {
      std::size_t b = below(random, bytes.size());
      b = std::min(b, a);
      rearrange(bytes, {b, std::min(b + n, a)}, {a, a + n}, random);
    }
  }
}

template <typename T>
void append_number(Bytes& to, T x) {
  to.resize(to.size() + sizeof x);
  std::memcpy(to.data() + to.size() - sizeof x, &x, sizeof x);
}

}  // namespace

ChangedState::ChangedState(const Bytes& state, const Bytes& other)
    : state_(state), sections_(sections_of(state)), other_(sections_of(other)) {}

ChangedState::Sections ChangedState::sections_of(const Bytes& state) {
  Sections sections;
  std::size_t at = state::kMagic.size() + sizeof state::kVersion;
  while (at < state.size()) {
    const std::size_t length = state[at++];
    Section section;
    section.name.assign(reinterpret_cast<const char*>(state.data()) + at, length);
    at += length;
    std::uint64_t bytes;
    std::memcpy(&bytes, state.data() + at, sizeof bytes);
    at += sizeof bytes;
    section.content.assign(state.data() + at, state.data() + at + bytes);
    section.map = Mapper(section.content).map();
    sections.push_back(std::move(section));
    at += bytes + sizeof(std::uint32_t);
  }
  return sections;
}

Bytes ChangedState::file_of(const Sections& sections) {
  Bytes file(state::kMagic.begin(), state::kMagic.end());
  append_number(file, state::kVersion);
  for (const Section& section : sections) {
    const std::size_t begin = file.size();
    append_number(file, static_cast<std::uint8_t>(section.name.size()));
    file.insert(file.end(), section.name.begin(), section.name.end());
    append_number(file, std::uint64_t{section.content.size()});
    file.insert(file.end(), section.content.begin(), section.content.end());
    state::Checksum sum;
    sum.add(file.data() + begin, file.size() - begin);
    append_number(file, sum.value());
  }
  return file;
}

Bytes ChangedState::damaged(Random& random) const {
  Bytes bytes = state_;
  do damage(bytes, random);
  while (random() % 4 == 0);
  return bytes;
}

Bytes ChangedState::with(const std::string& section, const std::string& name, double value) const {
  Sections sections = sections_;
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const Section& s) { return s.name == section; });
  const auto change = [&](std::size_t at, char type) {
    std::int64_t integer = static_cast<std::int64_t>(value);
    std::memcpy(found->content.data() + at, type == 'd' ? static_cast<void*>(&value) : &integer,
                bytes_of(type));
    return file_of(sections);
  };
  for (const StateMap::Number& number : found->map.numbers) {
    if (number.name == name) return change(number.at, number.type);
  }
  for (const StateMap::Numbers& array : found->map.arrays) {
    for (const StateMap::Number& column : array.columns) {
      if (column.name == name && array.rows > 0)
        return change(array.begin + column.at, column.type);
    }
  }
  return {};
}

Bytes ChangedState::sealed(Random& random) const {
  Sections sections = sections_;
  if (random() % 50 == 0) {
    change_sections(sections, random);
    return file_of(sections);
  }
  const std::size_t changes = random() % 2 ? 1 : 1 + below(random, 5);
  std::vector<bool> is_mapped(sections.size(), true);
  for (std::size_t i = 0; i < changes; ++i) {
    // The last is the empty end.
    const std::size_t s = below(random, sections.size() - 1);
    if (is_mapped[s]) is_mapped[s] = change(sections[s], random);
  }
  return file_of(sections);
}

void ChangedState::change_sections(Sections& sections, Random& random) const {
  const std::size_t a = below(random, sections.size()), b = below(random, sections.size());
  const auto at = sections.begin() + static_cast<std::ptrdiff_t>(a);
  switch (below(random, 6)) {
    case 0:
      std::swap(sections[a], sections[b]);
      break;
    case 1:
      sections.erase(at);
      break;
    case 2:
      sections.insert(at, Section(sections[b]));
      break;
    case 3:
      sections[a].name = sections[b].name;
      break;
    case 4:
      sections[a].content.resize(below(random, sections[a].content.size() + 1));
      break;
    default:
      sections[a] = other_[a];
  }
}

bool ChangedState::change(Section& section, Random& random) const {
  for (;;) {
    const std::size_t kind = below(random, 16);
    if (kind == 0) {
      damage(section.content, random);
      return false;
    }
    if (kind == 1 && !section.map.counts.empty()) {
      make_extreme(section.content.data() + one_of(section.map.counts, random), 'Q', random);
      return false;
    }
    if (kind >= 2 && kind < 4 && exchange_value(section, random)) return false;
    if (kind >= 4 && kind < 7 && change_rows(section, random)) return false;
    if (kind >= 7 && kind < 10 && change_list(section, random)) return false;
    if (kind >= 10 && change_number(section, random)) return true;
  }
}

bool ChangedState::change_number(Section& section, Random& random) const {
  const StateMap& map = section.map;
  // Some belong together, and change alike.
  const std::size_t numbers = map.numbers.size(), all = numbers + map.arrays.size();
  const std::size_t chosen = below(random, all);
  if (all == 0) return false;
  if (chosen < numbers) {
    const StateMap::Number& number = map.numbers[chosen];
    make_extreme(section.content.data() + number.at, number.type, random);
    return true;
  }
  const StateMap::Numbers& array = map.arrays[chosen - numbers];
  if (array.rows == 0) return false;
  const StateMap::Number& column = one_of(array.columns, random);
  std::uint8_t* const first = section.content.data() + array.begin + column.at;
  std::uint8_t* const one = first + below(random, array.rows) * array.row_bytes;
  make_extreme(one, column.type, random);
  if (random() % 8 != 0) return true;
  for (std::size_t i = 0; i < array.rows; ++i) {
    std::memmove(first + i * array.row_bytes, one, bytes_of(column.type));
  }
  return true;
}

bool ChangedState::change_rows(Section& section, Random& random) const {
  if (section.map.arrays.empty()) return false;
  const StateMap::Numbers& array = one_of(section.map.arrays, random);
  if (array.rows == 0) return false;
  // One, or as many as there are from it on.
  std::size_t a = below(random, array.rows), b = below(random, array.rows);
  if (a > b) std::swap(a, b);
  const std::size_t n = random() % 4 ? 1 : array.rows - b;
  const auto piece = [&](std::size_t row, std::size_t rows) {
    const std::size_t begin = array.begin + row * array.row_bytes;
    return StateMap::Value{begin, begin + rows * array.row_bytes};
  };
  const StateMap::Value first = piece(a, std::min(n, b - a)), second = piece(b, n);
  const std::size_t before = section.content.size();
  rearrange(section.content, first, second, random);
  const std::uint64_t grown = section.content.size() - before;  // modulo 2^64
  const auto bytes = static_cast<std::int64_t>(grown);
  add_to_count(section.content, array.count_at,
               static_cast<std::uint64_t>(bytes / static_cast<std::int64_t>(array.row_bytes)));
  return true;
}

bool ChangedState::change_list(Section& section, Random& random) const {
  if (section.map.lists.empty()) return false;
  const StateMap::List& list = one_of(section.map.lists, random);
  if (list.elements.empty()) return false;
  std::size_t a = below(random, list.elements.size()), b = below(random, list.elements.size());
  if (a > b) std::swap(a, b);
  const int more = rearrange(section.content, list.elements[a], list.elements[b], random);
  add_to_count(section.content, list.count_at, static_cast<std::uint64_t>(more));
  return true;
}

bool ChangedState::exchange_value(Section& section, Random& random) const {
  if (section.map.values.empty()) return false;
  const StateMap::Value old = one_of(section.map.values, random);
  // What has the same meaning, or only the same type.
  const Sections& from = random() % 2 ? sections_ : other_;
  const auto same = std::find_if(from.begin(), from.end(),
                                 [&](const Section& s) { return s.name == section.name; });
  const Section& source = random() % 2 ? *same : one_of(from, random);
  if (source.map.values.empty()) return false;
  for (int i = 0; i < 20; ++i) {
    const StateMap::Value taken = one_of(source.map.values, random);
    if (source.content[taken.begin] != section.content[old.begin]) continue;
    const Bytes copy(source.content.data() + taken.begin, source.content.data() + taken.end);
    section.content.erase(place(section.content, old.begin), place(section.content, old.end));
    section.content.insert(place(section.content, old.begin), copy.begin(), copy.end());
    return true;
  }
  return false;
}

}  // namespace tegmenta::testing
