#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>

namespace engage::server::running {

/// Process ids, as many as fit: it allocates nothing.
class Pids {
public:
    /// False when it is there already, or does not fit.
    bool add(pid_t pid);
    bool contains(pid_t pid) const;
    const pid_t* begin() const { return pids_.data(); }
    const pid_t* end() const { return pids_.data() + size_; }

private:
    std::array<pid_t, 4096> pids_{};
    std::size_t size_ = 0;
};

/// Those of the calling thread, with the orphans that have become its own. Async-signal-safe.
Pids children();

/// Ends all children but the spared ones: asks with SIGTERM, kills what is left after five seconds, and what becomes
/// an orphan meanwhile. SIGCHLD has to be blocked. Async-signal-safe.
void end_children(const Pids& spared);

}  // namespace engage::server::running
