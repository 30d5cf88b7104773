#include "network/projection.h"

#include "network/parameter.h"

namespace tegmenta {

double Projection::value(const Quantity& q, const GeneratedSynapse& s) const {
  if (q.array) return (*q.array)[array_index(s)];
  if (q.parameter) {
    RandomStream stream(pattern.seed, Purpose::kParameter, pattern.call, s.major, s.minor,
                        q.ordinal);
    return q.parameter->evaluate(stream);
  }
  return q.scalar;
}

}  // namespace tegmenta
