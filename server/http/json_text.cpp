#include "server/http/json_text.hpp"

#include <nlohmann/json.hpp>

namespace engage::server {

std::string json_string(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', /*ensure_ascii=*/true, nlohmann::json::error_handler_t::replace);
}

}  // namespace engage::server
