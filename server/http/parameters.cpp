#include "server/http/parameters.hpp"

#include "expr/values/children.hpp"
#include "fixtures/json/json_text.hpp"
#include "fixtures/json/read.hpp"
#include "server/http/form.hpp"

namespace engage::server::http {

namespace {

using expr::values::Cursor;
using expr::values::Type;

bool may_be_object(std::string_view body) {
    const auto start = body.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && body[start] == '{';
}

Parameter to_parameter(const Cursor& value) {
    using Form = Parameter::Form;
    if (value.is(Type::kString)) return {std::string(value.as_string()), Form::kText};
    if (value.is(Type::kNull)) return {{}, Form::kText};
    return {fixtures::json::compact_text(value), value.is_integer() ? Form::kInteger : Form::kOther};
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

bool Parameters::take_object(std::string_view body) {
    if (!may_be_object(body)) return false;
    const auto document = fixtures::json::read_document(body, {.levels = 1});
    if (!document) {
        // Which of the two was meant cannot be known.
        const bool is_repeated = document.error().message == fixtures::json::kDuplicateKey;
        if (is_repeated) repeated_key_ = document.error().pointer;
        return is_repeated;
    }
    for (const auto& member : expr::values::Children(Cursor(*document)))
        values_.insert_or_assign(std::string(member.name()), to_parameter(member));
    return true;
}

Parameters Parameters::of(const HttpRequest& request) {
    Parameters merged;
    merged.take_form(request.query());
    if (!merged.take_object(request.body)) merged.take_form(request.body);
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
