#include "expr/values/cursor.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "expr/text/json_pointer.hpp"
#include "expr/text/parse_whole.hpp"
#include "expr/text/spelling.hpp"

namespace engage::expr::values {
namespace {

std::string found(const Cursor& value) {
    constexpr std::size_t kShort = 40;
    if (value.is(Type::kList)) return "a list";
    if (value.is(Type::kObject)) return "an object";
    if (!value.is_present()) return "none";
    if (value.json().size() <= kShort) return std::string(value.json());
    return "a long " + std::string(type_name(value.type()));
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

bool Cursor::is_integer() const { return is(Type::kNumber) && json().find_first_of(".eE") == std::string_view::npos; }

double Cursor::as_number() const { return text::parse_whole<double>(json()).value_or(0); }

std::string Cursor::pointer() const {
    if (is_present()) return document_->pointer(position());
    auto pointer = document_->pointer(parent_);
    if (!key_.empty()) text::append_pointer_token(key_, pointer);
    return pointer;
}

Cursor Cursor::first() const { return {*this, size() == 0 ? nullptr : &document_->node(position() + 1)}; }

Cursor Cursor::next() const {
    const bool is_last = node_->index + 1 >= document_->node(node_->parent).size;
    return {*this, is_last ? nullptr : &document_->node(node_->end)};
}

Cursor Cursor::operator[](std::string_view key) const {
    Cursor member(*this, nullptr);
    if (!is(Type::kObject)) return member;
    for (member = first(); member.is_present(); member = member.next())
        if (member.name() == key) return member;
    member.parent_ = position();
    member.key_ = key;
    return member;
}

Cursor Cursor::required(std::string_view key) const {
    auto member = (*this)[key];
    if (is(Type::kObject) && !member.is_present()) fail("expected the key " + std::string(key) + ", found none");
    return member;
}

Cursor Cursor::item(std::size_t index) const {
    auto item = first();
    while (index-- > 0 && item.is_present()) item = item.next();
    return item;
}

std::optional<std::string_view> Cursor::text(std::string_view expected) const {
    if (is(Type::kString)) return as_string();
    fail_type(expected);
    return std::nullopt;
}

std::optional<std::string_view> Cursor::non_empty_text() const {
    if (is(Type::kString) && !as_string().empty()) return as_string();
    fail_type("a string that is not empty");
    return std::nullopt;
}

std::optional<bool> Cursor::flag() const {
    if (is(Type::kBoolean)) return as_boolean();
    fail_type("true or false");
    return std::nullopt;
}

std::optional<double> Cursor::number() const {
    if (is(Type::kNumber)) return as_number();
    fail_type("a number");
    return std::nullopt;
}

std::optional<std::uint64_t> Cursor::whole(std::uint64_t least, std::uint64_t most) const {
    const auto number = is(Type::kNumber) ? text::parse_whole<std::uint64_t>(json()) : std::nullopt;
    if (number && *number >= least && *number <= most) return number;
    fail_type("an integer from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<std::int64_t> Cursor::signed_integer() const {
    const auto digits = is(Type::kString) ? as_string() : is_integer() ? json() : std::string_view();
    if (const auto number = text::parse_whole<std::int64_t>(digits)) return number;
    fail_type("a signed 64-bit integer (as a number or a string)");
    return std::nullopt;
}

std::optional<std::string_view> Cursor::distinct_id() const {
    if (is_integer()) return json();
    if (is(Type::kString) && !as_string().empty()) return as_string();
    fail_type("a distinct id (a string that is not empty)");
    return std::nullopt;
}

std::optional<std::uint64_t> Cursor::cohort_id() const {
    constexpr double kExact = 9007199254740992;
    std::optional<std::uint64_t> id;
    if (is(Type::kNumber)) {
        const auto number = as_number();
        if (number >= 1 && number < kExact && static_cast<double>(static_cast<std::uint64_t>(number)) == number)
            id = static_cast<std::uint64_t>(number);
    } else if (is(Type::kString)) {
        id = text::parse_whole<std::uint64_t>(as_string());
    }
    if (id && *id > 0) return id;
    fail_type("the id of a cohort (an integer from 1; as text from 2^53)");
    return std::nullopt;
}

std::optional<std::string_view> Cursor::one_of(std::span<const std::string_view> known, std::string_view what) const {
    const auto word = text("one of " + joined(known));
    if (!word) return std::nullopt;
    const auto it = std::find(known.begin(), known.end(), *word);
    if (it != known.end()) return *it;
    const auto advice = text::suggestion(lower_case(*word), known);
    fail("unknown " + std::string(what) + ' ' + found(*this) +
         (advice.empty() ? ": expected one of " + joined(known) : advice));
    return std::nullopt;
}

void Cursor::allow_keys(std::span<const std::string_view> known) const {
    for (auto member = first(); member.is_present(); member = member.next())
        if (std::find(known.begin(), known.end(), member.name()) == known.end())
            member.fail("unknown key" + text::suggestion(member.name(), known));
}

bool Cursor::is_object_of(std::span<const std::string_view> known) const {
    if (!is(Type::kObject)) {
        fail_type("an object");
        return false;
    }
    allow_keys(known);
    return true;
}

void Cursor::fail(std::string message) const {
    if (errors_ == nullptr) refuse(std::move(message));
    errors_->add({pointer(), std::move(message)});
}

void Cursor::fail_type(std::string_view expected) const {
    if (is_present()) fail("expected " + std::string(expected) + ", found " + found(*this));
}

void Cursor::refuse(std::string message) const { throw DocumentRefused{{pointer(), std::move(message)}}; }

void Cursor::refuse_type(std::string_view expected) const {
    refuse("expected " + std::string(expected) + ", found " + found(*this));
}

}  // namespace engage::expr::values
