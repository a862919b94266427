#include "server/catalogue/basis.hpp"

namespace engage::server::catalogue {

std::string_view to_string(Basis basis) {
    switch (basis) {
        case Basis::kDocumented:
            return "documented";
        case Basis::kRecorded:
            return "recorded";
        case Basis::kReported:
            return "reported";
        case Basis::kImplied:
            return "implied by clients";
        case Basis::kAssumed:
            return "assumed";
        case Basis::kOwn:
            return "emulator";
    }
    return "assumed";
}

}  // namespace engage::server::catalogue
