#include "state/format.h"

namespace tegmenta::state {

namespace {

struct FaultText {
  const char* reason;
  const char* text;
};

FaultText text_of(Fault fault) {
  switch (fault) {
    case Fault::kForeign:
      return {"foreign", "This is no state of tegmenta"};
    case Fault::kNewer:
      return {"newer", "This state was written by a later version of tegmenta"};
    case Fault::kTruncated:
      return {"truncated", "This state is not complete"};
    case Fault::kCorrupted:
      return {"corrupted", "This state is damaged"};
  }
  return {"corrupted", "This state is damaged"};
}

}  // namespace

Error bad_state(Fault fault, const std::string& what) {
  const auto [reason, text] = text_of(fault);
  return Error(ErrorKind::kBadStateFile, std::string(text) + ": " + what + ". Nothing was loaded.",
               {{"reason", std::string(reason)}});
}

}  // namespace tegmenta::state
