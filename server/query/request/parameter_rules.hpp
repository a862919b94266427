#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/http/parameters.hpp"

namespace engage::server::query::request {

/// What an endpoint does with one parameter. `project_id` and `workspace_id` need no rule.
struct ParameterRule {
    enum class Use : unsigned char {
        kRead,
        kIgnored,  ///< As any unknown name, though another endpoint reads it.
        kRefused   ///< The real endpoint is known not to take it.
    };
    std::string_view name;
    Use use = Use::kRead;
    std::string_view instead{};  ///< Ends the refusal: what to write instead.
};

/// Holds the names of a request's parameters to the table of its endpoint. What other query endpoints read and this one
/// has no rule for is refused with 501, never ignored; names that no query endpoint reads are.
Expected<void, catalogue::ApiError> check_names(const http::Parameters& parameters, std::string_view endpoint,
                                                std::span<const ParameterRule> rules, catalogue::Readings& readings);

/// The parameter `limit`: how many results at most.
Expected<std::size_t, catalogue::ApiError> read_limit(const http::Parameters& parameters, std::size_t unless_given);

}  // namespace engage::server::query::request
