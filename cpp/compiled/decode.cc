#include "compiled/decode.h"

#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>

#include "base/errors.h"

namespace tegmenta::compiled {

namespace {

// Numbers that arrays begin with.
constexpr std::int32_t kVersion = 1, kSynapseVersion = 101;

/// Takes what is there, field by field.
class Decoder {
 public:
  explicit Decoder(const EncodedModel& encoded) : encoded_(encoded) {}

  [[noreturn]] void refuse(std::string_view what) const {
    throw Error(ErrorKind::kBadProperty,
                "The arrays of the model " + name_ +
                    " are not those of a compiled model: " + std::string(what) + ".",
                {{"model", name_}, {"what", std::string(what)}});
  }

  void version(std::int32_t known) {
    if (next() != known) refuse("they are of another version");
  }
  template <typename T>
  void integer(T& x, std::int64_t low, std::int64_t high) {
    const std::int64_t value = next();
    if (value < low || value > high) refuse("an integer is out of range");
    x = static_cast<T>(value);
  }
  void text(std::string& x) {
    std::size_t at = 0;
    integer(at, 0, static_cast<std::int64_t>(encoded_.strings.size()) - 1);
    x = encoded_.strings[at];
  }
  template <typename T, typename Each>
  void list(std::vector<T>& list, std::size_t integers_each, const Each& each) {
    std::size_t n = 0;
    integer(n, 0, static_cast<std::int64_t>(left() / integers_each));
    list.resize(n);
    for (T& x : list) each(x);
  }
  void flags(std::vector<bool>& list) {
    std::size_t n = 0;
    integer(n, 0, static_cast<std::int64_t>(left()));
    list.resize(n);
    for (std::size_t k = 0; k < n; ++k) {
      bool flag = false;
      integer(flag, 0, 1);
      list[k] = flag;
    }
  }
  void doubles(std::vector<double>& list) {
    std::size_t n = 0;
    integer(n, 0, std::numeric_limits<std::int32_t>::max());
    if (n != encoded_.numbers.size()) refuse("there is another number of constants");
    list = encoded_.numbers;
  }
  void named(const std::string& name) { name_ = name; }
  void end() const {
    if (left() != 0) refuse("there are more integers than expected");
  }

 private:
  std::size_t left() const { return encoded_.integers.size() - at_; }
  std::int32_t next() {
    if (left() == 0) refuse("there are fewer integers than expected");
    return encoded_.integers[at_++];
  }

  const EncodedModel& encoded_;
  std::size_t at_ = 0;
  std::string name_;
};

/// Puts down the same fields.
class Encoder {
 public:
  void version(std::int32_t known) { put(known); }
  template <typename T>
  void integer(const T& x, std::int64_t, std::int64_t) {
    put(static_cast<std::int64_t>(x));
  }
  void text(const std::string& x) {
    put(static_cast<std::int64_t>(encoded_.strings.size()));
    encoded_.strings.push_back(x);
  }
  template <typename T, typename Each>
  void list(const std::vector<T>& list, std::size_t, const Each& each) {
    put(static_cast<std::int64_t>(list.size()));
    for (const T& x : list) each(x);
  }
  void flags(const std::vector<bool>& list) {
    put(static_cast<std::int64_t>(list.size()));
    for (const bool flag : list) put(flag ? 1 : 0);
  }
  void doubles(const std::vector<double>& list) {
    put(static_cast<std::int64_t>(list.size()));
    encoded_.numbers = list;
  }
  void named(const std::string&) {}
  void end() const {}
  EncodedModel finish() { return std::move(encoded_); }

 private:
  void put(std::int64_t x) { encoded_.integers.push_back(static_cast<std::int32_t>(x)); }

