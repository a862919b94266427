#pragma once

#include <string_view>

namespace engage::server::catalogue {

/// How well a behaviour of the real service is known, best first.
enum class Basis : unsigned char {
    kDocumented,  ///< Mixpanel's own documentation says so.
    kRecorded,    ///< A public machine recording of the real service shows it.
    kReported,    ///< Somebody with live access wrote it down: an issue, a commit, a pasted body.
    kImplied,     ///< Client code that works in production depends on it.
    kAssumed,     ///< No public evidence: our reading.
    kOwn,         ///< The real service has nothing like it: the emulator's own interface.
};

/// "documented", "recorded", "reported", "implied by clients", "assumed" or "emulator".
std::string_view to_string(Basis basis);

}  // namespace engage::server::catalogue
