#pragma once

#include <cstddef>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>

#include "server/http/message.hpp"

namespace engage::server::running {

/// Counts what a run asked for and got. Thread-safe.
class RunReport {
public:
    void note(const http::HttpRequest& request, const http::HttpResponse& response);
    /// One line for each kind of request: how often, method, path, status.
    void print(std::ostream& out) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::size_t> counts_;
};

}  // namespace engage::server::running
