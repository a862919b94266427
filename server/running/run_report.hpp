#pragma once

#include <cstddef>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>

#include "server/space/exchange.hpp"

namespace engage::server::running {

/// Counts what a run asked for and got. Thread-safe.
class RunReport final : public space::ExchangeObserver {
public:
    void answered(const space::Exchange& exchange) noexcept override;
    /// One line for each kind of request: how often, method, path, status.
    void print(std::ostream& out) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::size_t> counts_;
};

}  // namespace engage::server::running
