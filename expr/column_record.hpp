#pragma once

#include <cstring>
#include <string_view>
#include <vector>

#include "expr/arena.hpp"
#include "expr/value.hpp"

namespace engage::expr {

// How a column without a dictionary writes a value: a tag, then the bytes of a text, the eight of a number, or where
// the text of anything else stands. A missing value takes no bytes.
inline constexpr char kTextTag = 't';
inline constexpr char kNumberTag = 'n';
inline constexpr char kElsewhereTag = '@';

inline void append_record(const View& value, std::string_view text, std::vector<char>& out) {
    const auto append = [&](const void* bytes, std::size_t size) {
        const auto* first = static_cast<const char*>(bytes);
        out.insert(out.end(), first, first + size);
    };
    if (value.is(Type::kString)) {
        out.push_back(kTextTag);
        append(value.as_string().data(), value.as_string().size());
    } else if (value.is(Type::kNumber)) {
        out.push_back(kNumberTag);
        const auto number = value.as_number();
        append(&number, sizeof number);
    } else {
        out.push_back(kElsewhereTag);
        append(&text, sizeof text);
    }
}

template <class Decode>
View read_record(std::string_view record, Decode decode, Arena& arena) {
    if (record.empty()) return {};
    const auto* const bytes = record.data() + 1;
    switch (record.front()) {
        case kTextTag:
            return View::string(record.substr(1));
        case kNumberTag: {
            double number = 0;
            std::memcpy(&number, bytes, sizeof number);
            return View::number(number);
        }
        default: {
            std::string_view text;
            std::memcpy(&text, bytes, sizeof text);
            return decode(text, arena);
        }
    }
}

}  // namespace engage::expr
