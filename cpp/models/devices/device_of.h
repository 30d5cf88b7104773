// A device as its class declares it: the parameters are the members of a struct, and names,
// positions, defaults and documentation follow from their declarations.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/devices/device.h"
#include "models/fields.h"
#include "state/reader.h"
#include "state/writer.h"

namespace tegmenta {

/// Arrays begin empty.
struct Empty {};

template <>
struct Declared<std::vector<double>> {
  using Default = Empty;
  static constexpr ParameterType kType = ParameterType::kDoubles;
  static std::string text(Empty) { return "[]"; }
  static void put(std::vector<double>&, Empty) {}
};
template <>
struct Declared<std::string> {
  using Default = std::string_view;
  static constexpr ParameterType kType = ParameterType::kString;
  static std::string text(std::string_view value) { return '"' + std::string(value) + '"'; }
  static void put(std::string& to, std::string_view value) { to = value; }
};
/// Names: one, or none.
template <>
struct Declared<std::vector<std::string>> {
  using Default = std::string_view;
  static constexpr ParameterType kType = ParameterType::kStrings;
  static std::string text(std::string_view value) {
    return value.empty() ? "[]" : "[\"" + std::string(value) + "\"]";
  }
  static void put(std::vector<std::string>& to, std::string_view value) {
    if (!value.empty()) to.emplace_back(value);
  }
};
template <>
struct Declared<std::shared_ptr<ChosenSynapses>> {
  using Default = Empty;
  static constexpr ParameterType kType = ParameterType::kSynapses;
  static std::string text(Empty) { return "none"; }
  static void put(std::shared_ptr<ChosenSynapses>&, Empty) {}
};
template <>
struct Declared<Events> {
  using Default = Empty;
  static constexpr ParameterType kType = ParameterType::kEvents;
  static std::string text(Empty) { return "{}"; }
  static void put(Events&, Empty) {}
};

struct IsDeviceParameter {
  static constexpr Role kRole = Role::kParameter;
};

/// The declaration of a parameter of a device.
template <auto Member>
using DeviceField = MemberField<Member, IsDeviceParameter>;

/// Whether times between grid points are rounded up or refused.
template <typename P>
constexpr auto allow_offgrid_times() {
  return DeviceField<&P::allow_offgrid_times>{
      .description = "Round times between grid points up instead of refusing them."};
}

/// origin, start, stop and label; what start and stop are depends on the device.
constexpr auto window_parameters(std::string_view start, std::string_view stop) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return std::tuple{
      DeviceField<&Window::origin>{
          .unit = "ms", .range = Range::non_negative(), .description = "Added to start and stop."},
      DeviceField<&Window::start>{
          .unit = "ms", .range = Range::non_negative(), .description = start},
      DeviceField<&Window::stop>{.unit = "ms",
                                 .value = infinity,
                                 .range = {0, infinity, false, false},
                                 .description = stop},
      DeviceField<&Window::label>{.description = "A name for the user's own purposes."}};
}

/// What every device has.
inline constexpr std::tuple kOfEveryDevice{DeviceField<&DeviceValues::frozen>{
    .description = "The device does nothing: it sends nothing, and what it would get is lost."}};

/// Whether a list declares every member that a struct has itself, and each once.
template <typename Values, typename... F>
consteval bool declares_own(std::type_identity<std::tuple<F...>>) {
  const auto is_own = []<typename G>(std::type_identity<G>) {
    return std::is_same_v<typename OwnerOfMember<G::member>::type, Values>;
  };
  const auto once = []<typename G>(std::type_identity<G>) {
    return (int{declares<F, G::member>()} + ... + 0) == 1;
  };
  return (std::size_t{is_own(std::type_identity<F>{})} + ... + 0) == member_count<Values>() - 1 &&
         (once(std::type_identity<F>{}) && ...);
}

/// A device. Base is the class of its role; Model declares kName, kSummary, kSource, Parameters and
/// kParameters, and may have check(), which then takes the place of its base's.
template <typename Model, typename Base>
class DeviceOf : public Base {
 public:
  const ModelDescription& description() const final { return describe(); }
  std::unique_ptr<Device> clone() const final {
    return std::make_unique<Model>(static_cast<const Model&>(*this));
  }

  void save(state::Writer& to) const final { visit_all(const_cast<DeviceOf&>(*this), to); }
  void load(state::Reader& from) final { visit_all(*this, from); }

 protected:
  DeviceOf() : Base(Model::kName, defaults()) {}

