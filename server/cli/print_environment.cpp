#include "server/cli/print_environment.hpp"

#include "server/http/json_text.hpp"

namespace engage::server {

namespace {

std::string shell_quoted(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + '\'';
}

}  // namespace

std::string shell_text(const ClientEnvironment::Variables& variables) {
    std::string text;
    for (const auto& [name, value] : variables) text += "export " + name + '=' + shell_quoted(value) + '\n';
    return text;
}

std::string json_text(const ClientEnvironment::Variables& variables) {
    std::string text;
    for (const auto& [name, value] : variables)
        text += (text.empty() ? "{" : ",") + json_string(name) + ':' + json_string(value);
    return text + "}\n";
}

}  // namespace engage::server
