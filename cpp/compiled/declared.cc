#include "compiled/declared.h"

#include "compiled/tables.h"
#include "models/numbers.h"

namespace tegmenta::compiled {

ParameterType type_of(NumberKind kind) {
  switch (kind) {
    case NumberKind::kReal:
      return ParameterType::kDouble;
    case NumberKind::kInteger:
      return ParameterType::kInt;
    case NumberKind::kBoolean:
      return ParameterType::kBool;
  }
  return ParameterType::kDouble;
}

Range range_of(NumberKind kind, bool may_be_infinite) {
  if (kind == NumberKind::kBoolean) return {0, 1, false, false};
  return kind == NumberKind::kReal && may_be_infinite ? Range::any() : Range::finite();
}

ParameterDeclaration declared(Role role, const DeclaredNumber& number, double value,
                              bool may_be_infinite) {
  return declare(role, number.name, number.unit, value, range_of(number.kind, may_be_infinite),
                 number.description, type_of(number.kind));
}

Error guarded(const std::string& model, const ParameterDeclaration& parameter, double value,
              const Guard& guard) {
  const FieldValue shown =
      parameter.type == ParameterType::kBool ? FieldValue{value != 0} : FieldValue{value};
  return bad_value(ErrorKind::kBadProperty, model, parameter.name, shown, "so that " + guard.text);
}

std::string text_of(const ModelCode& code, const NeuronFailure& failure) {
  if (failure.kind == NeuronFailure::kStated) {
    return code.failures[static_cast<std::size_t>(failure.text)];
  }
  return "a loop of its text goes round more than " + format_number(Patience().rounds) +
         " times in a step.";
}

void require_success(const ModelCode& code, const NeuronFailure& failure) {
  if (failure.kind == NeuronFailure::kNone) return;
  throw Error(ErrorKind::kBadProperty, code.name + ": " + text_of(code, failure),
              {{"model", code.name}});
}

}  // namespace tegmenta::compiled
