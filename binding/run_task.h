// One long job of a kernel on a thread of its own, so that it never occupies the four libuv pool
// threads that fs, dns and zlib share.
#pragma once

#include <napi.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "active_runs.h"
#include "simulator.h"

namespace tegmenta::binding {

Napi::Array report_to_js(Napi::Env env, const RunReport& report);

/// Lifetime: made on the JS thread by start(); the thread-safe function's finalizer (JS thread)
/// joins the thread and deletes it. The thread is begun when the job has its turn among all of the
/// process, by whoever gives it that. When the environment goes away first, the cleanup hook
/// cancels and joins. Cleanup hooks run in reverse order, and ours is added after the thread-safe
/// function's own, so the thread is gone before Node destroys the thread-safe function.
class RunTask {
 public:
  struct Job {
    /// Announces the job to the core. Throws what is wrong with it.
    std::function<void()> begin;
    /// On the task's thread. Hears Simulator::cancel.
    std::function<void(const ProgressCallback&)> work;
    /// What the promise resolves to; where `work` was never called, too: cancelled.
    std::function<Napi::Value(Napi::Env)> result;
  };
  struct Request {
    Job job;
    Napi::Value on_progress;  // a function, or anything else for none
    napi_deferred deferred;
    /// Runs on the JS thread once, before the promise settles; not at all when the environment
    /// goes away first.
    std::function<void()> finished;
  };

  /// Announces the job to the core, which begins it in turn. Throws what the job's begin throws;
  /// then nothing has happened. Where no thread can be had the promise is rejected.
  static void start(Napi::Env env, std::shared_ptr<Simulator> simulator, Request request);

 private:
  static void call_js(Napi::Env env, Napi::Function callback, RunTask* task, std::nullptr_t*);
  using Tsfn = Napi::TypedThreadSafeFunction<RunTask, std::nullptr_t, &RunTask::call_js>;

  RunTask(std::shared_ptr<Simulator> simulator, const Request& request);

  /// The thread, which may be begun on another one than it is joined on.
  struct Line {
    std::mutex mutex;
    std::condition_variable changed;
    bool decided = false;  // whether there is a thread
    std::thread thread;

    void join();
  };

  void on_turn(bool granted);
  bool begin_thread();
  void abandon(Napi::Env env);
  void work();
  void do_job();
  void tell_end();
  void report_progress(const Progress& progress);
  void deliver(Napi::Env env, Napi::Function callback);
  void deliver_progress(Napi::Env env, Napi::Function callback);
  void settle(Napi::Env env);
  static void env_cleanup(RunTask* task);

  std::shared_ptr<Simulator> simulator_;
  Job job_;
  napi_deferred deferred_;
  std::function<void()> finished_;
  const bool wants_progress_;
  bool settled_ = false;               // JS thread only
  napi_ref callback_error_ = nullptr;  // what the progress callback threw; JS thread only
  Napi::Env::CleanupHook<void (*)(RunTask*), RunTask> hook_{};
  Tsfn tsfn_;
  std::optional<ActiveRun> active_;  // as long as the thread works
  const std::shared_ptr<Line> line_ = std::make_shared<Line>();

  std::mutex latest_mutex_;
  Progress latest_{};                // newest progress, read by the JS thread
  std::atomic<bool> queued_{false};  // a progress call is already on its way
  std::atomic<bool> done_{false};
  std::exception_ptr problem_;  // published by done_
};

}  // namespace tegmenta::binding
