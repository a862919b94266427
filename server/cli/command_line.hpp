#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "expr/expected.hpp"
#include "server/catalogue/switches.hpp"
#include "server/query/request/order_parameters.hpp"
#include "server/running/exit_codes.hpp"
#include "server/running/serve_options.hpp"

namespace engage::server::cli {

struct QueryOptions {
    std::string fixtures;  ///< Empty: the built-in demo.
    std::string where;
    std::string behaviors;              ///< JSON; empty: none.
    std::optional<std::int64_t> as_of;  ///< `as_of_timestamp`
    std::optional<std::uint64_t> cohort;
    std::string data_group_id;
    std::string search;
    query::request::OrderParameters order;
    std::optional<time::TimePoint> now;
    enum class Output : unsigned char { kIds, kNdjson, kCount } output = Output::kIds;
    catalogue::Switches switches;
};

struct ExplainOptions {
    std::string fixtures;  ///< Empty: the built-in demo.
    std::string where;
    std::string behaviors;              ///< JSON; empty: none.
    std::optional<std::int64_t> as_of;  ///< `as_of_timestamp`
    std::optional<std::string> distinct_id;
    std::string data_group_id;
    std::optional<time::TimePoint> now;
    bool as_json = false;
    catalogue::Switches switches;
};

struct EvalOptions {
    std::string expression;
    std::optional<std::string> tree;  ///< JSON expression tree in place of the expression.
    std::string properties = "{}";
    std::optional<std::string> distinct_id;
    std::string timezone = "UTC";
    std::optional<time::TimePoint> now;
    bool parse_only = false;
    bool as_text = false;  ///< Instead of a value: the expression as text, beside the tree if `parse_only`.
    bool batch = false;
    catalogue::Switches switches;
};

struct ValidateOptions {
    std::vector<std::string> fixtures;
    catalogue::Switches switches;
};

struct GenerateOptions {
    std::string output;
    std::uint32_t profiles = 2503;
    std::uint32_t groups = 120;
    std::uint32_t events = 20'000;
    std::uint64_t seed = 1;
    bool force = false;
};

struct HealthcheckOptions {
    std::string host = "127.0.0.1";
    int port = 9797;
    bool wait = false;
    double timeout_seconds = 30;
};

struct VersionOptions {
    bool as_json = false;
};

using Command = std::variant<running::ServeOptions, QueryOptions, ExplainOptions, EvalOptions, ValidateOptions,
                             GenerateOptions, HealthcheckOptions, VersionOptions, running::ExecOptions,
                             running::EnvironmentOptions, running::CaOptions>;

/// Help was asked for, or something is wrong with the words of the call.
struct Usage {
    int exit_code = 0;
    std::string text;  ///< For stdout when the exit code is 0, for stderr otherwise.
};

using running::kExitFailure;
using running::kExitUsage;

/// Reads the arguments (without the program's name), the environment variables (see `with_environment`) and, for
/// `serve` and `exec`, the file of `--config`. A flag wins over the environment, that over the file, that over the
/// default.
Expected<Command, Usage> parse_command_line(std::vector<std::string> arguments);

/// A line for each entry of the environment (`NAME=value`) that looks like ours and is read by nobody.
std::string environment_warnings(const std::vector<std::string>& environment);

}  // namespace engage::server::cli
