#include "server/query/endpoints/page.hpp"

#include <algorithm>

#include "fixtures/json/write.hpp"

namespace engage::server::query::endpoints {

namespace {

using fixtures::profiles::ProfileSet;
using fixtures::profiles::RowIndex;

void append_projected(const ProfileSet& profiles, RowIndex index, const space::Projection& projection,
                      std::string& out) {
    const auto row = profiles.row(index);
    const auto names = profiles.property_names(index);
    // Without properties the row ends in `{}}`.
    out += row.substr(0, names.empty() ? row.size() - 2 : profiles.property_begin(index, 0));
    bool is_first = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!projection.shows(names[i])) continue;
        if (!is_first) out += ',';
        out += profiles.property_text(index, i);
        is_first = false;
    }
    out += "}}";
}

struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
};

Range range_of(const PageFrame& frame, std::size_t total) {
    if (frame.page_size == 0 || frame.page > total / frame.page_size) return {total, total};
    const auto begin = static_cast<std::size_t>(frame.page) * frame.page_size;
    return {begin, std::min(total, begin + frame.page_size)};
}

void append_row(const ProfileSet& profiles, RowIndex row, const space::Projection& projection, std::string& out) {
    if (projection.is_whole())
        out += profiles.row(row);
    else
        append_projected(profiles, row, projection, out);
}

std::size_t text_size(const ProfileSet& profiles, const std::vector<space::Place>& places) {
    auto size = places.size();
    for (const auto place : places)
        if (!place.is_member()) size += profiles.row(place.row()).size();
    return size;
}

}  // namespace

std::string member_row(std::string_view distinct_id, bool has_properties) {
    return "{\"$distinct_id\":" + fixtures::json::ascii_literal(distinct_id) +
           (has_properties ? ",\"$properties\":{}}" : "}");
}

std::string render_page(const ProfileSet& profiles, const space::Matches& matches, const space::Projection& projection,
                        const PageFrame& frame) {
    const auto range = range_of(frame, matches.total());
    const auto places = matches.places(range.begin, range.end);
    constexpr std::size_t kFrameSize = 256;
    std::string body;
    if (projection.is_whole()) body.reserve(text_size(profiles, places) + kFrameSize);
    body += "{\"results\":[";
    bool is_first = true;
    for (const auto place : places) {
        if (!is_first) body += ',';
        is_first = false;
        if (place.is_member())
            body += member_row(matches.without_profile[place.member()], frame.member_has_properties);
        else
            append_row(profiles, place.row(), projection, body);
    }
    body += "],\"page\":" + std::to_string(frame.page) + ",\"session_id\":\"" + std::string(frame.session_id) + '"';
    if (frame.has_page_size) body += ",\"page_size\":" + std::to_string(frame.page_size);
    if (frame.has_total) body += ",\"total\":" + std::to_string(matches.total());
    body += ",\"status\":\"ok\",\"computed_at\":\"" + std::string(frame.computed_at) + "\"}";
    return body;
}

}  // namespace engage::server::query::endpoints
