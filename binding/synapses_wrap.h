// NativeSynapses of lib/native.ts: a list of synapses of one kernel.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>

#include "dropped.h"
#include "simulator.h"

namespace tegmenta::binding {

class SynapsesWrap : public Napi::ObjectWrap<SynapsesWrap>, public Holder {
 public:
  static constexpr napi_type_tag kTypeTag{0x8d0c1f6b2a9e4c57, 0xa3f5d1e07b684219};

  static Napi::Function define(Napi::Env env);
  /// The only way to get one that can be used; `new` from JavaScript makes an empty one.
  static Napi::Object make(Napi::Env env, std::shared_ptr<Simulator> simulator, SynapseList list);

  /// The list that a value holds; null for anything that is no such object.
  static const SynapseList* list_of(Napi::Value value);

  explicit SynapsesWrap(const Napi::CallbackInfo& info);
  ~SynapsesWrap() override;
  void Finalize(Napi::BasicEnv env) override;
  bool is_dropped() override;
  void let_go(Napi::BasicEnv env) noexcept override;

 private:
  Napi::Value length(const Napi::CallbackInfo& info);
  Napi::Value get(const Napi::CallbackInfo& info);
  Napi::Value check(const Napi::CallbackInfo& info);
  Napi::Value keys(const Napi::CallbackInfo& info);
  Napi::Value set(const Napi::CallbackInfo& info);
  Napi::Value pick(const Napi::CallbackInfo& info);
  Napi::Value slice(const Napi::CallbackInfo& info);
  Simulator& simulator() const;

  std::shared_ptr<Holders> holders_;  // outlives the data of the environment
  /// Keeps the network alive, even where the kernel's own wrapper has been collected.
  std::shared_ptr<Simulator> simulator_;
  SynapseList list_;
  std::int64_t accounted_ = 0;  // bytes told to the garbage collector
};

}  // namespace tegmenta::binding
