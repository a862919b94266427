#include "expr/text/shortened.hpp"

#include "expr/text/text.hpp"

namespace engage::expr::text {

std::string shortened(std::string text, std::size_t longest) {
    if (text.size() <= longest) return text;
    auto end = longest;
    while (end > 0 && !starts_character(text[end])) --end;
    text.resize(end);
    return text += "…";
}

}  // namespace engage::expr::text
