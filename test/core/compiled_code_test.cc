// What is accepted as a compiled model, and what is refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/random.h"
#include "compiled/check.h"
#include "compiled/decode.h"
#include "compiled/effects.h"
#include "compiled_models.h"
#include "once.h"

namespace tegmenta::testing {
namespace {

using compiled::Code;
using compiled::decode;
using compiled::encode;
using compiled::EncodedModel;
using compiled::Operation;

bool same(const EncodedModel& a, const EncodedModel& b) {
  return a.strings == b.strings && a.integers == b.integers && a.numbers == b.numbers;
}

/// A model that has some of everything.
Code full_model() {
  Code code = compiled_iaf_cond_exp();
  code.text = "model full:";
  code.parameters[0].unit = "mV";
  code.parameters[1].description = "Where it goes.";
  code.parameters[2].kind = compiled::NumberKind::kInteger;
  code.states[1].read_only = true;
  code.states[4].name.clear();
  code.failures = {"too far"};
  code.guards = {{.parameter = 3, .text = "g_L > 0"}};
  code.guarding.results = {0};
  code.systems[0].held = {3, 4};
  code.systems[0].time = static_cast<std::uint16_t>(compiled::StepOperands(code).time);
  return code;
}

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::kBadProperty);
    return error.what();
  }
  return "accepted";
}

TEST_CASE("a compiled model comes back from its arrays" * once()) {
  const EncodedModel arrays = encode(full_model());
  const Code code = decode(arrays);
  CHECK(same(encode(code), arrays));
  CHECK(code.name == "compiled_iaf_cond_exp");
  CHECK(code.text == "model full:");
  CHECK(code.parameters[0].unit == "mV");
  CHECK(code.parameters[1].description == "Where it goes.");
  CHECK(code.parameters[2].kind == compiled::NumberKind::kInteger);
  CHECK(code.states[1].read_only);
  CHECK(code.receptors == std::vector<std::string>{"spikes"});
  CHECK(code.constants == std::vector<double>{0, 1, 1e-3});
  CHECK(code.guards[0].text == "g_L > 0");
  CHECK(code.systems[0].values.size() == 3);
  compiled::check(code);
}

TEST_CASE("arrays of no compiled model are refused" * once()) {
  const EncodedModel good = encode(full_model());
  const auto refused = [&](const std::function<void(EncodedModel&)>& change) {
    EncodedModel bad = good;
    change(bad);
    return refusal([&] { decode(bad); });
  };
  const std::string begin =
      "The arrays of the model compiled_iaf_cond_exp are not those of a compiled model: ";
  CHECK(refused([](EncodedModel& m) { m.integers[0] = 2; }) ==
        "The arrays of the model  are not those of a compiled model: they are of another version.");
  CHECK(refused([](EncodedModel& m) { m.integers.pop_back(); }) ==
        begin + "there are fewer integers than expected.");
  CHECK(refused([](EncodedModel& m) { m.integers.push_back(0); }) ==
        begin + "there are more integers than expected.");
  CHECK(refused([](EncodedModel& m) { m.numbers.push_back(0); }) ==
        begin + "there is another number of constants.");
  CHECK(refused([](EncodedModel& m) { m.integers[2] = 1000; }) ==
        begin + "an integer is out of range.");
  CHECK(refused([](EncodedModel& m) { m.integers[2] = -1; }) ==
        begin + "an integer is out of range.");
  CHECK(refused([](EncodedModel& m) { m.strings.clear(); }) != "accepted");
  CHECK(refused([](EncodedModel& m) { m.integers.clear(); }) != "accepted");
}

/// Why a model is refused after a change.
std::string reason(const std::function<void(Code&)>& change) {
  Code code = full_model();
  change(code);
  const std::string begin = "The code of the model compiled_iaf_cond_exp cannot be run: ";
  const std::string said = refusal([&] { compiled::check(code); });
  return said.starts_with(begin) ? said.substr(begin.size()) : said;
}

