// How functions are declared that must not become functions of their own: see docs/kernels.md.
#pragma once

#define TEGMENTA_INLINE inline __attribute__((always_inline))
