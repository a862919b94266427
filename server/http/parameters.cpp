#include "server/http/parameters.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "fixtures/json/json_text.hpp"
#include "server/http/bounded_json.hpp"

namespace engage::server::http {

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

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = fixtures::json::utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// ISO 8859-1 holds the first code points of Unicode.
std::string from_latin1(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        constexpr unsigned char kFirstBeyondAscii = 0x80;
        if (byte < kFirstBeyondAscii)
            encoded += c;
        else
            (encoded += static_cast<char>(0xC0 | byte >> 6)) += static_cast<char>(0x80 | (byte & 0x3F));
    }
    return encoded;
}

}  // namespace

void Parameters::take_form(std::string_view form) {
    for (auto& [name, value] : decode_form(form)) {
        const bool is_text = is_utf8(value);
        has_latin1_ = has_latin1_ || !is_text;
        values_.insert_or_assign(name, Parameter{is_text ? std::move(value) : from_latin1(value)});
    }
}

Parameters Parameters::of(const HttpRequest& request) {
    Parameters merged;
    merged.take_form(request.query());
    if (const auto object = parse_object(request.body)) {
        for (const auto& [name, value] : object->items()) merged.values_.insert_or_assign(name, to_parameter(value));
    } else {
        merged.take_form(request.body);
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

}  // namespace engage::server::http
