#include "server/running/run_report.hpp"

#include <iomanip>
#include <ostream>

#include "expr/text/shortened.hpp"

namespace engage::server::running {

namespace {

/// A client chose the text, and it may go to a terminal, which would obey what is no plain character.
std::string printable(const std::string& text) {
    constexpr const char* kDigits = "0123456789ABCDEF";
    std::string shown;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c >= ' ' && c <= '~')
            shown += c;
        else
            shown += std::string{'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
    return shown;
}

}  // namespace

void RunReport::answered(const space::Exchange& exchange) noexcept {
    constexpr std::size_t kLongestLine = 90;
    const auto& request = exchange.request;
    auto asked = request.method + ' ' + std::string(request.path());
    // What was asked of a host that is not contacted does not matter, and was not read.
    if (request.fault == http::RequestFault::kForeignHost || request.fault == http::RequestFault::kUnreachableHost)
        asked = request.header("Host");
    auto line =
        expr::text::shortened(printable(asked), kLongestLine) + " -> " + std::to_string(exchange.response.status);
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

}  // namespace engage::server::running
