#include "server/http/parameters.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "server/http/bounded_json.hpp"

namespace engage::server {

namespace {

using nlohmann::json;

std::optional<json> parse_object(std::string_view body) {
    const auto start = body.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || body[start] != '{') return std::nullopt;
    auto value = parse_bounded_json(body);
    if (!value || !value->is_object()) return std::nullopt;
    return value;
}

Parameter to_parameter(const json& value) {
    using Form = Parameter::Form;
    if (value.is_string()) return {value.get<std::string>(), Form::kText};
    if (value.is_null()) return {{}, Form::kText};
    return {value.dump(-1, ' ', false, json::error_handler_t::replace),
            value.is_number_integer() ? Form::kInteger : Form::kOther};
}

}  // namespace

Parameters Parameters::of(const HttpRequest& request) {
    Parameters merged;
    for (auto& [name, value] : decode_form(request.query()))
        merged.values_.insert_or_assign(name, Parameter{std::move(value)});
    if (const auto object = parse_object(request.body)) {
        for (const auto& [name, value] : object->items()) merged.values_.insert_or_assign(name, to_parameter(value));
    } else {
        for (auto& [name, value] : decode_form(request.body))
            merged.values_.insert_or_assign(name, Parameter{std::move(value)});
    }
    merged.has_empty_ = std::erase_if(merged.values_, [](const auto& entry) { return entry.second.text.empty(); }) > 0;
    return merged;
}

const Parameter* Parameters::find(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
}

std::string_view Parameters::text(std::string_view name) const {
    const auto* parameter = find(name);
    return parameter ? std::string_view(parameter->text) : std::string_view{};
}

}  // namespace engage::server
