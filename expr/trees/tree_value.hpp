#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "expr/trees/json_tree.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::trees {

/// Thrown while a JSON tree is read and caught by the function that reads it; no interface lets it out.
struct TreeRefused {
    TreeError error;
};

/// A value of a JSON tree, or its absence, that knows where it stands. What it came from must outlive it.
class TreeValue {
public:
    explicit TreeValue(const values::View& root) : value_(root) {}

    const values::View& view() const { return value_; }
    bool is(values::Type type) const { return value_.is(type); }
    bool is_present() const { return !is(values::Type::kUndefined); }
    std::string pointer() const;

    /// A member of an object, absent when it has none.
    TreeValue operator[](std::string_view key) const;
    /// The same; its absence is refused.
    TreeValue required(std::string_view key) const;
    TreeValue item(std::size_t index) const;

    /// The text of a string; anything else is refused with what was `expected`.
    std::string_view text(std::string_view expected) const;
    /// A positive integer, or its digits as text. A number above 2^53 may not be the one that was written: refused.
    std::uint64_t id(std::string_view of_what) const;
    /// The one of `known` that this string is. Anything else is refused as an "unknown `what`".
    std::string_view one_of(std::span<const std::string_view> known, std::string_view what) const;
    /// Refuses an object with another key.
    void allow_keys(std::span<const std::string_view> known) const;

    [[noreturn]] void refuse(std::string message) const;
    [[noreturn]] void refuse_type(std::string_view expected) const;

private:
    TreeValue(const TreeValue* parent, std::string token, const values::View& value)
        : value_(value), parent_(parent), token_(std::move(token)) {}

    values::View value_;
    const TreeValue* parent_ = nullptr;
    std::string token_;
};

}  // namespace engage::expr::trees
