#include "synapses_wrap.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "addon_data.h"
#include "values.h"

namespace tegmenta::binding {

Napi::Function SynapsesWrap::define(Napi::Env env) {
  static const Entry<SynapsesWrap> kEntries[] = {
      {"length", &SynapsesWrap::length, true}, {"get", &SynapsesWrap::get},
      {"keys", &SynapsesWrap::keys},           {"set", &SynapsesWrap::set},
      {"pick", &SynapsesWrap::pick},           {"slice", &SynapsesWrap::slice},
      {"check", &SynapsesWrap::check},         {"disconnect", &SynapsesWrap::disconnect},
  };
  return define_class(env, "NativeSynapses", kEntries);
}

Napi::Object SynapsesWrap::make(Napi::Env env, std::shared_ptr<Simulator> simulator,
                                SynapseList list) {
  const Napi::Object object = AddonData::of(env).synapses.New({});
  SynapsesWrap* wrap = unwrap(object);
  wrap->simulator_ = std::move(simulator);
  wrap->list_ = std::move(list);
  const std::size_t bytes = wrap->list_.positions.capacity() * sizeof(std::uint64_t);
  wrap->account(env, static_cast<std::int64_t>(bytes));
  return object;
}

const SynapseList* SynapsesWrap::list_of(Napi::Value value) {
  if (!value.IsObject() || !value.As<Napi::Object>().CheckTypeTag(&kTypeTag)) return nullptr;
  return &unwrap(value.As<Napi::Object>())->list_;
}

void SynapsesWrap::free_memory() noexcept {
  simulator_.reset();
  list_ = {};
}

Simulator& SynapsesWrap::simulator() const {
  if (!simulator_) throw Napi::TypeError::New(env(), "Illegal constructor");
  return *simulator_;
}

Napi::Value SynapsesWrap::length(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(list_.positions.size()));
}

Napi::Value SynapsesWrap::get(const Napi::CallbackInfo& info) {
  return result_to_js(info.Env(), simulator().get_synapses(list_, to_text(info[0], "key")));
}

Napi::Value SynapsesWrap::check(const Napi::CallbackInfo& info) {
  simulator().check_synapses(list_);
  return info.Env().Undefined();
}

Napi::Value SynapsesWrap::keys(const Napi::CallbackInfo& info) {
  return strings_to_js(info.Env(), simulator().synapse_keys(list_));
}

Napi::Value SynapsesWrap::set(const Napi::CallbackInfo& info) {
  const std::size_t length = list_.positions.size();
  simulator().set_synapses_by_group(list_, to_groups(info[0], "values", length));
  return info.Env().Undefined();
}

Napi::Value SynapsesWrap::disconnect(const Napi::CallbackInfo& info) {
  simulator().disconnect(list_);
  return info.Env().Undefined();
}

Napi::Value SynapsesWrap::pick(const Napi::CallbackInfo& info) {
  simulator();
  const std::vector<std::uint32_t> indices = to_u32(info[0], "indices");
  SynapseList picked{{}, list_.generation};
  picked.positions.reserve(indices.size());
  for (const std::uint32_t index : indices) {
    if (index >= list_.positions.size()) {
      throw Error(ErrorKind::kIndexError,
                  "Index " + std::to_string(index) + " is out of range for " +
                      std::to_string(list_.positions.size()) + " synapses.",
                  {{"index", static_cast<double>(index)},
                   {"length", static_cast<double>(list_.positions.size())}});
    }
    picked.positions.push_back(list_.positions[index]);
  }
  return make(info.Env(), simulator_, std::move(picked));
}

/// Positions from, from + step, … below `to`; `to` may lie beyond the end. lib/ turns everything
/// that users may write (negative numbers, gaps) into this form.
Napi::Value SynapsesWrap::slice(const Napi::CallbackInfo& info) {
  simulator();
  const std::uint64_t from = to_count(info[0], "from");
  const std::uint64_t to = std::min<std::uint64_t>(to_count(info[1], "to"), list_.positions.size());
  const std::uint64_t step = to_count(info[2], "step");
  if (step == 0) throw bad_value(ErrorKind::kBadParameterValue, "", "step", 0.0, "an integer ≥ 1");
  SynapseList taken{{}, list_.generation};
  if (from < to) taken.positions.reserve((to - from - 1) / step + 1);
  for (std::uint64_t i = from; i < to; i += step) taken.positions.push_back(list_.positions[i]);
  return make(info.Env(), simulator_, std::move(taken));
}

}  // namespace tegmenta::binding
