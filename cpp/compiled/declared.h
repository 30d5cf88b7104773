// What models of texts declare, in the form that users and checks know.
#pragma once

#include <string>

#include "base/errors.h"
#include "compiled/code.h"
#include "models/declaration.h"
#include "simd/neuron_block.h"

namespace tegmenta::compiled {

/// Real numbers may be infinite where that is said, as thresholds that are never reached.
Range range_of(NumberKind kind, bool may_be_infinite);

ParameterType type_of(NumberKind kind);

ParameterDeclaration declared(Role role, const DeclaredNumber& number, double value,
                              bool may_be_infinite = true);

/// A value that a guard refuses.
Error guarded(const std::string& model, const ParameterDeclaration& parameter, double value,
              const Guard& guard);

/// What only programs find, as a sentence.
std::string text_of(const ModelCode& code, const NeuronFailure& failure);

/// Throws BadProperty where a program that works values out has failed.
void require_success(const ModelCode& code, const NeuronFailure& failure);

}  // namespace tegmenta::compiled
