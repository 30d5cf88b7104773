#include "compiled/effects.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace tegmenta::compiled {

namespace {

struct Form {
  const char* name;
  const char* operands;
};

constexpr Form kForms[] = {
#define TEGMENTA_OPERATION(name, operands, meaning) {#name, operands},
#include "compiled/operations.def"
#undef TEGMENTA_OPERATION
};

const Form& form_of(Operation operation) { return kForms[static_cast<std::size_t>(operation)]; }

}  // namespace

const char* name_of(Operation operation) { return form_of(operation).name; }

Effects effects_of(const Instruction& i) {
  Effects effects;
  const int fields[] = {i.result, i.a, i.b, i.c};
  const char* const operands = form_of(i.operation).operands;
  for (std::size_t k = 0, read = 0; operands[k] != '\0'; ++k) {
    if (operands[k] == 'r') {
      effects.writes = {fields[k], 1};
    } else if (operands[k] != 'n') {
      effects.reads[read++] = {fields[k], 1};
    }
  }
  // Of several operands, the first is named.
  if (i.operation == Operation::load_at) {
    effects.reads[0].count = i.c;
  } else if (i.operation == Operation::store_at) {
    effects.writes.count = i.c;
    effects.reads[2] = effects.writes;  // those that it does not change
  } else if (i.operation == Operation::matrix_exponential) {
    effects.reads[0].count = effects.writes.count = i.b * i.b;
  }
  return effects;
}

bool contains(const Program& program, int first, int last, Operation operation) {
  return std::any_of(program.code.begin() + first, program.code.begin() + last,
                     [&](const Instruction& i) { return i.operation == operation; });
}

bool reads(const Program& program, int first, int last, int operand) {
  return std::any_of(
      program.code.begin() + first, program.code.begin() + last, [&](const Instruction& i) {
        const Effects effects = effects_of(i);
        return std::any_of(effects.reads.begin(), effects.reads.end(),
                           [&](const OperandRange& range) {
                             return operand >= range.first && operand < range.first + range.count;
                           });
      });
}

StepOperands::StepOperands(const Code& code)
    : coefficients(static_cast<int>(code.constants.size())),
      states(coefficients + static_cast<int>(code.setup.results.size())),
      rows(states + static_cast<int>(code.states.size())),
      currents(rows + 2 * static_cast<int>(code.receptors.size())),
      time(currents + static_cast<int>(code.currents.size())),
      spikes(time + 1),
      temporaries(spikes + 1),
      end(temporaries + code.step.temporaries) {}

bool is_told_time(const Code& code, const System& system) {
  const StepOperands operands(code);
  if (system.time != operands.time && system.time < operands.temporaries) return false;
  return reads(code.step, system.first, system.last, system.time) ||
         std::find(system.slopes.begin(), system.slopes.end(), system.time) != system.slopes.end();
}

SystemUse use_of(const Code& code, const System& system) {
  enum : std::uint8_t { kUnseen, kHeld, kWritten, kGiven };
  const StepOperands operands(code);
  std::vector<std::uint8_t> seen(static_cast<std::size_t>(operands.end), kUnseen);
  std::fill_n(seen.begin(), code.constants.size(), kGiven);
  for (const std::uint16_t value : system.values) seen[value] = kGiven;
  if (is_told_time(code, system)) seen[system.time] = kGiven;
  SystemUse use;
  for (int at = system.first; at < system.last; ++at) {
    const Effects effects = effects_of(code.step.code[static_cast<std::size_t>(at)]);
    for (const OperandRange& range : effects.reads) {
      for (int k = range.first; k < range.first + range.count; ++k) {
        std::uint8_t& state = seen[static_cast<std::size_t>(k)];
        if (state == kUnseen) state = kHeld;
      }
    }
    for (int k = effects.writes.first; k < effects.writes.first + effects.writes.count; ++k) {
      std::uint8_t& state = seen[static_cast<std::size_t>(k)];
      if (state == kHeld) use.stale.push_back(static_cast<std::uint16_t>(k));
      if (state != kGiven) state = kWritten;
    }
  }
  for (const std::uint16_t slope : system.slopes) {
    if (seen[slope] == kUnseen) seen[slope] = kHeld;
  }
  for (std::size_t k = 0; k < seen.size(); ++k) {
    if (seen[k] == kHeld) use.held.push_back(static_cast<std::uint16_t>(k));
    if (seen[k] == kWritten) use.written.push_back(static_cast<std::uint16_t>(k));
  }
  return use;
}

}  // namespace tegmenta::compiled
