#include "server/query/refusal.hpp"

#include "expr/shortened.hpp"

namespace engage::server {

std::string shown(std::string_view text) {
    constexpr std::size_t kMaxShown = 80;
    return expr::shortened(std::string(text), kMaxShown);
}

ApiError refusal(ErrorCode code, std::string_view found) { return {code, {shown(found)}}; }

}  // namespace engage::server
