#include "server/http/json_text.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "expr/text/numbers.hpp"

namespace engage::server::http {

std::string json_string(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', /*ensure_ascii=*/true, nlohmann::json::error_handler_t::replace);
}

std::string json_float(double value) {
    if (!std::isfinite(value)) return "null";
    std::string text(expr::text::NumberText(value).view());
    const bool is_integer = text.find_first_of(".e") == std::string::npos;
    return is_integer ? text + ".0" : text;
}

}  // namespace engage::server::http
