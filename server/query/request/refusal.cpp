#include "server/query/request/refusal.hpp"

#include "expr/text/shortened.hpp"

namespace engage::server::query::request {

std::string shown(std::string_view text) {
    constexpr std::size_t kMaxShown = 80;
    return expr::text::shortened(std::string(text), kMaxShown);
}

catalogue::ApiError refusal(const catalogue::ErrorInfo& row, std::string_view found) { return {row, {shown(found)}}; }

}  // namespace engage::server::query::request