  EncodedModel encoded_;
};

// The fields in their order, of a Code that is read or written: `code` is const where it is
// written.

constexpr std::int64_t kMostInt = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kMostOperand = std::numeric_limits<std::uint16_t>::max();

void declared_number(auto& code, auto& declared) {
  code.text(declared.name);
  code.text(declared.unit);
  code.text(declared.description);
  code.integer(declared.kind, 0, static_cast<std::int64_t>(NumberKind::kBoolean));
  code.integer(declared.read_only, 0, 1);
}

void operand(auto& code, auto& x) { code.integer(x, 0, kMostOperand); }

void operands(auto& code, auto& list) {
  code.list(list, 1, [&](auto& x) { operand(code, x); });
}

void program(auto& code, auto& p) {
  code.integer(p.given, 0, kMostOperand);
  code.integer(p.temporaries, 0, kMostOperand);
  code.integer(p.main, 0, kMostInt);
  code.list(p.code, 5, [&](auto& i) {
    code.integer(i.operation, 0, kOperations - 1);
    operand(code, i.result);
    operand(code, i.a);
    operand(code, i.b);
    operand(code, i.c);
  });
  operands(code, p.results);
}

void system(auto& code, auto& s) {
  code.integer(s.first, 0, kMostInt);
  code.integer(s.last, 0, kMostInt);
  operands(code, s.values);
  operands(code, s.slopes);
  operands(code, s.columns);
  operands(code, s.held);
  operand(code, s.time);
  operand(code, s.absolute);
  operand(code, s.relative);
  code.integer(s.substep, 0, kMostInt);
}

void declared(auto& code, auto& list) {
  code.list(list, 5, [&](auto& each) { declared_number(code, each); });
}

void texts(auto& code, auto& list) {
  code.list(list, 1, [&](auto& each) { code.text(each); });
}

void begin(auto& code, auto& m, std::int32_t version) {
  code.version(version);
  code.text(m.name);
  code.named(m.name);
  code.text(m.text);
  declared(code, m.parameters);
}

void guards(auto& code, auto& list) {
  code.list(list, 2, [&](auto& guard) {
    code.integer(guard.parameter, 0, kMostInt);
    code.text(guard.text);
  });
}

void neuron(auto& code, auto& m) {
  begin(code, m, kVersion);
  declared(code, m.internals);
  declared(code, m.states);
  texts(code, m.receptors);
  code.integer(m.numbered, 0, 1);
  declared(code, m.currents);
  code.integer(m.most_spikes, 0, 2);
  code.doubles(m.constants);
  guards(code, m.guards);
  texts(code, m.failures);
  for (auto* p : {&m.defaults, &m.guarding, &m.deriving, &m.setup, &m.step}) program(code, *p);
  // Six numbers, and four lists that may be empty.
  code.list(m.systems, 10, [&](auto& each) { system(code, each); });
  code.end();
}

void synapse(auto& code, auto& m) {
  begin(code, m, kSynapseVersion);
  declared(code, m.states);
  code.text(m.delay);
  code.flags(m.homogeneous);
  code.flags(m.of_target);
  texts(code, m.post_variables);
  code.integer(m.modulator, 0, static_cast<std::int64_t>(ModulatorPort::kReward));
  code.doubles(m.constants);
  guards(code, m.guards);
  texts(code, m.failures);
  for (auto* p : {&m.defaults, &m.guarding, &m.setup, &m.update}) program(code, *p);
  // Two numbers, three more and two lists of the program.
  code.list(m.handlers, 7, [&](auto& each) {
    code.integer(each.cause, 0, static_cast<std::int64_t>(Cause::kPre));
    code.integer(each.priority, -kMostInt, kMostInt);
    program(code, each.program);
  });
  code.end();
}

}  // namespace

Code decode(const EncodedModel& encoded) {
  Decoder decoder(encoded);
  Code code;
  neuron(decoder, code);
  return code;
}

SynapseCode decode_synapse(const EncodedModel& encoded) {
  Decoder decoder(encoded);
  SynapseCode code;
  synapse(decoder, code);
  return code;
}

EncodedModel encode(const Code& code) {
  Encoder encoder;
  neuron(encoder, code);
  return encoder.finish();
}

EncodedModel encode(const SynapseCode& code) {
  Encoder encoder;
  synapse(encoder, code);
  return encoder.finish();
}

}  // namespace tegmenta::compiled