TEST_CASE("declarations of compiled models are checked" * once()) {
  CHECK(reason([](Code&) {}) == "accepted");
  CHECK(refusal([] { compiled::check(Code()); }) ==
        "The code of the model  cannot be run: it has no name.");
  CHECK(reason([](Code& c) { c.parameters[0].name.clear(); }) ==
        "a parameter, internal or current has no name.");
  CHECK(reason([](Code& c) { c.states[0].name = "theta"; }) == "two numbers are named theta.");
  CHECK(reason([](Code& c) { c.receptors.push_back("spikes"); }) ==
        "two receptors are named spikes.");
  CHECK(reason([](Code& c) { c.receptors.push_back("more"); }) == "receptors have no numbers.");
  CHECK(reason([](Code& c) { c.most_spikes = 3; }) == "a number of spikes is out of range.");
  CHECK(reason([](Code& c) { c.guards[0].parameter = 11; }) == "a guard is of no parameter.");
  CHECK(reason([](Code& c) { c.guards[0].parameter = -1; }) == "a guard is of no parameter.");
  CHECK(reason([](Code& c) { c.constants.assign(70'000, 0.0); }) == "there are too many operands.");
  CHECK(reason([](Code& c) { c.step.code.resize(1'000'001); }) ==
        "there are too many instructions.");
  CHECK(reason([](Code& c) { c.systems.resize(257); }) == "there are too many systems.");
}

TEST_CASE("programs of compiled models are checked" * once()) {
  CHECK(reason([](Code& c) { ++c.step.given; }) == "step: it is given another number of operands.");
  CHECK(reason([](Code& c) { c.defaults.temporaries = -1; }) ==
        "defaults: a number of temporaries is out of range.");
  CHECK(reason([](Code& c) { c.setup.temporaries = 65'530; }) ==
        "setup: there are too many operands.");
  CHECK(reason([](Code& c) { c.step.main = 100; }) ==
        "step: its main part is longer than its code.");
  CHECK(reason([](Code& c) { c.setup.code.resize(1); }) ==
        "setup: code of systems is in the step only.");
  CHECK(reason([](Code& c) { c.defaults.results.pop_back(); }) ==
        "defaults: it has another number of results.");
  CHECK(reason([](Code& c) { c.step.results = {0}; }) == "step: it has another number of results.");
  CHECK(reason([](Code& c) { c.setup.results[0] = 60'000; }) == "setup: a result is no operand.");
}

/// The same with an instruction at the end of the main part of the step.
std::string reason_of(const compiled::Instruction& i) {
  return reason([&](Code& c) {
    c.step.code.insert(c.step.code.begin() + c.step.main, i);
    ++c.step.main;
    ++c.systems[0].first;
    ++c.systems[0].last;
  });
}

TEST_CASE("instructions of compiled models are checked" * once()) {
  // Constants 0 … 2, coefficients up to 13, states up to 18, rows, a current, time 22, spikes 23.
  const std::uint16_t first = 24, end = 37;
  CHECK(reason_of({Operation::add, first, 0, 1, 0}) == "accepted");
  CHECK(reason_of({Operation::add, 14, 0, 1, 0}) == "accepted");
  CHECK(reason_of({Operation::add, 23, 0, 1, 0}) == "accepted");
  CHECK(reason_of({static_cast<Operation>(compiled::kOperations), first, 0, 0, 0}) ==
        "step: there is no such operation.");
  for (const std::uint16_t operand : {0, 3, 13, 19, 22, 40, 65535}) {
    CHECK(reason_of({Operation::add, operand, 0, 1, 0}) == "step: add writes what it must not.");
  }
  CHECK(reason_of({Operation::add, first, 40, 1, 0}) == "step: add reads what is no operand.");
  CHECK(reason_of({Operation::add, first, 1, 65535, 0}) == "step: add reads what is no operand.");
  CHECK(reason_of({Operation::copy, first, 1, 65535, 65535}) == "accepted");  // not read
  CHECK(reason_of({Operation::load_at, first, 30, 0, end - 30 + 2}) ==
        "step: load_at reads what is no operand.");
  CHECK(reason_of({Operation::load_at, first, 30, 0, 0}) == "step: a vector has no elements.");
  CHECK(reason_of({Operation::store_at, 22, 0, 0, 4}) == "step: store_at writes what it must not.");
  CHECK(reason_of({Operation::store_at, first, 0, 0, 65535}) ==
        "step: store_at reads what is no operand.");
  CHECK(reason_of({Operation::matrix_exponential, first, 3, 3, 0}) == "accepted");
  CHECK(reason_of({Operation::matrix_exponential, first, 3, 65, 0}) ==
        "step: a matrix has too many rows, or none.");
  CHECK(reason_of({Operation::matrix_exponential, first, 3, 0, 0}) ==
        "step: a matrix has too many rows, or none.");
  CHECK(reason_of({Operation::matrix_exponential, first, 3, 5, 0}) ==
        "step: matrix_exponential writes what it must not.");
  CHECK(reason_of({Operation::integrate, 1, 0, 0, 0}) == "step: integrate names no system.");
  CHECK(reason_of({Operation::fail, 1, 0, 0, 0}) == "step: fail names no text.");
  CHECK(reason_of({Operation::skip_unless_any, 0, 0, 0, 0}) == "accepted");
  CHECK(reason_of({Operation::skip_unless_any, 1, 0, 0, 0}) == "step: a skip leaves the code.");
  CHECK(reason_of({Operation::loop_while_any, 14, 0, 0, 0}) == "accepted");
  CHECK(reason_of({Operation::loop_while_any, 15, 0, 0, 0}) == "step: a loop leaves the code.");
  CHECK(reason([](Code& c) {
          c.setup.temporaries = 1;
          c.setup.main = 1;
          c.setup.code = {
              {Operation::normal, static_cast<std::uint16_t>(c.setup.given + 3), 0, 0, 0}};
        }) == "setup: normal is no operation but of the step.");
}

TEST_CASE("systems of compiled models are checked" * once()) {
  using compiled::System;
  const auto changed = [](const std::function<void(System&)>& change) {
    return reason([&](Code& c) { change(c.systems[0]); });
  };
  CHECK(changed([](System& s) { s.first = 0; }) == "system: its code is not in the step.");
  CHECK(changed([](System& s) { s.last = s.first - 1; }) == "system: its code is not in the step.");
  CHECK(changed([](System& s) { ++s.last; }) == "system: its code is not in the step.");
  CHECK(changed([](System& s) { s.slopes.pop_back(); }) ==
        "system: it has not as many slopes as values.");
  CHECK(changed([](System& s) { s.values.clear(), s.slopes.clear(); }) ==
        "system: it has not as many slopes as values.");
  CHECK(changed([](System& s) { s.values[0] = 3; }) == "system: a value must not be written.");
  CHECK(changed([](System& s) { s.values[0] = 23; }) == "system: a value must not be written.");
  CHECK(changed([](System& s) { s.values[1] = s.values[0]; }) == "system: a value is there twice.");
  CHECK(changed([](System& s) { s.slopes[0] = 400; }) == "system: a slope is no operand.");
  CHECK(changed([](System& s) { s.held[0] = 400; }) == "system: what is held is no operand.");
  CHECK(changed([](System& s) { s.time = 400; }) == "system: its time or error is no operand.");
  CHECK(changed([](System& s) { s.absolute = 400; }) == "system: its time or error is no operand.");
  CHECK(changed([](System& s) { s.substep = 5; }) ==
        "system: its sub-step is no state of its own.");
  CHECK(changed([](System& s) { s.substep = 0; }) ==
        "system: its sub-step is no state of its own.");
  const auto begins_with = [](const compiled::Instruction& i) {
    return reason([&](Code& c) { c.step.code[static_cast<std::size_t>(c.systems[0].first)] = i; });
  };
  CHECK(begins_with({Operation::integrate, 0, 0, 0, 0}) ==
        "system: integrate is no operation of a system.");
  CHECK(begins_with({Operation::uniform, 30, 0, 0, 0}) ==
        "system: uniform is no operation of a system.");
  CHECK(begins_with({Operation::fail, 0, 0, 0, 0}) == "system: fail is no operation of a system.");
  CHECK(begins_with({Operation::copy, 14, 0, 0, 0}) ==
        "system: its code writes what is given to it.");
  CHECK(begins_with({Operation::copy, 17, 0, 0, 0}) ==
        "system: its code writes what is given to it.");
  CHECK(begins_with({Operation::skip_unless_any, 20, 0, 0, 0}) ==
        "system: a skip leaves the code.");
  CHECK(begins_with({Operation::loop_while_any, 1, 0, 0, 0}) == "system: a loop leaves the code.");
  // The second one works out what the first one reads.
  CHECK(reason([](Code& c) {
          const auto first = static_cast<std::size_t>(c.systems[0].first);
          c.step.code[first + 1].a = c.step.code[first + 2].result = 35;
        }) == "system: an operand is read before it is written.");
}

}  // namespace
}  // namespace tegmenta::testing
