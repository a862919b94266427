#include "tests/support/json_record.hpp"

#include <utility>

namespace engage::test {

using Json = nlohmann::ordered_json;

expr::View to_view(const Json& json, expr::Arena& arena) {
    switch (json.type()) {
        case Json::value_t::boolean:
            return expr::View::boolean(json.get<bool>());
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
        case Json::value_t::number_float:
            return expr::View::number(json.get<double>());
        case Json::value_t::string:
            return expr::View::string(json.get_ref<const std::string&>());
        case Json::value_t::array: {
            const auto items = arena.allocate<expr::View>(json.size());
            for (std::size_t i = 0; i < items.size(); ++i) items[i] = to_view(json[i], arena);
            return expr::View::list(items);
        }
        case Json::value_t::object: {
            const auto members = arena.allocate<expr::Member>(json.size());
            std::size_t i = 0;
            for (const auto& [name, value] : json.items()) members[i++] = {arena.copy(name), to_view(value, arena)};
            return expr::View::object(members);
        }
        default:
            return expr::View::null();
    }
}

JsonRecord::JsonRecord(Json properties, const std::vector<expr::Reference>& references, std::string id, Json behaviors)
    : properties_(std::move(properties)),
      behaviors_(std::move(behaviors)),
      references_(references),
      id_(std::move(id)) {}

expr::View JsonRecord::value(std::size_t reference, expr::Arena& arena) const {
    const auto& [scope, name] = references_.at(reference);
    if (scope == expr::Scope::kEvent) return {};
    if (scope != expr::Scope::kBehaviors && name == "$distinct_id") return expr::View::string(id_);
    const auto& values = scope == expr::Scope::kBehaviors ? behaviors_ : properties_;
    const auto found = values.find(name);
    return found == values.end() ? expr::View() : to_view(*found, arena);
}

}  // namespace engage::test
