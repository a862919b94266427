#include "server/cli/run_report.hpp"

#include <iomanip>
#include <ostream>

#include "expr/shortened.hpp"

namespace engage::server {

void RunReport::note(const HttpRequest& request, const HttpResponse& response) {
    constexpr std::size_t kLongestPath = 80;
    auto path = std::string(request.path());
    // A proxy is asked for hosts, some of which have no path here.
    const bool is_tunnel = !path.starts_with('/');
    if (request.fault == RequestFault::kForeignHost || request.fault == RequestFault::kUnreachableHost)
        path = request.header("Host");
    auto line = (is_tunnel ? "CONNECT" : request.method) + ' ' + expr::shortened(std::move(path), kLongestPath) +
                " -> " + std::to_string(response.status);
    const std::scoped_lock lock(mutex_);
    constexpr std::size_t kMostKinds = 1000;
    if (counts_.size() >= kMostKinds && !counts_.contains(line)) line = "other requests";
    ++counts_[std::move(line)];
}

void RunReport::print(std::ostream& out) const {
    const std::scoped_lock lock(mutex_);
    std::size_t requests = 0;
    for (const auto& [line, count] : counts_) requests += count;
    out << "engage-emulator: " << requests << (requests == 1 ? " request\n" : " requests\n");
    constexpr int kWidth = 8;
    for (const auto& [line, count] : counts_) out << std::setw(kWidth) << count << "  " << line << '\n';
}

}  // namespace engage::server
