// Visits of synapses whose model is made of a text: their programs are run at every event that they
// have met since the visit before, each in its own time. See docs/event-driven-core.md#a-visit.
#pragma once

#include "plasticity/visit.h"

namespace tegmenta {

/// Throws SynapseFailure where a program ends the simulation.
void visit_compiled_double(VisitKind kind, const VisitSynapses<double>& synapses,
                           const VisitRow& row, const VisitTools& tools, double* sent,
                           VisitCounts& counts);
void visit_compiled_float(VisitKind kind, const VisitSynapses<float>& synapses, const VisitRow& row,
                          const VisitTools& tools, double* sent, VisitCounts& counts);

}  // namespace tegmenta
