#include "js_memory.h"

#include <algorithm>
#include <new>

#include "addon_data.h"

namespace tegmenta::binding {

/// By a function of lib/: where memory is short, JavaScript's constructors throw, while those of
/// Node-API end the process.
void* JsMemory::allocate(std::size_t bytes) {
  buffers_.reserve(buffers_.size() + 1);
  try {
    const Napi::FunctionReference& allocate = AddonData::of(env_).allocate;
    const Napi::Value buffer =
        allocate.IsEmpty() ? Napi::ArrayBuffer::New(env_, bytes)
                           : allocate.Call(env_.Undefined(),
                                           {Napi::Number::New(env_, static_cast<double>(bytes))});
    void* const memory = buffer.As<Napi::ArrayBuffer>().Data();
    buffers_.emplace_back(memory, buffer);
    return memory;
  } catch (const Napi::Error&) {
    throw std::bad_alloc();
  }
}

napi_value JsMemory::buffer_of(const void* memory) const {
  return std::find_if(buffers_.begin(), buffers_.end(),
                      [&](const auto& known) { return known.first == memory; })
      ->second;
}

}  // namespace tegmenta::binding
