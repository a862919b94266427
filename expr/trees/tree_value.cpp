#include "expr/trees/tree_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "expr/text/spelling.hpp"
#include "expr/values/json.hpp"

namespace engage::expr::trees {
namespace {

std::string found(const values::View& value) {
    constexpr std::size_t kShort = 40;
    if (value.is(values::Type::kList)) return "a list";
    if (value.is(values::Type::kObject)) return "an object";
    auto text = values::to_json(value, {});
    return text.size() <= kShort ? text : "a long " + std::string(values::type_name(value.type()));
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return lower;
}

/// The words with commas, those of two words in quotes.
std::string joined(std::span<const std::string_view> words) {
    std::string text;
    for (const auto word : words) {
        if (!text.empty()) text += ", ";
        const bool is_one = word.find(' ') == std::string_view::npos;
        text += is_one ? std::string(word) : '"' + std::string(word) + '"';
    }
    return text;
}

}  // namespace

std::string TreeValue::pointer() const {
    if (!parent_) return {};
    auto text = parent_->pointer() + '/';
    for (const char c : token_) {
        if (c == '~' || c == '/')
            text += c == '~' ? "~0" : "~1";
        else
            text += c;
    }
    return text;
}

TreeValue TreeValue::operator[](std::string_view key) const {
    values::View value;
    if (is(values::Type::kObject)) {
        const auto members = value_.as_object();
        const auto found = std::find_if(members.begin(), members.end(),
                                        [&](const values::Member& member) { return member.name == key; });
        if (found != members.end()) value = found->value;
    }
    return {this, std::string(key), value};
}

TreeValue TreeValue::required(std::string_view key) const {
    auto member = (*this)[key];
    if (!member.is_present()) refuse("expected the key " + std::string(key) + ", found none");
    return member;
}

TreeValue TreeValue::item(std::size_t index) const { return {this, std::to_string(index), value_.as_list()[index]}; }

std::string_view TreeValue::text(std::string_view expected) const {
    if (!is(values::Type::kString)) refuse_type(expected);
    return value_.as_string();
}

std::uint64_t TreeValue::id(std::string_view of_what) const {
    constexpr double kExact = 9007199254740992;
    std::uint64_t id = 0;
    if (is(values::Type::kNumber)) {
        const auto number = value_.as_number();
        if (number >= 1 && number < kExact && std::floor(number) == number) id = static_cast<std::uint64_t>(number);
    } else if (is(values::Type::kString)) {
        const auto digits = value_.as_string();
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
        if (error != std::errc{} || end != digits.data() + digits.size()) id = 0;
    }
    if (id == 0) refuse_type("the id " + std::string(of_what) + " (an integer from 1; as text from 2^53)");
    return id;
}

std::string_view TreeValue::one_of(std::span<const std::string_view> known, std::string_view what) const {
    const auto word = text("one of " + joined(known));
    const auto it = std::find(known.begin(), known.end(), word);
    if (it != known.end()) return *it;
    const auto advice = text::suggestion(lower_case(word), known);
    refuse("unknown " + std::string(what) + ' ' + found(value_) +
           (advice.empty() ? ": expected one of " + joined(known) : advice));
}

void TreeValue::allow_keys(std::span<const std::string_view> known) const {
    for (const auto& [name, value] : value_.as_object())
        if (std::find(known.begin(), known.end(), name) == known.end())
            (*this)[name].refuse("unknown key" + text::suggestion(name, known));
}

void TreeValue::refuse(std::string message) const { throw TreeRefused{{pointer(), std::move(message)}}; }

void TreeValue::refuse_type(std::string_view expected) const {
    refuse("expected " + std::string(expected) + ", found " + found(value_));
}

}  // namespace engage::expr::trees
