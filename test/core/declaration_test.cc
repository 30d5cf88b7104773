// The order in which devices declare their parameters is the one in which they read them. Neurons
// read theirs by member: test/structure/mistakes.test.ts.
#include "models/declaration.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/errors.h"

namespace tegmenta {
namespace {

TEST_CASE("parameters out of their order are named") {
  std::vector<ParameterDeclaration> declared;
  for (const char* name : {"tau_m", "V_th", "V_reset"}) {
    declared.push_back(declare(Role::kParameter, name, "", 0, Range::finite(), ""));
  }
  CHECK_NOTHROW(require_order("iaf", "tau_m, V_th, V_reset", declared));
  CHECK_NOTHROW(require_order("iaf", "tau_m", declared));
  CHECK_NOTHROW(require_order("iaf", "", declared));
  CHECK_THROWS_WITH_AS(require_order("iaf", "tau_m, V_reset, V_th", declared),
                       "iaf declares V_th in the place of V_reset.", Error);
  CHECK_THROWS_WITH_AS(require_order("iaf", "tau_m, V_th, V_reset, E_L", declared),
                       "iaf declares nothing in the place of E_L.", Error);
}

}  // namespace
}  // namespace tegmenta
