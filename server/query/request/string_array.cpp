#include "server/query/request/string_array.hpp"

#include "expr/values/children.hpp"
#include "fixtures/json/read.hpp"

namespace engage::server::query::request {

std::optional<std::vector<std::string>> parse_string_array(std::string_view text) {
    const auto document = fixtures::json::read_document(text);
    if (!document) return std::nullopt;
    const expr::values::Cursor list(*document);
    if (!list.is(expr::values::Type::kList)) return std::nullopt;
    std::vector<std::string> strings;
    strings.reserve(list.size());
    for (const auto& item : expr::values::Children(list)) {
        if (!item.is(expr::values::Type::kString) && !item.is_integer()) return std::nullopt;
        strings.emplace_back(item.is_integer() ? item.json() : item.as_string());
    }
    return strings;
}

}  // namespace engage::server::query::request
