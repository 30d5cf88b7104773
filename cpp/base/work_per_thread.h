// How much work pays for a thread.
#pragma once

namespace tegmenta {

/// What a thread has to do in a step at least, in updates of a neuron: the environment variable
/// TEGMENTA_WORK_PER_THREAD, which is read once. 0: everything is shared, whether it pays or not.
double work_per_thread();

}  // namespace tegmenta
