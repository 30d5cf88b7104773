// Compiled models, one neuron at a time, by plain code: what the interpreters are held against.
#pragma once

#include <cstdint>
#include <vector>

#include "compiled/code.h"
#include "simd/neuron_block.h"

namespace tegmenta::testing {

/// What a neuron is given in a step.
struct PlainStep {
  std::vector<double> rows, currents;
  std::uint32_t seed, node;
  std::int64_t step;
  double resolution_ms;
};

class PlainEvaluator {
 public:
  explicit PlainEvaluator(const compiled::Code& code) : code_(code) {}

  /// Results of a program of numbers.
  std::vector<double> run(const compiled::Program& program, const std::vector<double>& given);

  /// Advances the states by a step. Returns the spikes.
  double step(const std::vector<double>& coefficients, std::vector<double>& states,
              const PlainStep& in);

  /// Of the last call; lanes and steps are 0.
  const NeuronFailure& failure() const { return failure_; }

 private:
  void execute(const compiled::Program& program, int first, int last);
  double value_of(const compiled::Instruction& i) const;
  void draw(const compiled::Instruction& i);
  void matrix(const compiled::Instruction& i);
  void integrate(const compiled::System& system);
  std::vector<double> slopes(const compiled::System& system, const std::vector<double>& y,
                             double time);
  void note(NeuronFailure::Kind kind, int text = 0);

  const compiled::Code& code_;
  std::vector<double> operands_;
  NeuronFailure failure_;
  const PlainStep* in_ = nullptr;
  int first_state_ = 0;
};

}  // namespace tegmenta::testing
