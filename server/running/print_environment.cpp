#include "server/running/print_environment.hpp"

#include "fixtures/json/write.hpp"

namespace engage::server::running {

namespace {

std::string shell_quoted(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + '\'';
}

}  // namespace

std::string shell_text(const std::vector<Variable>& variables) {
    std::string text;
    for (const auto& [name, value, is_appended] : variables) {
        const auto present = is_appended ? "\"${" + name + ":+$" + name + " }\"" : std::string();
        text += "export " + name + '=' + present + shell_quoted(value) + '\n';
    }
    return text;
}

std::string environment_json(const std::vector<Variable>& variables) {
    std::string text;
    for (const auto& [name, value, is_appended] : variables)
        text += (text.empty() ? "{" : ",") + fixtures::json::ascii_literal(name) + ':' +
                fixtures::json::ascii_literal(value);
    return text + "}\n";
}

}  // namespace engage::server::running
