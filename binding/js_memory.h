// Columns of the core in the memory of JavaScript's own arrays.
#pragma once

#include <napi.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "simulator.h"

namespace tegmenta::binding {

/// Makes an ArrayBuffer for every column. Such buffers are freed by the collector like any garbage
/// of JavaScript's; the memory of external ones would be freed only when the event loop turns.
/// Lives within one call from JavaScript, and lends to the columns made there.
class JsMemory final : public ColumnMemory {
 public:
  explicit JsMemory(Napi::Env env) : env_(env), loan_(*this) {}

  void* allocate(std::size_t bytes) override;
  void release(void*) noexcept override {}  // the collector's business

  /// The ArrayBuffer of what allocate gave.
  napi_value buffer_of(const void* memory) const;

 private:
  Napi::Env env_;
  std::vector<std::pair<const void*, napi_value>> buffers_;
  Loan loan_;
};

}  // namespace tegmenta::binding
