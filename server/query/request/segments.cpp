#include "server/query/request/segments.hpp"

#include "expr/text/parse_whole.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/http/bounded_json.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::request {

Expected<std::vector<Segment>, catalogue::ApiError> parse_segments(std::string_view text) {
    constexpr std::string_view kPrefix = "cohort_";
    const auto object = http::parse_bounded_json(text).value_or(nlohmann::json());
    const auto refused = [&] { return unexpected(refusal(catalogue::errors::kBadSegments, text)); };
    if (!object.is_object() || object.empty() || object.size() > kMaxSegments) return refused();
    std::vector<Segment> segments;
    for (const auto& [name, is_shown] : object.items()) {
        const std::string_view digits =
            name.starts_with(kPrefix) ? std::string_view(name).substr(kPrefix.size()) : name;
        const auto id = expr::text::parse_whole<std::uint64_t>(digits);
        if (!id || !is_shown.is_boolean()) return refused();
        if (is_shown.get<bool>()) segments.push_back({name, *id});
    }
    return segments;
}

}  // namespace engage::server::query::request
