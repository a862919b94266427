#include "tests/support/json_record.hpp"

#include <utility>

namespace engage::test {

using Json = nlohmann::ordered_json;

expr::values::View to_view(const Json& json, expr::values::Arena& arena) {
    switch (json.type()) {
        case Json::value_t::boolean:
            return expr::values::View::boolean(json.get<bool>());
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
        case Json::value_t::number_float:
            return expr::values::View::number(json.get<double>());
        case Json::value_t::string:
            return expr::values::View::string(json.get_ref<const std::string&>());
        case Json::value_t::array: {
            const auto items = arena.allocate<expr::values::View>(json.size());
            for (std::size_t i = 0; i < items.size(); ++i) items[i] = to_view(json[i], arena);
            return expr::values::View::list(items);
        }
        case Json::value_t::object: {
            const auto members = arena.allocate<expr::values::Member>(json.size());
            std::size_t i = 0;
            for (const auto& [name, value] : json.items()) members[i++] = {arena.copy(name), to_view(value, arena)};
            return expr::values::View::object(members);
        }
        default:
            return expr::values::View::null();
    }
}

JsonRecord::JsonRecord(Json properties, const std::vector<expr::values::Reference>& references, std::string id,
                       Json behaviors)
    : properties_(std::move(properties)),
      behaviors_(std::move(behaviors)),
      references_(references),
      id_(std::move(id)) {}

expr::values::View JsonRecord::value(std::size_t reference, expr::values::Arena& arena) const {
    const auto& [scope, name] = references_.at(reference);
    if (scope == expr::values::Scope::kEvent) return {};
    if (scope != expr::values::Scope::kBehaviors && name == "$distinct_id") return expr::values::View::string(id_);
    const auto& values = scope == expr::values::Scope::kBehaviors ? behaviors_ : properties_;
    const auto found = values.find(name);
    return found == values.end() ? expr::values::View() : to_view(*found, arena);
}

}  // namespace engage::test
