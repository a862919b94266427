#include "expr/values/value.hpp"

namespace engage::expr::values {

std::string_view type_name(Type type) {
    switch (type) {
        case Type::kUndefined:
            return "undefined";
        case Type::kNull:
            return "null";
        case Type::kBoolean:
            return "boolean";
        case Type::kNumber:
            return "number";
        case Type::kString:
            return "string";
        case Type::kDatetime:
            return "datetime";
        case Type::kList:
            return "list";
        case Type::kObject:
            return "object";
    }
    return "";
}

}  // namespace engage::expr::values
