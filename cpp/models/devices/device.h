// Nodes that are no neurons: generators and recorders. A device is one node. Its parameters are
// members of a struct, declared like a neuron's (device_of.h), and checked on a copy, so that a
// failed set changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "base/errors.h"
#include "base/time_grid.h"
#include "base/value.h"
#include "models/declaration.h"
#include "models/devices/time_line.h"
#include "models/fields.h"
#include "models/node_role.h"

namespace tegmenta {

struct SynapseModel;
namespace state {
class Reader;
class Writer;
}  // namespace state

/// Synapses as a device keeps them: their positions follow them when the network is laid out anew.
struct ChosenSynapses {
  std::vector<std::uint64_t> positions;
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  std::vector<const SynapseModel*> models;  // each once

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("positions", self.positions);
    visit("sources", self.sources);
    visit("targets", self.targets);
    visit.derived("models", self.models);
  }
};

/// What was recorded: it is only read, and lies elsewhere.
struct Events {};

/// The struct of a device's parameters derives from this, or from one that several devices share.
struct DeviceValues {
  bool frozen;
};

/// When a device is active.
struct Window : DeviceValues {
  double origin, start, stop;
  std::string label;
};

/// The parameters of a device. They are not changed, but replaced, so that copies of a device and
/// the history of a generator share them.
using DeviceParameters = std::shared_ptr<const DeviceValues>;

/// A parameter in the struct.
using ParameterPlace =
    std::variant<double*, bool*, std::string*, std::vector<double>*, std::vector<std::string>*,
                 std::shared_ptr<ChosenSynapses>*, Events*>;

/// Which parameters were given.
class GivenParameters {
 public:
  explicit GivenParameters(const Properties& params) : params_(params) {}
  template <auto Member>
  bool has() const {
    return has(member_name<Member>());
  }
  bool has(std::string_view name) const;

 private:
  const Properties& params_;
};

struct DeviceContext {
  const TimeGrid* grid;
  std::int64_t now;  // steps
  bool prepared;     // between Prepare and Cleanup
  /// Looks synapses up; throws StaleSynapseCollection. Not there for defaults, which have none.
  std::function<ChosenSynapses(const SynapseList&)> find_synapses = {};
};

/// The window in which a device is active, in steps: origin + start, origin + stop.
struct DeviceWindow {
  std::int64_t from;
  std::int64_t to;
};

/// A device has one role, which its class or one that it derives from declares: kRole, and role(),
/// which gives it. What the role is used for are the functions of that class.
class Device {
 public:
  virtual ~Device() = default;

  virtual NodeRole role() const = 0;
  /// The device as one of a role; null where it has another.
  template <typename InRole>
  InRole* as() {
    return role() == InRole::kRole ? static_cast<InRole*>(this) : nullptr;
  }
  template <typename InRole>
  const InRole* as() const {
    return role() == InRole::kRole ? static_cast<const InRole*>(this) : nullptr;
  }
  /// Whether what it does is planned once and kept: then a change of it makes a new plan.
  virtual bool planned() const { return true; }

  virtual const ModelDescription& description() const = 0;
  virtual std::unique_ptr<Device> clone() const = 0;

  /// Throws UnaccessedDictionaryEntry, TypeMismatch, BadProperty, StepMultipleRequired; then
  /// nothing has changed.
  void set(const Properties& params, const DeviceContext& context) {
    accept(checked(params, context), context);
  }
  /// The two halves of set, for several devices that change together or not at all: the new
  /// parameters, checked, with the memory that they need; and making them the device's.
  DeviceParameters checked(const Properties& params, const DeviceContext& context);
  void accept(DeviceParameters&& next, const DeviceContext& context) noexcept;
  /// As of the step `now`. Throws UnaccessedDictionaryEntry.
  virtual Result get(const std::string& key, const TimeGrid& grid, std::int64_t now) const;

  /// Checks between parameters, which a device may have its own of. `next` may be normalised.
  void check(const DeviceValues& next, const GivenParameters& given,
             const DeviceContext& context) const {
    (void)next, (void)given, (void)context;
  }

