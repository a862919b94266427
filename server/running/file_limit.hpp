#pragma once

#include <sys/resource.h>

namespace engage::server::running {

/// Lets the process have as many open files as it may: each connection is one, and the usual soft limit is below what
/// the ports serve at a time. Returns the limits as they were, for a child process.
inline rlimit raise_file_limit() {
    rlimit before{};
    if (::getrlimit(RLIMIT_NOFILE, &before) != 0) return before;
    rlimit raised = before;
    raised.rlim_cur = raised.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &raised);
    return before;
}

}  // namespace engage::server::running
