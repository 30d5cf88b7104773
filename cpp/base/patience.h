#pragma once

#include <algorithm>

namespace tegmenta {

/// How long a thread looks at what it waits for before it sleeps. Looking is quickest as long as
/// whoever is waited for runs meanwhile; where that one waits for a processor itself, it keeps one
/// from it. A thread that has looked in vain again and again therefore sleeps almost at once, and
/// tries now and then whether that has changed.
class Patience {
 public:
  static constexpr int kLeast = 20;
  static constexpr unsigned kInVain = 8;  // waits in a row
  static constexpr unsigned kTryAgain = 32;

  /// How often to look in the next wait, where `most` pays at best.
  int looks(int most) const {
    return in_vain_ < kInVain || in_vain_ % kTryAgain == 0 ? most : std::min(most, kLeast);
  }
  void ended(bool while_looking) { in_vain_ = while_looking ? 0 : in_vain_ + 1; }

 private:
  unsigned in_vain_ = 0;
};

}  // namespace tegmenta
