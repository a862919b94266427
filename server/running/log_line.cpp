#include "server/running/log_line.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "expr/text/shortened.hpp"
#include "fixtures/json/write.hpp"
#include "server/catalogue/error.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::running {

namespace {

using fixtures::json::ObjectText;

/// What tells one query from another. A list of what is shown, not of what is hidden: nobody knows all names of
/// secrets.
constexpr std::array<std::string_view, 29> kShown = {"selector",
                                                     "distinct_id",
                                                     "distinct_ids",
                                                     "filter_by_cohort",
                                                     "raw_cohort",
                                                     "behaviors",
                                                     "data_group_id",
                                                     "as_of_timestamp",
                                                     "output_properties",
                                                     "include_all_users",
                                                     "sort_key",
                                                     "sort_order",
                                                     "search",
                                                     "limit",
                                                     "session_id",
                                                     "page",
                                                     "page_size",
                                                     "id",
                                                     "name",
                                                     "event",
                                                     "event_selectors",
                                                     "from_date",
                                                     "to_date",
                                                     "property",
                                                     "properties",
                                                     "action",
                                                     "unit",
                                                     "type",
                                                     "segment_by_cohorts"};

constexpr std::size_t kLongestPath = 120;
constexpr std::size_t kLongestValue = 100;
constexpr std::size_t kLongestMessage = 300;
/// Of all that was asked together.
constexpr std::size_t kLongestAsked = 300;

constexpr bool ends_userinfo(char c) { return c == '/' || c == ' ' || c == '"' || c == '\'' || c == ','; }

/// `user:password@` and, behind `//`, `token@` become `***@`.
std::string without_userinfo(std::string_view text) {
    std::string shown;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@')) {
        auto begin = at;
        while (begin > 0 && !ends_userinfo(text[begin - 1])) --begin;
        const auto info = text.substr(begin, at - begin);
        const bool is_of_url = begin > 1 && text.substr(begin - 2, 2) == "//";
        const bool is_secret = !info.empty() && (is_of_url || info.find(':') != std::string_view::npos);
        shown.append(text.substr(0, is_secret ? begin : at)).append(is_secret ? "***@" : "@");
        text.remove_prefix(at + 1);
    }
    return shown.append(text);
}

/// A client chose the text. Hidden before it is cut: half of a secret is one.
std::string shortly(std::string_view text, std::size_t longest) {
    if (text.size() <= longest && text.find('@') == std::string_view::npos) return std::string(text);
    // What is far beyond the cut is not looked at, but for the rest of a name that the cut could fall into.
    constexpr std::size_t kBeyond = 1024;
    return expr::text::shortened(without_userinfo(text.substr(0, longest + kBeyond)), longest);
}

/// As a terminal may be sent it: controls and everything beyond ASCII are `\uXXXX`.
std::string terminal_text(std::string_view text) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
    std::string plain;
    const auto literal = fixtures::json::ascii_literal(text);
    for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
        if (literal[i] == '\x7F') {
            plain += "\\u007f";
            continue;
        }
        // Quotes and backslashes need no escape here.
        if (literal[i] == '\\' && (literal[i + 1] == '"' || literal[i + 1] == '\\')) ++i;
        plain += literal[i];
    }
    return plain;
}

/// A JSON string in printable ASCII.
std::string json_text(std::string_view text) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) return '"' + std::string(text) + '"';
    auto literal = fixtures::json::ascii_literal(text);
    for (auto at = literal.find('\x7F'); at != std::string::npos; at = literal.find('\x7F', at))
        literal.replace(at, 1, "\\u007f");
    return literal;
}

/// What was asked of a host that is not contacted does not matter, and was not read.
std::string place_of(const http::HttpRequest& request) {
    const bool is_host_alone =
        request.fault == http::RequestFault::kForeignHost || request.fault == http::RequestFault::kUnreachableHost;
    return shortly(is_host_alone ? request.header("Host") : request.path(), kLongestPath);
}

/// Calls `take(name, value)` for what was asked, as far as there is room: the filter first.
template <class Take>
void tell_asked(const space::Exchange& exchange, Take take) {
    constexpr std::string_view kFilter = "where";
    std::size_t room = kLongestAsked;
    const auto tell = [&](std::string_view name, const std::string& text) {
        const auto value = shortly(text, kLongestValue);
        if (value.size() > room) return;
        room -= value.size();
        take(name, value);
    };
    const auto& parameters = exchange.decisions.parameters;
    if (const auto* filter = parameters.find(kFilter)) tell(kFilter, filter->text);
    for (const auto& [name, parameter] : parameters.all())
        if (std::find(kShown.begin(), kShown.end(), name) != kShown.end() && !parameter.text.empty())
            tell(name, parameter.text);
}

