// What the control groups of Linux (containers, services) allow this process, of version 1 and 2:
// the tightest of its own group and those above it.
#pragma once

#include <string>

namespace tegmenta {

/// Without end where there is no limit, or no control group.
struct ControlGroup {
  double free_memory;  // bytes, those of files that can be dropped included
  double processors;   // time of so many
};

/// root: where /proc and /sys are found; "" but in tests.
ControlGroup control_group(const std::string& root = "");

}  // namespace tegmenta
