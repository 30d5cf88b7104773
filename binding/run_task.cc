#include "run_task.h"

#include <cstdint>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

#include "addon_data.h"

namespace tegmenta::binding {

Napi::Array report_to_js(Napi::Env env, const RunReport& report) {
  const auto number = [&](auto x) { return Napi::Number::New(env, static_cast<double>(x)); };
  // In the order of NativeReport in lib/native.ts.
  const Napi::Value values[] = {number(report.steps),
                                number(report.biological_time_ms),
                                number(report.wall_time_s),
                                number(report.spikes),
                                number(report.synaptic_events),
                                number(report.guarded_events),
                                Napi::Boolean::New(env, report.cancelled)};
  Napi::Array list = Napi::Array::New(env, std::size(values));
  std::uint32_t at = 0;
  for (const Napi::Value& value : values) list.Set(at++, value);
  return list;
}

RunTask::RunTask(std::shared_ptr<Simulator> simulator, const Request& request)
    : simulator_(std::move(simulator)),
      job_(request.job),
      deferred_(request.deferred),
      finished_(request.finished),
      wants_progress_(request.on_progress.IsFunction()) {}

void RunTask::start(Napi::Env env, std::shared_ptr<Simulator> simulator, Request request) {
  std::unique_ptr<RunTask> owner(new RunTask(std::move(simulator), request));
  RunTask* task = owner.get();
  const Napi::Function callback = task->wants_progress_
                                      ? request.on_progress.As<Napi::Function>()
                                      : Napi::Function::New(env, [](const Napi::CallbackInfo&) {});
  task->tsfn_ = Tsfn::New(
      env, callback, "tegmenta:run", 0, 1, task,
      [](Napi::Env finalizing, void*, RunTask* ended) {
        ended->line_->join();
        if (ended->callback_error_) napi_delete_reference(finalizing, ended->callback_error_);
        delete ended;
      },
      static_cast<void*>(nullptr));
  owner.release();  // from here on the finalizer deletes it
  try {
    task->hook_ = env.AddCleanupHook(&RunTask::env_cleanup, task);
    task->job_.begin();
  } catch (...) {
    task->abandon(env);
    throw;
  }
  try {
    task->simulator_->await_turn([task](bool granted) { task->on_turn(granted); });
  } catch (...) {
    task->simulator_->give_up_turn();
    task->abandon(env);
    throw;
  }
}

/// On any thread. The task may be gone as soon as the line is open.
void RunTask::on_turn(bool granted) {
  const std::shared_ptr<Line> line = line_;
  const std::lock_guard lock(line->mutex);
  if (!granted || !begin_thread()) tell_end();
  line->decided = true;
  line->changed.notify_all();
}

bool RunTask::begin_thread() {
  if (ActiveRun::process_exits()) return true;  // nobody waits for it
  try {
    active_.emplace(simulator_);
    line_->thread = std::thread([this] {
      lower_thread_priority();
      work();
    });
    return true;
  } catch (const std::system_error& e) {
    problem_ = std::make_exception_ptr(
        Error(ErrorKind::kKernelException,
              std::string("The system has refused the thread that the call works on (") + e.what() +
                  "); nothing has changed. Raise the limit of threads or memory, or take the "
                  "call that works on this thread (SimulateSync, RunSync, Prepare, "
                  "GetConnections)."));
  } catch (...) {
    problem_ = std::current_exception();
  }
  active_.reset();
  simulator_->give_up_turn();
  return false;
}

void RunTask::Line::join() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return decided; });
  if (thread.joinable()) thread.join();
}

/// Takes back a start that failed.
void RunTask::abandon(Napi::Env env) {
  line_->decided = true;
  if (!hook_.IsEmpty()) hook_.Remove(env);
  tsfn_.Release();
}

/// Runs on the JS thread while the environment is being torn down.
void RunTask::env_cleanup(RunTask* task) {
  task->simulator_->cancel();
  task->line_->join();
}

/// Runs on the task's own thread: no Node-API call but those of the thread-safe function.
void RunTask::work() {
  do_job();
  active_.reset();
}

void RunTask::do_job() {
  if (ActiveRun::process_exits()) return;
  try {
    ProgressCallback progress;
    if (wants_progress_) {
      progress = [this](const Progress& reached) { report_progress(reached); };
    }
    job_.work(progress);
  } catch (...) {
    problem_ = std::current_exception();
  }
  if (!ActiveRun::process_exits()) tell_end();
}

void RunTask::tell_end() {
  done_.store(true, std::memory_order_release);
  if (tsfn_.BlockingCall() == napi_ok) tsfn_.Release();
}

/// At most one call waits for the JS thread; it delivers the newest value.
void RunTask::report_progress(const Progress& progress) {
  {
    const std::lock_guard lock(latest_mutex_);
    latest_ = progress;
  }
  if (queued_.exchange(true, std::memory_order_acq_rel)) return;
  if (tsfn_.NonBlockingCall() != napi_ok) queued_.store(false, std::memory_order_relaxed);
}

void RunTask::call_js(Napi::Env env, Napi::Function callback, RunTask* task, std::nullptr_t*) {
  if (env == nullptr) return;  // draining during teardown
  task->deliver(env, callback);
}

void RunTask::deliver(Napi::Env env, Napi::Function callback) {
  const bool done = done_.load(std::memory_order_acquire);
  if (wants_progress_ && queued_.exchange(false, std::memory_order_acq_rel) && !callback_error_) {
    deliver_progress(env, callback);
  }
  if (done && !settled_) settle(env);
}

/// Raw Node-API calls on purpose: while a worker is being terminated every call into JavaScript
/// fails, and node-addon-api would turn that into a fatal error. Otherwise a failing call means
/// that the callback threw: that stops the run and becomes its result.
void RunTask::deliver_progress(Napi::Env env, Napi::Function callback) {
  Progress latest;
  {
    const std::lock_guard lock(latest_mutex_);
    latest = latest_;
  }
  napi_value receiver = nullptr;
  napi_value arguments[3] = {};
  napi_get_undefined(env, &receiver);
  napi_get_boolean(env, latest.phase == Phase::kPrepare, &arguments[0]);
  napi_create_double(env, latest.fraction, &arguments[1]);
  napi_create_double(env, latest.biological_time_ms, &arguments[2]);
  if (napi_call_function(env, receiver, callback, 3, arguments, nullptr) == napi_ok) return;
  simulator_->cancel();
  napi_value thrown = nullptr;
  napi_valuetype type = napi_undefined;
  if (napi_get_and_clear_last_exception(env, &thrown) == napi_ok &&
      napi_typeof(env, thrown, &type) == napi_ok && type == napi_object) {
    napi_create_reference(env, thrown, 1, &callback_error_);
  }
}

/// Failures in here mean that the environment is terminating, and nobody is left to tell.
void RunTask::settle(Napi::Env env) {
  settled_ = true;
  hook_.Remove(env);
  try {
    if (finished_) finished_();
    napi_value thrown = nullptr;
    if (callback_error_) napi_get_reference_value(env, callback_error_, &thrown);
    if (problem_) {
      napi_reject_deferred(env, deferred_, to_js_error(env, problem_).Value());
    } else if (thrown) {
      napi_reject_deferred(env, deferred_, thrown);
    } else {
      try {
        napi_resolve_deferred(env, deferred_, job_.result(env));
      } catch (...) {
        napi_reject_deferred(env, deferred_, to_js_error(env, std::current_exception()).Value());
      }
    }
  } catch (const Napi::Error&) {
  }
}

}  // namespace tegmenta::binding
