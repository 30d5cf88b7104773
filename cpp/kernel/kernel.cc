#include "kernel/kernel.h"

#include <chrono>

#include "base/errors.h"
#include "kernel/layout.h"
#include "kernel/memory_used.h"
#include "kernel/reset_state.h"

namespace tegmenta {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

void Kernel::require_whole() const {
  if (!network.completion.broken) return;
  throw Error(ErrorKind::kKernelException,
              "An earlier simulation failed and left the network inconsistent; call "
              "ResetKernel.");
}

void Kernel::check_prepare() const {
  require_whole();
  if (network.prepared) {
    throw Error(ErrorKind::kKernelException, "Prepare was called twice; call Cleanup first.");
  }
}

void Kernel::prepare(Watch& watch) {
  check_prepare();
  bring_up_to_date(watch);
  network.prepared = true;
}

void Kernel::bring_up_to_date(Watch& watch) {
  WorkerTeam& workers =
      network.team();  // those that cannot be had are missed before anything changes
  Layout(network).lay_out(watch);
  for (auto& population : network.nodes.populations) population->calibrate(network.clock.grid);
  network.prepare_plasticity();
  engine_.prepare(workers, watch);
}

void Kernel::cleanup() {
  if (!network.prepared) {
    throw Error(ErrorKind::kKernelException, "Cleanup was called without Prepare.");
  }
  network.prepared = false;
}

void Kernel::check_run(double ms, bool prepared) const {
  require_whole();
  const auto bad = [&](const std::string& allowed) {
    return Error(ErrorKind::kBadParameter,
                 "The time to simulate must be " + allowed + ", got " + format_number(ms) + ".",
                 {{"parameter", std::string("time")}, {"value", ms}, {"allowed", allowed}});
  };
  if (!(ms >= 0)) throw bad("≥ 0 ms");
  const double longest = network.clock.grid.ms_from_steps(network.clock.grid.max_step());
  if (ms > longest) throw bad("finite and ≤ T_max (" + format_number(longest) + " ms)");
  const auto steps = network.clock.grid.steps_from_ms_exact(ms);
  if (!steps) {
    throw bad("a multiple of the resolution (" + format_number(network.clock.grid.resolution_ms()) +
              " ms)");
  }
  if (network.clock.now + *steps > network.clock.grid.max_step()) {
    throw Error(ErrorKind::kKernelException, "The clock would overflow; call ResetKernel.");
  }
  if (prepared && !network.prepared) {
    throw Error(ErrorKind::kKernelException, "Run was called without Prepare.");
  }
  if (!prepared && network.prepared) {
    throw Error(ErrorKind::kKernelException,
                "Simulate was called between Prepare and Cleanup; use Run.");
  }
}

void Kernel::throw_ended(const std::exception_ptr& problem) const {
  const double reached = network.clock.grid.nearest_ms_from_steps(network.clock.now);
  try {
    if (problem) std::rethrow_exception(problem);
  } catch (Error& e) {
    e.with("biological_time", reached);
    throw;
  } catch (const std::bad_alloc&) {
  }
  throw Error(ErrorKind::kOutOfMemory,
              "Memory ran out at " + format_number(reached) +
                  " ms. What was simulated until then is kept; the kernel can go on from there.",
              {{"biological_time", reached}});
}

Watch::Report Kernel::preparing(const ProgressCallback& progress) const {
  if (!progress) return {};
  return [&progress, now = network.clock.grid.nearest_ms_from_steps(network.clock.now)](
             double fraction) { progress({Phase::kPrepare, fraction, now}); };
}

RunReport Kernel::run(const RunRequest& request, const ProgressCallback& progress,
                      const std::atomic<bool>& cancel) {
  const auto start = std::chrono::steady_clock::now();
  const bool whole = !network.prepared;
  const std::int64_t steps = *network.clock.grid.steps_from_ms_exact(request.ms);
  RunReport report;
  std::exception_ptr ended_by;
  Watch watch(cancel, preparing(progress));
  try {
    if (whole) {
      prepare(watch);
    } else {
      bring_up_to_date(watch);
    }
  } catch (const Cancelled&) {
    report.cancelled = true;
    report.wall_time_s = seconds_since(start);
    return report;
  }
  try {
    if (steps > 0) {
      keep_initial_values(network);
      network.plasticity.end_histories();
    }
    engine_.ready(steps);
  } catch (...) {
    if (whole) cleanup();
    throw;
  }
  try {
    const RunLimits limits{request.guards,         start,         request.used.events,
                           request.used.wall_time, network.bytes, request.readers};
    ended_by = engine_.advance(steps, progress, cancel, limits, report);
  } catch (...) {
    network.completion.broken = true;
    network.prepared = false;
    measure(network);
    throw;
  }
  if (whole) cleanup();
  measure(network);
  if (ended_by) throw_ended(ended_by);
  report.wall_time_s = seconds_since(start);
  return report;
}

}  // namespace tegmenta
