// Prepare, Run and Cleanup of a network.
#include <chrono>
#include <exception>

#include "base/errors.h"
#include "engine/engine.h"

namespace tegmenta {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

void Network::check_prepare() const {
  if (broken_) {
    throw Error(ErrorKind::kKernelException,
                "An earlier simulation failed and left the network inconsistent; call "
                "ResetKernel.");
  }
  if (prepared_) {
    throw Error(ErrorKind::kKernelException, "Prepare was called twice; call Cleanup first.");
  }
}

void Network::prepare(Watch& watch) {
  check_prepare();
  if (!engine_) engine_ = std::make_unique<Engine>(*this);
  engine_->prepare(watch);
  prepared_ = true;
}

void Network::cleanup() {
  if (!prepared_) {
    throw Error(ErrorKind::kKernelException, "Cleanup was called without Prepare.");
  }
  prepared_ = false;
}

void Network::check_run(double ms, bool prepared) const {
  if (broken_) {
    throw Error(ErrorKind::kKernelException,
                "An earlier simulation failed and left the network inconsistent; call "
                "ResetKernel.");
  }
  const auto bad = [&](const std::string& allowed) {
    return Error(ErrorKind::kBadParameter,
                 "The time to simulate must be " + allowed + ", got " + format_number(ms) + ".",
                 {{"parameter", std::string("time")}, {"value", ms}, {"allowed", allowed}});
  };
  if (!(ms >= 0)) throw bad("≥ 0 ms");
  const double longest = grid_.ms_from_steps(grid_.max_step());
  if (ms > longest) throw bad("finite and ≤ T_max (" + format_number(longest) + " ms)");
  const auto steps = grid_.steps_from_ms_exact(ms);
  if (!steps) {
    throw bad("a multiple of the resolution (" + format_number(grid_.resolution_ms()) + " ms)");
  }
  if (now_ + *steps > grid_.max_step()) {
    throw Error(ErrorKind::kKernelException, "The clock would overflow; call ResetKernel.");
  }
  if (prepared && !prepared_) {
    throw Error(ErrorKind::kKernelException, "Run was called without Prepare.");
  }
  if (!prepared && prepared_) {
    throw Error(ErrorKind::kKernelException,
                "Simulate was called between Prepare and Cleanup; use Run.");
  }
}

void Network::throw_out_of_memory(const std::exception_ptr& problem) const {
  const double reached = grid_.ms_from_steps(now_);
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

Watch::Report Network::preparing(const ProgressCallback& progress) const {
  if (!progress) return {};
  return [&progress, now = grid_.nearest_ms_from_steps(now_)](double fraction) {
    progress({Phase::kPrepare, fraction, now});
  };
}

RunReport Network::run(double ms, const ProgressCallback& progress,
                       const std::atomic<bool>& cancel) {
  const auto start = std::chrono::steady_clock::now();
  const bool whole = !prepared_;
  const std::int64_t steps = *grid_.steps_from_ms_exact(ms);
  RunReport report;
  std::exception_ptr no_room;
  Watch watch(cancel, preparing(progress));
  try {
    if (whole) {
      prepare(watch);
    } else {
      engine_->prepare(watch);
    }
  } catch (const Cancelled&) {
    report.cancelled = true;
    report.wall_time_s = seconds_since(start);
    return report;
  }
  try {
    engine_->ready(steps);
  } catch (...) {
    if (whole) cleanup();
    throw;
  }
  try {
    no_room = engine_->advance(steps, progress, cancel, report);
  } catch (...) {
    broken_ = true;
    prepared_ = false;
    measure();
    throw;
  }
  if (whole) cleanup();
  measure();
  if (no_room) throw_out_of_memory(no_room);
  report.wall_time_s = seconds_since(start);
  return report;
}

}  // namespace tegmenta
