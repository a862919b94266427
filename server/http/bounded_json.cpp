#include "server/http/bounded_json.hpp"

namespace engage::server {

namespace {

constexpr int kMaxDepth = 100;

}  // namespace

std::optional<nlohmann::json> parse_bounded_json(std::string_view text) {
    using nlohmann::json;
    bool too_deep = false;
    const auto limit_depth = [&](int depth, json::parse_event_t, json&) {
        too_deep = too_deep || depth > kMaxDepth;
        return !too_deep;
    };
    auto value = json::parse(text.begin(), text.end(), limit_depth, /*allow_exceptions=*/false);
    if (too_deep || value.is_discarded()) return std::nullopt;
    return value;
}

}  // namespace engage::server
