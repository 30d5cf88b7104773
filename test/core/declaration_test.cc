// The order in which models declare their parameters is the one in which they read them.
#include "models/declaration.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/errors.h"
#include "models/neuron_registry.h"
#include "models/neurons/common.h"

namespace tegmenta {
namespace {

TEST_CASE("parameters out of their order are named") {
  const std::vector<ParameterDeclaration> declared = {common::tau_m(10), common::V_th(-55),
                                                      common::V_reset(-70)};
  CHECK_NOTHROW(require_order("iaf", "tau_m, V_th, V_reset", declared));
  CHECK_NOTHROW(require_order("iaf", "tau_m", declared));
  CHECK_NOTHROW(require_order("iaf", "", declared));
  CHECK_THROWS_WITH_AS(require_order("iaf", "tau_m, V_reset, V_th", declared),
                       "iaf declares V_th in the place of V_reset.", Error);
  CHECK_THROWS_WITH_AS(require_order("iaf", "tau_m, V_th, V_reset, E_L", declared),
                       "iaf declares nothing in the place of E_L.", Error);
}

TEST_CASE("a neuron model names every parameter that it reads by position") {
  for (const auto& model : make_neuron_models()) {
    CAPTURE(model->name());
    const std::string order = model->parameter_order();
    const auto own = model->parameters.size() - common::kArchiveParameters;
    const auto named = order.empty() ? 0 : 1 + std::count(order.begin(), order.end(), ',');
    CHECK(static_cast<std::size_t>(named) == own);
    const auto archived = [&](common::ArchiveParameter which) {
      return model->parameters[static_cast<std::size_t>(archive_index(*model, which))].name;
    };
    CHECK(archived(common::kTauMinus) == "tau_minus");
    CHECK(archived(common::kTauMinusTriplet) == "tau_minus_triplet");
    CHECK(archived(common::kTauCa) == "tau_Ca");
    CHECK(archived(common::kBetaCa) == "beta_Ca");
  }
}

}  // namespace
}  // namespace tegmenta
