#pragma once

namespace tegmenta {

/// e^x to half an ulp (but for cases too close to call), at many times the cost of
/// elementary::exp: for constants that users compare with numbers they know.
double nearest_exp(double x);

}  // namespace tegmenta
