// What the user gave to Connect: reading rules, numbers of connections, weights and delays.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "connect/projection.h"
#include "models/numbers.h"
#include "network/network.h"

namespace tegmenta {

/// The entries of a specification, each to be asked for once; what is left over is unknown.
class Entries {
 public:
  Entries(const Properties& properties, std::string owner)
      : properties_(properties), owner_(std::move(owner)), used_(properties.size(), false) {
    asked_.reserve(16);
  }

  /// key: it lives longer than this.
  const Value* take(std::string_view key) {
    if (key != "arrays") asked_.push_back(key);  // which only lib/ gives
    const Value* found = nullptr;
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      if (properties_[i].first == key) {
        used_[i] = true;
        found = &properties_[i].second;
      }
    }
    return found;
  }

  bool has(std::string_view key) const {
    return std::any_of(properties_.begin(), properties_.end(),
                       [&](const auto& entry) { return entry.first == key; });
  }

  bool take_bool(std::string_view key, bool otherwise) {
    const Value* value = take(key);
    return value ? require_bool(owner_, std::string(key), *value) : otherwise;
  }

  /// Names the owner, for error texts.
  void belongs_to(std::string owner) { owner_ = std::move(owner); }

  void require_all_used() const {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i]) continue;
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         owner_ + " has no parameter", properties_[i].first,
                         {asked_.begin(), asked_.end()})
          .with("model", owner_);
    }
  }

 private:
  const Properties& properties_;
  std::string owner_;
  std::vector<bool> used_;
  std::vector<std::string_view> asked_;
};

[[noreturn]] void throw_illegal(const std::string& text, std::vector<Field> fields = {});

/// The rule and its parameters, for a pattern whose sources and targets are set. Throws
/// BadProperty, DimensionMismatch, NotImplemented, TypeMismatch or UnaccessedDictionaryEntry.
void read_rule(ConnectionPattern& c, Entries& entries, bool& make_symmetric);

/// The nodes of a call, and which of them the rule pairs. Throws for nodes that are not there, or
/// not in order.
void read_pattern(const Network& net, const char* call, Projection& p, std::span<const NodeId> pre,
                  std::span<const NodeId> post, const Properties& conn, bool& make_symmetric);

/// "one_to_one or all_to_all": the rules that take nodes as they are given.
std::string plain_rules();

/// Throws BadProperty where a drawn number of connections, or a drawn probability, is none.
void check_drawn(const ConnectionPattern& c, const simd::Kernels& kernels);

/// One number, an array of one a synapse, or a random parameter; `ordinal` names its draws.
Quantity read_quantity(const Projection& p, const std::string& model, const std::string& key,
                       const Value& value, std::uint32_t ordinal);

/// What a model has besides weight, delay, receptor and label, from what was given or its defaults:
/// the columns of a plastic one. Every key has a stream of
/// draws of its own.
void read_parameters(Projection& p, const SynapseModelEntry& entry, Entries& entries);

}  // namespace tegmenta
