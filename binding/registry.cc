#include "registry.h"

#include <cstdint>
#include <string>

#include "simulator.h"
#include "values.h"

namespace tegmenta::binding {

namespace {

bool is_numeric(ParameterType type) {
  return type == ParameterType::kDouble || type == ParameterType::kInt ||
         type == ParameterType::kDoubles || type == ParameterType::kInts;
}

std::string default_text(const ParameterDeclaration& parameter) {
  if (!parameter.default_text.empty()) return parameter.default_text;
  switch (parameter.type) {
    case ParameterType::kDouble:
    case ParameterType::kInt:
      return format_number(parameter.default_value);
    case ParameterType::kBool:
      return parameter.default_value != 0 ? "true" : "false";
    case ParameterType::kString:
    case ParameterType::kDoubles:
    case ParameterType::kInts:
    case ParameterType::kStrings:
    case ParameterType::kNodes:
    case ParameterType::kSynapses:
    case ParameterType::kEvents:
    case ParameterType::kMap:
      break;
  }
  return "";
}

/// Empty where there is nothing to say: not a number, or any finite number.
std::string allowed_text(const ParameterDeclaration& parameter) {
  const Range& range = parameter.range;
  if (parameter.type == ParameterType::kBool && range.low == range.high) {
    return range.low != 0 ? "true" : "false";
  }
  if (!is_numeric(parameter.type)) return "";
  std::string text = parameter.range.text();
  return text == Range::finite().text() ? "" : text;
}

Napi::Object parameter_to_js(Napi::Env env, const ParameterDeclaration& parameter) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("name", parameter.name);
  object.Set("type", to_string(parameter.type));
  object.Set("unit", parameter.unit);
  object.Set("default", default_text(parameter));
  object.Set("allowed", allowed_text(parameter));
  object.Set("infinity", parameter.infinity());
  object.Set("description", parameter.description);
  object.Set("role", to_string(parameter.role));
  object.Set("ofReceptor", parameter.of_receptor);
  return object;
}

}  // namespace

Napi::Object model_to_js(Napi::Env env, const ModelDescription& model) {
  Napi::Array parameters = Napi::Array::New(env);
  for (const ParameterDeclaration& parameter : model.parameters) {
    parameters.Set(parameters.Length(), parameter_to_js(env, parameter));
  }
  Napi::Object object = Napi::Object::New(env);
  object.Set("name", model.name);
  object.Set("kind", to_string(model.kind));
  object.Set("summary", model.summary);
  object.Set("source", model.source);
  object.Set("equations", model.equations);
  object.Set("parameters", parameters);
  object.Set("recordables", strings_to_js(env, model.recordables));
  object.Set("variants", strings_to_js(env, model.variants));
  return object;
}

Napi::Array models_to_js(Napi::Env env) {
  Napi::Array models = Napi::Array::New(env);
  for (const ModelDescription& model : model_descriptions()) {
    models.Set(models.Length(), model_to_js(env, model));
  }
  return models;
}

Napi::Array node_read_outs_to_js(Napi::Env env) {
  Napi::Array all = Napi::Array::New(env);
  for (const NodeReadOutDescription& read_out : tegmenta::node_read_outs()) {
    Napi::Object object = parameter_to_js(env, read_out.declaration);
    object.Set("byThreads", read_out.by_threads);
    all.Set(all.Length(), object);
  }
  return all;
}

Napi::Array errors_to_js(Napi::Env env) {
  Napi::Array errors = Napi::Array::New(env);
  for (const ErrorDescription& error : error_descriptions()) {
    Napi::Object object = Napi::Object::New(env);
    object.Set("name", error.name);
    object.Set("when", error.when);
    errors.Set(errors.Length(), object);
  }
  return errors;
}

Napi::Array kernel_attributes_to_js(Napi::Env env) {
  Napi::Array attributes = Napi::Array::New(env);
  for (const KernelAttributeDescription& attribute : kernel_attribute_descriptions()) {
    Napi::Object object = Napi::Object::New(env);
    object.Set("name", attribute.name);
    object.Set("type", to_string(attribute.type));
    object.Set("unit", attribute.unit);
    object.Set("default", attribute.default_text);
    object.Set("allowed", attribute.allowed);
    object.Set("choices", strings_to_js(env, attribute.choices));
    object.Set("description", attribute.description);
    object.Set("role", to_string(attribute.role));
    attributes.Set(attributes.Length(), object);
  }
  return attributes;
}

namespace {

Napi::Object rule_parameter_to_js(Napi::Env env, const RuleParameter& parameter) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("name", parameter.name);
  object.Set("allowed", parameter.drawn_allowed ? parameter.drawn_allowed : parameter.range.text());
  object.Set("description", parameter.description);
  object.Set("drawn", parameter.drawn);
  object.Set("example", parameter.example);
  return object;
}

Napi::Object rule_option_to_js(Napi::Env env, const RuleOptionDeclaration& option,
                               const RuleDeclaration& rule) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("name", option.name);
  object.Set("default", option.otherwise);
  object.Set("description", option.description);
  object.Set("takes", to_string(rule.*option.of_rule));
  return object;
}

}  // namespace

Napi::Array connection_rules_to_js(Napi::Env env) {
  Napi::Array rules = Napi::Array::New(env);
  for (const RuleDeclaration* rule : tegmenta::connection_rules()) {
    Napi::Array parameters = Napi::Array::New(env);
    for (const RuleParameter& parameter : rule->parameters) {
      parameters.Set(parameters.Length(), rule_parameter_to_js(env, parameter));
    }
    Napi::Array options = Napi::Array::New(env);
    for (const RuleOptionDeclaration& option : kRuleOptions) {
      options.Set(options.Length(), rule_option_to_js(env, option, *rule));
    }
    Napi::Object object = Napi::Object::New(env);
    object.Set("name", rule->name);
    object.Set("summary", rule->summary);
    object.Set("parameters", parameters);
    object.Set("options", options);
    object.Set("connectsRecorders", rule->connects_recorders);
    object.Set("rows", to_string(rule->value_rows));
    object.Set("columns", to_string(rule->value_columns));
    rules.Set(rules.Length(), object);
  }
  return rules;
}

Napi::Array connection_pairs_to_js(Napi::Env env) {
  Napi::Array pairs = Napi::Array::New(env);
  for (const ConnectionPairDescription& pair : connection_pair_descriptions()) {
    Napi::Object object = Napi::Object::New(env);
    object.Set("sources", strings_to_js(env, pair.sources));
    object.Set("targets", strings_to_js(env, pair.targets));
    object.Set("keptAs", pair.kept_as);
    object.Set("anyRule", pair.any_rule);
    object.Set("plasticModels", pair.plastic_models);
    object.Set("refusal", pair.refusal);
    pairs.Set(pairs.Length(), object);
  }
  return pairs;
}

}  // namespace tegmenta::binding
