// The interpreter of compiled models, written once and compiled once per instruction-set level by
// the rules of simd/kernels.cc.
#include "compiled/operation_lanes.h"
#include "compiled/step_lanes.h"
#include "compiled/tables.h"

#ifndef TEGMENTA_ISA
#error "TEGMENTA_ISA must be set by the build"
#endif

#define TEGMENTA_TEXT_OF(x) #x
#define TEGMENTA_TEXT(x) TEGMENTA_TEXT_OF(x)

namespace tegmenta::compiled::TEGMENTA_ISA {

extern const Interpreter table;
const Interpreter table = {
    .level = TEGMENTA_TEXT(TEGMENTA_ISA), .run = &run_program, .advance = &advance_block};

}  // namespace tegmenta::compiled::TEGMENTA_ISA