  /// Parameters as the model's: those that it has, or others of it.
  const auto& own() const { return own(*this->parameters_); }
  static const auto& own(const DeviceValues& values) {
    return static_cast<const typename Model::Parameters&>(values);
  }

  std::shared_ptr<DeviceValues> copy_of_parameters() const final { return own_copy(); }
  auto own_copy() const { return std::make_shared<typename Model::Parameters>(own()); }

 private:
  static constexpr auto declarations() {
    using Parameters = typename Model::Parameters;
    constexpr auto all =
        std::tuple_cat(Model::kParameters, Base::kSharedParameters, kOfEveryDevice);
    using All = std::type_identity<std::remove_const_t<decltype(all)>>;
    static_assert(std::is_base_of_v<DeviceValues, Parameters>,
                  "Parameters of a device derive from DeviceValues, or from what devices share.");
    static_assert(declares_own<Parameters>(All{}),
                  "Every member of Parameters is declared once in kParameters.");
    []<typename... Shared>(std::type_identity<std::tuple<Shared...>>) {
      static_assert((std::is_base_of_v<Shared, Parameters> && ...),
                    "Parameters derive from what devices of this role share.");
      static_assert((declares_own<Shared>(All{}) && ...),
                    "kParameters declares what devices of this role share.");
    }(std::type_identity<typename Base::SharedValues>{});
    return all;
  }

  /// Parameters as they are saved. Several places share them.
  struct ParameterSet {
    std::shared_ptr<typename Model::Parameters> values =
        std::make_shared<typename Model::Parameters>(own(*defaults()));

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      for_each_field(declarations(), [&]<typename F>(const F& field) {
        auto& member = (*self.values).*F::member;
        if constexpr (!std::is_same_v<std::remove_reference_t<decltype(member)>, Events>) {
          // States of earlier versions have fewer.
          visit.added(std::string(field.name).c_str(), member);
        }
      });
    }
  };

  template <typename Visitor>
  static void visit_all(DeviceOf& self, Visitor& visit) {
    Model::state_fields(static_cast<Model&>(self), visit);
    std::vector<ParameterSet> sets;
    std::vector<std::uint32_t> set_of;
    const std::vector<DeviceParameters*> places = self.places_of_parameters();
    if constexpr (Visitor::kAsks == Asks::kToSave) {
      for (const DeviceParameters* place : places) set_of.push_back(add_to(sets, *place));
    }
    visit("parameters", sets);
    visit("parameters_of", set_of);
    if constexpr (Visitor::kAsks == Asks::kToLoad) {
      if (set_of.size() != places.size()) visit.refuse("has another length than expected");
      for (std::size_t i = 0; i < places.size(); ++i) {
        if (set_of[i] >= sets.size()) visit.refuse("is beyond the parameters");
        *places[i] = sets[set_of[i]].values;
      }
    }
  }
  static std::uint32_t add_to(std::vector<ParameterSet>& sets, const DeviceParameters& values) {
    std::uint32_t i = 0;
    while (i < sets.size() && sets[i].values != values) ++i;
    if (i == sets.size()) {
      // Only to be saved.
      sets.push_back({std::const_pointer_cast<typename Model::Parameters>(
          std::static_pointer_cast<const typename Model::Parameters>(values))});
    }
    return i;
  }

  static const ModelDescription& describe() {
    static const ModelDescription d = [] {
      ModelDescription made{Model::kName,   Model::kKind, Model::kSummary,
                            Model::kSource, {},           Base::recordables()};
      for_each_field(declarations(),
                     [&](const auto& field) { made.parameters.push_back(field.declaration()); });
      return made;
    }();
    return d;
  }

  static DeviceParameters defaults() {
    auto values = std::make_shared<typename Model::Parameters>();
    for_each_field(declarations(), [&]<typename F>(const F& field) {
      auto& member = (*values).*F::member;
      using D = Declared<std::remove_reference_t<decltype(member)>>;
      if constexpr (requires { D::put(member, field.value); }) {
        D::put(member, field.value);
      } else {
        member = field.value;
      }
    });
    return values;
  }

  ParameterPlace place(DeviceValues& values, std::size_t parameter) const final {
    auto& all = static_cast<typename Model::Parameters&>(values);
    std::size_t at = 0;
    ParameterPlace found;
    for_each_field(declarations(), [&]<typename F>(const F&) {
      if (at++ == parameter) found = &(all.*F::member);
    });
    return found;
  }

  void validate(DeviceValues& next, const GivenParameters& given,
                const DeviceContext& context) final {
    static_cast<Model*>(this)->check(static_cast<typename Model::Parameters&>(next), given,
                                     context);
  }
};

}  // namespace tegmenta
