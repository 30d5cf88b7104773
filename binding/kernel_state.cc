// Saving, loading and resetting the state of a kernel.
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kernel_wrap.h"
#include "values.h"

namespace tegmenta::binding {

namespace {

/// From here on memory is handed over instead of copied, which would hold up the event loop.
constexpr std::size_t kMuch = std::size_t{1} << 20;

std::span<const std::uint8_t> to_bytes(Napi::Value value, const std::string& name) {
  if (!value.IsTypedArray()) {
    throw Error(ErrorKind::kTypeMismatch, name + " must be a Uint8Array.",
                {{"parameter", name}, {"expected", std::string("a Uint8Array")}});
  }
  const auto array = value.As<Napi::Uint8Array>();
  return {array.Data(), array.ByteLength()};
}

/// NativeExtras of lib/native.ts.
StateExtras to_extras(Napi::Value value) {
  StateExtras extras;
  const Napi::Object given = value.As<Napi::Object>();
  extras.about = to_text(given.Get("about"), "about");
  const auto collections = given.Get("collections").As<Napi::Array>();
  for (std::uint32_t i = 0; i < collections.Length(); ++i) {
    const auto named = collections.Get(i).As<Napi::Object>();
    extras.collections.push_back(
        {to_text(named.Get("name"), "collections"), to_u32(named.Get("ids"), "collections")});
  }
  const auto user = to_bytes(given.Get("user"), "user");
  extras.user.assign(user.begin(), user.end());
  return extras;
}

Napi::Value bytes_to_js(Napi::Env env, StateBytes&& bytes) {
  if (bytes.size >= kMuch) {
    napi_value made = nullptr;
    const auto free_bytes = [](napi_env, void* data, void*) {
      delete[] static_cast<std::uint8_t*>(data);
    };
    if (napi_create_external_arraybuffer(env, bytes.data.get(), bytes.size, free_bytes, nullptr,
                                         &made) == napi_ok) {
      bytes.data.release();
      return Napi::Value(env, made);
    }
  }
  Napi::ArrayBuffer buffer = Napi::ArrayBuffer::New(env, bytes.size);
  if (bytes.size > 0) std::memcpy(buffer.Data(), bytes.data.get(), bytes.size);
  return buffer;
}

Napi::Object extras_to_js(Napi::Env env, const StateExtras& extras,
                          const std::vector<NodeRange>& ranges) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("about", extras.about);
  Napi::Array collections = Napi::Array::New(env);
  for (const NamedNodes& nodes : extras.collections) {
    Napi::Object named = u32_to_js(env, column_of(nodes.ids));
    named.Set("name", nodes.name);
    collections.Set(collections.Length(), named);
  }
  object.Set("collections", collections);
  Napi::ArrayBuffer user = Napi::ArrayBuffer::New(env, extras.user.size());
  if (!extras.user.empty()) std::memcpy(user.Data(), extras.user.data(), extras.user.size());
  object.Set("user", user);
  Napi::Array list = Napi::Array::New(env);
  for (const NodeRange& range : ranges) {
    Napi::Object each = Napi::Object::New(env);
    each.Set("first", range.first);
    each.Set("last", range.last);
    each.Set("model", range.model);
    list.Set(list.Length(), each);
  }
  object.Set("ranges", list);
  return object;
}

std::optional<double> to_threads(Napi::Value value) {
  if (value.IsUndefined()) return std::nullopt;
  return to_number(value, "local_num_threads");
}

/// Where a state is written to: a file, or, where none is given, memory.
std::optional<std::string> to_path(Napi::Value value) {
  if (value.IsUndefined()) return std::nullopt;
  return to_text(value, "path");
}

/// A state that was written; none of both: cancelled, or written to a file.
struct Written {
  std::optional<std::string> path;
  std::optional<StateBytes> bytes;
  bool whole = false;
};

void write(Simulator& simulator, Written& written, const ProgressCallback& progress = {}) {
  if (written.path) {
    written.whole = simulator.finish_save(*written.path, progress);
  } else {
    written.bytes = simulator.finish_save(progress);
    written.whole = written.bytes.has_value();
  }
}

Napi::Value written_to_js(Napi::Env env, Written& written) {
  if (!written.bytes) return Napi::Boolean::New(env, written.whole);
  return bytes_to_js(env, std::move(*written.bytes));
}

}  // namespace

Napi::Value KernelWrap::save_state(const Napi::CallbackInfo& info) {
  Written written{to_path(info[0]), {}};
  simulator_->begin_save(to_extras(info[1]));
  write(*simulator_, written);
  account(info.Env());
  return written_to_js(info.Env(), written);
}

Napi::Value KernelWrap::save_state_async(const Napi::CallbackInfo& info) {
  return start(info.Env(), info[2], [&] {
    auto written = std::make_shared<Written>(Written{to_path(info[0]), {}});
    auto extras = std::make_shared<StateExtras>(to_extras(info[1]));
    const auto simulator = simulator_;
    return RunTask::Job{[simulator, extras] { simulator->begin_save(std::move(*extras)); },
                        [simulator, written](const ProgressCallback& progress) {
                          write(*simulator, *written, progress);
                        },
                        [written](Napi::Env env) { return written_to_js(env, *written); }};
  });
}

Napi::Value KernelWrap::load_state(const Napi::CallbackInfo& info) {
  const bool is_path = info[0].IsString();
  const std::string path = is_path ? to_text(info[0], "path") : "";
  const auto bytes = is_path ? std::span<const std::uint8_t>() : to_bytes(info[0], "bytes");
  simulator_->begin_load(to_threads(info[1]));
  is_path ? simulator_->finish_load(path) : simulator_->finish_load(bytes);
  const StateExtras extras = simulator_->take_loaded();
  account(info.Env());
  return extras_to_js(info.Env(), extras, simulator_->node_ranges());
}

// Bytes stay alive and unchanged meanwhile: lib/ has made them, and keeps them.
Napi::Value KernelWrap::load_state_async(const Napi::CallbackInfo& info) {
  return start(info.Env(), info[2], [&] {
    const bool is_path = info[0].IsString();
    const auto path = std::make_shared<std::string>(is_path ? to_text(info[0], "path") : "");
    const auto bytes = is_path ? std::span<const std::uint8_t>() : to_bytes(info[0], "bytes");
    const auto threads = to_threads(info[1]);
    const auto loaded = std::make_shared<bool>(false);
    const auto simulator = simulator_;
    return RunTask::Job{
        [simulator, threads] { simulator->begin_load(threads); },
        [simulator, path, bytes, is_path, loaded](const ProgressCallback& progress) {
          *loaded = is_path ? simulator->finish_load(*path, progress)
                            : simulator->finish_load(bytes, progress);
        },
        [simulator, loaded](Napi::Env env) -> Napi::Value {
          if (!*loaded) return env.Null();
          const StateExtras extras = simulator->take_loaded();
          return extras_to_js(env, extras, simulator->node_ranges());
        }};
  });
}

Napi::Value KernelWrap::reset_state(const Napi::CallbackInfo& info) {
  std::optional<double> seed;
  if (!info[1].IsUndefined()) seed = to_number(info[1], "seed");
  simulator_->reset_state(to_texts(info[0], "keep"), seed);
  account(info.Env());
  return info.Env().Undefined();
}

}  // namespace tegmenta::binding
