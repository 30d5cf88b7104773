// Memory in which programs of compiled models run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/aligned.h"
#include "compiled/tables.h"

namespace tegmenta::compiled {

/// What running a model takes.
struct MemoryNeeds {
  std::size_t rows = 0, pointers = 0, systems = 0;
  std::size_t matrices = 0;  // doubles

  /// What is enough for either.
  void include(const MemoryNeeds& other);
};

/// Memory in which one thread at a time runs programs, of any models.
class Workspace {
 public:
  /// Takes the memory that a model needs, if it is not there yet: running takes none then.
  template <typename Model>
  void prepare(const Model& model) {
    reserve(model.needs());
  }
  void reserve(const MemoryNeeds& needs);

  std::size_t bytes() const;

  // For what runs programs.

  double* rows() { return rows_.data(); }
  double** pointers() { return pointers_.data(); }
  double* matrices() { return matrices_.data(); }
  SystemMemory* systems() { return systems_.data(); }
  StepMemory& step() { return step_; }
  /// Whether all that is the same in each step of a model lies where step() says.
  bool is_laid_out(std::uint64_t model) const { return laid_out_ == model; }
  void lay_out(std::uint64_t model) { laid_out_ = model; }
  static constexpr std::uint64_t kNone = 0;

 private:
  AlignedVector<double> rows_, matrices_;
  std::vector<double*> pointers_;
  std::vector<SystemMemory> systems_;
  StepMemory step_{};
  std::uint64_t laid_out_ = kNone;
};

}  // namespace tegmenta::compiled
