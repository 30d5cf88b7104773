// The state of a network, saved and loaded: all that what happens next depends on, and what the
// recorders hold. Its format is described in docs/state-file.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/watch.h"
#include "kernel/kernel.h"
#include "kernel/state_extras.h"
#include "state/reader.h"
#include "state/writer.h"

namespace tegmenta {

/// A network that is being saved: it must not change meanwhile.
class SavedState {
 public:
  /// What is staged is laid out and made ready to go on, which changes nothing that can be seen.
  /// Throws Cancelled; KernelException where the network is not whole.
  SavedState(Kernel& kernel, const StateExtras& extras, Watch& watch);

  std::uint64_t bytes() const { return bytes_; }
  /// Throws Cancelled, and what the sink throws.
  void write(state::Sink& sink, Watch& watch) const;

 private:
  std::vector<state::Section> sections_;
  std::uint64_t bytes_;
};

struct LoadedState {
  std::unique_ptr<Kernel> kernel;
  StateExtras extras;
};

/// A new kernel in the state that was saved. threads: that many instead of those that it was saved
/// with, with the same results. Throws BadStateFile, OutOfMemory, Cancelled, and what the source
/// throws.
LoadedState load_state(state::Source& source, std::optional<int> threads, Watch& watch);

}  // namespace tegmenta
