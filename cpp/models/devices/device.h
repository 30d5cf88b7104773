// Nodes that are no neurons: generators and recorders. A device is one node; its parameters are
// declared like a neuron's, and checked on a copy, so that a failed set changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/time_grid.h"
#include "base/value.h"
#include "models/declaration.h"
#include "models/devices/time_line.h"
#include "models/node_role.h"

namespace tegmenta {

struct SynapseModel;

/// Synapses as a device keeps them: their positions follow them when the network is laid out anew.
struct ChosenSynapses {
  std::vector<std::uint64_t> positions;
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  std::vector<const SynapseModel*> models;  // each once
};

/// Values of the declared parameters, by their position in the declaration.
struct DeviceParameters {
  std::vector<double> number;
  std::vector<std::vector<double>> array;
  std::vector<std::vector<std::string>> texts;
  std::vector<std::string> text;
  std::vector<std::shared_ptr<ChosenSynapses>> synapses;  // null: none
};

struct DeviceContext {
  const TimeGrid* grid;
  std::int64_t now;  // steps
  bool prepared;     // between Prepare and Cleanup
  bool simulated;    // time has advanced
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
  /// Names of the first parameters, in order, of devices that read them by position: see
  /// TEGMENTA_PARAMETERS.
  virtual const char* parameter_order() const { return ""; }
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

  const DeviceParameters& parameters() const { return parameters_; }
  /// A copy of a prototype becomes a node at step `now`, before its own parameters are set.
  virtual void begin(std::int64_t now) noexcept { (void)now; }
  /// The resolution has changed before any node exists.
  virtual void on_resolution(const TimeGrid& grid) { (void)grid; }

  NodeId id = 0;
  std::string model_name;

 protected:
  explicit Device(const ModelDescription& description);
  Device(const Device&) = default;

  int index(const char* name) const;
  double number(const char* name) const {
    return parameters_.number[static_cast<std::size_t>(index(name))];
  }

  /// Checks between parameters. `next` may be normalised; `changed` says which were given.
  virtual void validate(DeviceParameters& next, const std::vector<bool>& changed,
                        const DeviceContext& context) {
    (void)next, (void)changed, (void)context;
  }
  /// Called with the new parameters once they are valid: takes the memory that on_change needs.
  virtual void before_change(const DeviceParameters& next) { (void)next; }
  /// Called after the new parameters are in place.
  virtual void on_change(const DeviceContext& context) noexcept { (void)context; }

  /// Throws BadProperty with model, parameter, value and what is allowed.
  [[noreturn]] void bad(const char* parameter, FieldValue value, const std::string& allowed) const;
  /// Throws BadProperty: one parameter was given without the other.
  [[noreturn]] void must_come_with(const char* parameter, const char* other) const;
  /// Positions of the parameters that declare a time line.
  struct TimeLineParameters {
    std::size_t times, values, offgrid;  // offgrid: allow_offgrid_times
  };
  /// The changes that were given: both arrays, the times positive, strictly ascending, on the grid
  /// (or rounded up); in `next` they are replaced by grid times. Throws BadProperty.
  std::vector<TimeLine::Change> checked_changes(const TimeLineParameters& line,
                                                DeviceParameters& next,
                                                const std::vector<bool>& changed,
                                                const TimeGrid& grid) const;
  /// origin, start and stop are grid times and stop ≥ start.
  void check_window(const DeviceParameters& next, const DeviceContext& context) const;
  DeviceWindow window_of(const DeviceParameters& p, const TimeGrid& grid) const;

  DeviceParameters parameters_;

 private:
  // Positions of origin, start and stop, which generators need in every step; −1: not declared.
  int origin_ = -1, start_ = -1, stop_ = -1;
};

}  // namespace tegmenta
