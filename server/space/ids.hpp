#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string>

namespace engage::server::space {

/// Makes the random parts of session and query ids: 32 lowercase hexadecimal digits. The same seed gives the same
/// sequence; without a seed it differs from run to run. Thread-safe. Not for secrets.
class IdSource {
public:
    explicit IdSource(std::optional<std::uint64_t> seed = std::nullopt);
    std::string next();

private:
    std::mutex mutex_;
    std::mt19937_64 random_;
};

}  // namespace engage::server::space
