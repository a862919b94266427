#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

namespace engage::expr::values {

/// The types of the segmentation expression language. `kDatetime` arises only from casts: a date in a
/// profile is a string. Basis: documented (docs.mixpanel.com/reference/segmentation-expressions), datetime
/// and list from Mixpanel's own SDK evaluators.
enum class Type : std::uint8_t { kUndefined, kNull, kBoolean, kNumber, kString, kDatetime, kList, kObject };

/// "undefined", "null", "boolean", "number", "string", "datetime", "list" or "object".
std::string_view type_name(Type type);

struct Member;

/// A value of the language that owns nothing: strings, items and members lie in a profile's text, in the
/// expression or in an Arena, and must outlive the view. Sixteen bytes, copied freely.
class View {
public:
    View() = default;  ///< undefined
    static View null() { return View(Type::kNull); }
    static View boolean(bool value) {
        View view(Type::kBoolean);
        view.boolean_ = value;
        return view;
    }
    static View number(double value) {
        View view(Type::kNumber);
        view.number_ = value;
        return view;
    }
    /// UTF-8 text of at most 4 GiB.
    static View string(std::string_view text) {
        View view(Type::kString, text.size());
        view.text_ = text.data();
        return view;
    }
    /// Whole seconds since 1970-01-01T00:00:00Z.
    static View datetime(std::int64_t seconds) {
        View view(Type::kDatetime);
        view.seconds_ = seconds;
        return view;
    }
    static View list(std::span<const View> items) {
        View view(Type::kList, items.size());
        view.items_ = items.data();
        return view;
    }
    /// Members in the order of the text; names are unique.
    static View object(std::span<const Member> members);

    Type type() const { return type_; }
    bool is(Type type) const { return type_ == type; }
    bool as_boolean() const {
        assert(is(Type::kBoolean));
        return boolean_;
    }
    double as_number() const {
        assert(is(Type::kNumber));
        return number_;
    }
    std::string_view as_string() const {
        assert(is(Type::kString));
        return std::string_view(text_, size_);
    }
    std::int64_t as_datetime() const {
        assert(is(Type::kDatetime));
        return seconds_;
    }
    std::span<const View> as_list() const;
    std::span<const Member> as_object() const;

private:
    explicit View(Type type, std::size_t size = 0) : size_(static_cast<std::uint32_t>(size)), type_(type) {}

    union {
        const char* text_ = nullptr;
        bool boolean_;
        double number_;
        std::int64_t seconds_;
        const View* items_;
        const Member* members_;
    };
    std::uint32_t size_ = 0;
    Type type_ = Type::kUndefined;
};
static_assert(sizeof(View) == 16);

/// One entry of an object value.
struct Member {
    std::string_view name;
    View value;
};

inline View View::object(std::span<const Member> members) {
    View view(Type::kObject, members.size());
    view.members_ = members.data();
    return view;
}
inline std::span<const View> View::as_list() const {
    assert(is(Type::kList));
    return std::span(items_, size_);
}
inline std::span<const Member> View::as_object() const {
    assert(is(Type::kObject));
    return std::span(members_, size_);
}

}  // namespace engage::expr::values
