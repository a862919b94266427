#pragma once

#include <cstring>
#include <string_view>
#include <vector>

#include "expr/columns/column.hpp"
#include "expr/values/arena.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::columns {

// How a column without a dictionary writes a value: a tag, then the bytes of a text, the eight of a number, or where
// the text of anything else stands. A missing value takes no bytes.
inline constexpr char kTextTag = 't';
inline constexpr char kNumberTag = 'n';
inline constexpr char kContainerTag = 'c';  ///< A list or an object.
inline constexpr char kElsewhereTag = '@';

inline void append_record(std::string_view text, const TextFormat& format, values::Arena& scratch,
                          std::vector<char>& out) {
    const auto append = [&](char tag, const void* bytes, std::size_t size) {
        const auto* first = static_cast<const char*>(bytes);
        out.push_back(tag);
        out.insert(out.end(), first, first + size);
    };
    if (format.is_container(text)) return append(kContainerTag, &text, sizeof text);
    const auto value = format.decode(text, scratch);
    if (value.is(values::Type::kString)) {
        append(kTextTag, value.as_string().data(), value.as_string().size());
    } else if (value.is(values::Type::kNumber)) {
        const auto number = value.as_number();
        append(kNumberTag, &number, sizeof number);
    } else {
        append(kElsewhereTag, &text, sizeof text);
    }
}

inline bool is_container_record(std::string_view record) { return record.starts_with(kContainerTag); }

inline values::View read_record(std::string_view record, const TextFormat& format, values::Arena& arena) {
    if (record.empty()) return {};
    const auto* const bytes = record.data() + 1;
    switch (record.front()) {
        case kTextTag:
            return values::View::string(record.substr(1));
        case kNumberTag: {
            double number = 0;
            std::memcpy(&number, bytes, sizeof number);
            return values::View::number(number);
        }
        default: {
            std::string_view text;
            std::memcpy(&text, bytes, sizeof text);
            return format.decode(text, arena);
        }
    }
}

}  // namespace engage::expr::columns
