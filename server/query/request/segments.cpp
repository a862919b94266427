#include "server/query/request/segments.hpp"

#include <algorithm>

#include "expr/text/parse_whole.hpp"
#include "expr/values/children.hpp"
#include "fixtures/json/read.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::request {

Expected<std::vector<Segment>, catalogue::ApiError> parse_segments(std::string_view text) {
    constexpr std::string_view kPrefix = "cohort_";
    const auto refused = [&] { return unexpected(refusal(catalogue::errors::kBadSegments, text)); };
    const auto document = fixtures::json::read_document(text);
    if (!document) return refused();
    const expr::values::Cursor object(*document);
    if (!object.is(expr::values::Type::kObject) || object.size() == 0 || object.size() > kMaxSegments) return refused();
    std::vector<Segment> segments;
    for (const auto& is_shown : expr::values::Children(object)) {
        const auto name = is_shown.name();
        const auto id =
            expr::text::parse_whole<std::uint64_t>(name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name);
        if (!id || !is_shown.is(expr::values::Type::kBoolean)) return refused();
        if (is_shown.as_boolean()) segments.push_back({std::string(name), *id});
    }
    // Answers are in the order of the names.
    std::sort(segments.begin(), segments.end(),
              [](const Segment& left, const Segment& right) { return left.name < right.name; });
    return segments;
}

}  // namespace engage::server::query::request
