// What there is, as types and documentation are made of it: models, connection rules, attributes of
// a kernel.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "connect/rules/declaration.h"
#include "models/declaration.h"

namespace tegmenta {

/// Everything that can be created or connected, from the registry.
std::vector<ModelDescription> model_descriptions();
/// What every node can be asked for besides.
struct NodeReadOutDescription {
  ParameterDeclaration declaration;
  bool by_threads;  // depends on their number
};
std::vector<NodeReadOutDescription> node_read_outs();
std::span<const RuleDeclaration* const> connection_rules();
/// In order of the alphabet.
std::vector<std::string> connection_rule_names();

/// One attribute of a kernel, as GetSettings gives it.
struct KernelAttributeDescription {
  std::string name;
  ParameterType type = ParameterType::kDouble;
  std::string unit;
  std::string default_text;          // empty where it can only be read
  std::string allowed;               // in words; empty where it can only be read
  std::vector<std::string> choices;  // the texts allowed, where these are the same everywhere
  Role role = Role::kReadOnly;       // kParameter where SetSettings takes it
  std::string description;
};

/// The attributes that status_keys() names, in that order.
std::vector<KernelAttributeDescription> kernel_attribute_descriptions();

/// Attributes of a kernel.
std::vector<std::string> status_keys();

}  // namespace tegmenta
