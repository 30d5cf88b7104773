#include "compiled/workspace.h"

#include <algorithm>

namespace tegmenta::compiled {

void MemoryNeeds::include(const MemoryNeeds& other) {
  rows = std::max(rows, other.rows);
  pointers = std::max(pointers, other.pointers);
  systems = std::max(systems, other.systems);
  matrices = std::max(matrices, other.matrices);
}

void Workspace::reserve(const MemoryNeeds& needs) {
  const auto grow = [&](auto& list, std::size_t n) {
    if (list.size() >= n) return;
    laid_out_ = kNone;  // what is there may move
    list.resize(n, {});
  };
  // Numbers that no neuron has: what padding lanes hold goes through programs, too.
  grow(rows_, needs.rows * kTileLanes);
  grow(matrices_, needs.matrices);
  grow(pointers_, needs.pointers);
  grow(systems_, needs.systems);
}

std::size_t Workspace::bytes() const {
  return (rows_.capacity() + matrices_.capacity()) * sizeof(double) +
         pointers_.capacity() * sizeof(double*) + systems_.capacity() * sizeof(SystemMemory);
}

}  // namespace tegmenta::compiled