  /// A copy of a prototype becomes a node at step `now`, before its own parameters are set.
  virtual void begin(std::int64_t now) noexcept { (void)now; }
  /// Time is 0 again. Parameters stay, and of what they say is to come all of it comes again.
  virtual void restart(const TimeGrid& grid, bool keep_events) { (void)grid, (void)keep_events; }
  /// The resolution has changed before any node exists.
  virtual void on_resolution(const TimeGrid& grid) { (void)grid; }

  bool frozen() const { return parameters_->frozen; }

  /// All that it is but its model; see state_fields(). A copy of the model's prototype loads it.
  virtual void save(state::Writer& to) const = 0;
  virtual void load(state::Reader& from) = 0;
  /// Of one that was loaded: throws what set would if its parameters were given now.
  void check_loaded(const DeviceContext& context);
  /// Whether what it holds fits its parameters, and the step that it is.
  virtual bool holds_together(std::int64_t now) const {
    (void)now;
    return true;
  }

  /// What a device holds besides parameters. Classes that hold more have a function of the same
  /// name, which begins with their base's.
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    visit("id", self.id);
    visit("model_name", self.model_name);
    visit("model_id", self.model_id);
  }

  NodeId id = 0;
  std::string model_name;
  int model_id = 0;

 protected:
  Device(std::string model, DeviceParameters defaults)
      : model_name(std::move(model)), parameters_(std::move(defaults)) {}
  Device(const Device&) = default;

  /// What devices of a role share: the structs that their parameters derive from, with their
  /// declarations, and what multimeters can record of them.
  using SharedValues = std::tuple<>;
  static constexpr std::tuple<> kSharedParameters{};
  static std::vector<std::string> recordables() { return {}; }

  virtual std::shared_ptr<DeviceValues> copy_of_parameters() const = 0;
  /// Where parameters are that it still needs, its own first.
  virtual std::vector<DeviceParameters*> places_of_parameters() { return {&parameters_}; }
  /// Where the parameter with this position in the description is.
  virtual ParameterPlace place(DeviceValues& values, std::size_t parameter) const = 0;

  /// Calls check() of the device's class.
  virtual void validate(DeviceValues& next, const GivenParameters& given,
                        const DeviceContext& context) = 0;
  /// Called with the new parameters once they are valid: takes the memory that on_change needs.
  virtual void before_change(const DeviceValues& next) { (void)next; }
  /// Called after the new parameters are in place.
  virtual void on_change(const DeviceContext& context) noexcept { (void)context; }

  /// Throws BadProperty with model, parameter, value and what is allowed.
  [[noreturn]] void refuse(std::string_view parameter, FieldValue value,
                           const std::string& allowed) const;
  template <auto Member>
  [[noreturn]] void refuse(FieldValue value, const std::string& allowed) const {
    refuse(member_name<Member>(), std::move(value), allowed);
  }

  /// A time line of the parameters, at time 0.
  static TimeLine line_of(const std::vector<double>& times, const std::vector<double>& values,
                          const TimeGrid& grid);

  /// The parameters that declare a time line: times, values, and allow_offgrid_times.
  struct TimeLineParameters {
    std::string_view times_name, values_name;
    std::vector<double>& times;
    const std::vector<double>& values;
    bool allow_offgrid_times;
  };
  /// The changes that were given: both arrays, the times positive, strictly ascending, on the grid
  /// (or rounded up); `line.times` are replaced by grid times. Throws BadProperty.
  std::vector<TimeLine::Change> checked_changes(const TimeLineParameters& line,
                                                const GivenParameters& given,
                                                const TimeGrid& grid) const;
  template <auto Times, auto Values, typename Parameters>
  std::vector<TimeLine::Change> checked_changes(Parameters& next, const GivenParameters& given,
                                                const TimeGrid& grid) const {
    return checked_changes({member_name<Times>(), member_name<Values>(), next.*Times, next.*Values,
                            next.allow_offgrid_times},
                           given, grid);
  }

  /// origin, start and stop are grid times and stop ≥ start.
  void check_window(const Window& next, const DeviceContext& context) const;
  static DeviceWindow window_of(const Window& window, const TimeGrid& grid);

  DeviceParameters parameters_;
};

}  // namespace tegmenta
