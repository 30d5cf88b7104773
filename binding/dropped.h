// Memory of native objects whose JavaScript objects are garbage.
#pragma once

#include <napi.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>

namespace tegmenta::binding {

/// What holds native memory on behalf of a JavaScript object.
class Holder {
 public:
  /// The object has been collected.
  virtual bool is_dropped() = 0;
  /// Frees what nobody can ask for any more. Finalizers follow later.
  virtual void let_go(Napi::BasicEnv env) noexcept = 0;

 protected:
  ~Holder() = default;
};

/// All holders of an environment. Finalizers run when the event loop turns; what was collected
/// before is looked for whenever enough has been made since: a program that never lets the loop
/// turn holds no more memory than one that does.
class Holders {
 public:
  void add(Holder* holder) {
    holders_.insert(holder);
    ++made_;
  }
  void remove(Holder* holder) { holders_.erase(holder); }

  /// A holder has `bytes` more, which the collector has been told.
  void grown(Napi::BasicEnv env, std::int64_t bytes) {
    bytes_ += std::max<std::int64_t>(bytes, 0);
    if (bytes_ < kBytes && made_ < std::max(kHolders, 2 * kept_)) return;
    for (Holder* holder : holders_) {
      if (holder->is_dropped()) holder->let_go(env);
    }
    bytes_ = 0;
    made_ = 0;
    kept_ = holders_.size();
  }

 private:
  static constexpr std::int64_t kBytes = 8 << 20;
  static constexpr std::size_t kHolders = 1000;

  std::set<Holder*> holders_;
  std::int64_t bytes_ = 0;  // since they were looked through last
  std::size_t made_ = 0;
  std::size_t kept_ = 0;
};

}  // namespace tegmenta::binding
