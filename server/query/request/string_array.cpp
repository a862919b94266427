#include "server/query/request/string_array.hpp"

#include "server/http/bounded_json.hpp"

namespace engage::server::query::request {

std::optional<std::vector<std::string>> parse_string_array(std::string_view text) {
    const auto value = http::parse_bounded_json(text).value_or(nlohmann::json());
    if (!value.is_array()) return std::nullopt;
    std::vector<std::string> strings;
    strings.reserve(value.size());
    for (const auto& item : value) {
        if (item.is_string())
            strings.push_back(item.get<std::string>());
        else if (item.is_number_integer())
            strings.push_back(item.dump());
        else
            return std::nullopt;
    }
    return strings;
}

}  // namespace engage::server::query::request
