// NativeSynapses of lib/native.ts: a list of synapses of one kernel.
#pragma once

#include <napi.h>

#include <memory>

#include "simulator.h"
#include "wrapped.h"

namespace tegmenta::binding {

class SynapsesWrap final : public Wrapped<SynapsesWrap> {
 public:
  static constexpr napi_type_tag kTypeTag{0x8d0c1f6b2a9e4c57, 0xa3f5d1e07b684219};

  static Napi::Function define(Napi::Env env);
  /// The only way to get one that can be used; `new` from JavaScript makes an empty one.
  static Napi::Object make(Napi::Env env, std::shared_ptr<Simulator> simulator, SynapseList list);

  /// The list that a value holds; null for anything that is no such object.
  static const SynapseList* list_of(Napi::Value value);

  explicit SynapsesWrap(Napi::Env env) : Wrapped(env) {}
  void free_memory() noexcept;

 private:
  Napi::Value length(const Napi::CallbackInfo& info);
  Napi::Value get(const Napi::CallbackInfo& info);
  Napi::Value check(const Napi::CallbackInfo& info);
  Napi::Value keys(const Napi::CallbackInfo& info);
  Napi::Value set(const Napi::CallbackInfo& info);
  Napi::Value disconnect(const Napi::CallbackInfo& info);
  Napi::Value pick(const Napi::CallbackInfo& info);
  Napi::Value slice(const Napi::CallbackInfo& info);
  Simulator& simulator() const;

  /// Keeps the network alive, even where the kernel's own wrapper has been collected.
  std::shared_ptr<Simulator> simulator_;
  SynapseList list_;
};

}  // namespace tegmenta::binding