std::string milliseconds(std::chrono::steady_clock::duration took) {
    const auto micros = std::max<std::chrono::microseconds::rep>(
        0, std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    constexpr std::size_t kDigits = 3;
    auto fraction = std::to_string(micros % 1000);
    fraction.insert(0, kDigits - fraction.size(), '0');
    return std::to_string(micros / 1000) + '.' + fraction;
}

std::string instant(const space::Exchange& exchange) {
    return time::format_instant(std::chrono::time_point_cast<time::Duration>(exchange.received));
}

std::string coloured(const std::string& text, int status) {
    constexpr int kKind = 100;
    const int kind = status / kKind;
    const auto* colour = kind < 4 ? "\033[32m" : kind == 4 ? "\033[33m" : "\033[31m";
    return colour + text + "\033[0m";
}

std::string text_line(const space::Exchange& exchange, bool is_coloured) {
    const auto& decisions = exchange.decisions;
    const auto status = std::to_string(exchange.response.status);
    // Of a request that could not be read there is neither.
    const auto word = [](const std::string& text) { return text.empty() ? "-" : terminal_text(text); };
    auto line = instant(exchange) + ' ' + word(shortly(exchange.request.method, kLongestPath)) + ' ' +
                word(place_of(exchange.request));
    tell_asked(exchange, [&](std::string_view name, const std::string& value) {
        const bool is_word = std::all_of(value.begin(), value.end(), [](unsigned char c) {
            return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == '$';
        });
        const auto* quote = is_word ? "" : "'";
        line.append(" ").append(name).append("=").append(quote).append(terminal_text(value)).append(quote);
    });
    line.append(" -> ").append(is_coloured ? coloured(status, exchange.response.status) : status);
    if (!decisions.message.empty()) line.append(" ").append(terminal_text(shortly(decisions.message, kLongestMessage)));
    line.append(" (");
    if (decisions.project_id) line.append("project ").append(std::to_string(*decisions.project_id)).append(", ");
    line.append(decisions.is_counted ? "counted, " : "not counted, ").append(milliseconds(exchange.took));
    return line.append(" ms)\n");
}

// Put together by hand: it is made for every request.
std::string json_line(const space::Exchange& exchange) {
    const auto& decisions = exchange.decisions;
    std::string line = R"({"event":"request","time":")" + instant(exchange);
    line.append(R"(","emulator_time":")").append(time::format_instant(exchange.now));
    line.append(R"(","method":)").append(json_text(shortly(exchange.request.method, kLongestPath)));
    line.append(R"(,"path":)").append(json_text(place_of(exchange.request))).append(R"(,"asked":{)");
    bool is_first = true;
    tell_asked(exchange, [&](std::string_view name, const std::string& value) {
        line.append(std::exchange(is_first, false) ? "\"" : ",\"").append(name).append("\":").append(json_text(value));
    });
    line.append(R"(},"status":)").append(std::to_string(exchange.response.status));
    if (decisions.error != nullptr) line.append(R"(,"error":")").append(decisions.error->name).append(1, '"');
    if (!decisions.message.empty())
        line.append(R"(,"message":)").append(json_text(shortly(decisions.message, kLongestMessage)));
    if (decisions.project_id) line.append(R"(,"project_id":)").append(std::to_string(*decisions.project_id));
    if (!decisions.session_id.empty())
        line.append(R"(,"session_id":)")
            .append(json_text(decisions.session_id))
            .append(R"(,"page":)")
            .append(std::to_string(decisions.page));
    line.append(R"(,"counted":)").append(decisions.is_counted ? "true" : "false");
    return line.append(R"(,"ms":)").append(milliseconds(exchange.took)).append("}\n");
}

}  // namespace

bool is_logged(const space::Exchange& exchange) {
    const auto path = exchange.request.path();
    return path != "/livez" && path != "/readyz";
}

std::string log_line(const space::Exchange& exchange, LogForm form) {
    return form.is_json ? json_line(exchange) : text_line(exchange, form.is_coloured);
}

std::string failure_line(const space::Exchange& exchange, LogForm form) {
    const auto& failure = exchange.decisions.failure;
    if (failure.empty()) return {};
    if (!form.is_json)
        return "engage-emulator: internal error: " + terminal_text(shortly(failure, kLongestMessage)) + '\n';
    return ObjectText()
               .add_json("event", "\"internal error\"")
               .add_json("message", json_text(shortly(failure, kLongestMessage)))
               .text() +
           '\n';
}

}  // namespace engage::server::running
