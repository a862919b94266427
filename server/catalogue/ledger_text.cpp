
#include <nlohmann/json.hpp>

#include "server/catalogue/error.hpp"
#include "server/catalogue/ledger.hpp"

namespace engage::server::catalogue {

namespace {

// A cell of a Markdown table: an unescaped bar would start the next one.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out;
}

std::string row(std::initializer_list<std::string_view> cells) {
    std::string line = "|";
    for (const auto text : cells) line += " " + cell(text) + " |";
    return line + "\n";
}

constexpr std::string_view kIntroduction = R"(# Fidelity

<!-- Generated from the ledger in server/fidelity and server/error.cpp; `UPDATE_GOLDEN=1 script/test` writes it again. -->

The real service is documented in part only, so every behaviour that engage-emulator imitates says how well it is known:

* **documented**: Mixpanel's documentation says so.
* **recorded**: a public machine recording of the real service shows it.
* **reported**: somebody with live access wrote it down in an issue, a commit or a log.
* **implied by clients**: client code that works in production depends on it.
* **assumed**: no public evidence; our reading, until somebody shows us a recording.
* **emulator**: the emulator's own interface; the real service has nothing like it.

`--set fidelity.header=on` makes every answer name the behaviours it rests on, `--set fidelity.strict=on` refuses an answer that
would rest on an assumed one.

)";

}  // namespace

std::string fidelity_markdown() {
    std::string text(kIntroduction);
    text += "## Behaviours\n\n| name | behaviour | basis | source |\n|---|---|---|---|\n";
    for (const auto& b : all_behaviours())
        text += row({"`" + std::string(b.name) + "`", b.statement, to_string(b.basis), b.source});

    text += "\n## Switches\n\n`--set name=value`; the first value is the default.\n\n";
    text += "| switch | question | value | meaning | basis | source |\n|---|---|---|---|---|---|\n";
    for (const auto& s : all_switches()) {
        for (const auto& value : s.values) {
            const bool first = &value == &s.values.front();
            auto name = "`" + std::string(value.name) + "`";
            if (s.default_number != 0) name += " (" + std::to_string(s.default_number) + ")";
            text += row({first ? "`" + std::string(s.name) + "`" : "", first ? s.question : "", name, value.meaning,
                         to_string(value.basis), value.source});
        }
    }

    text +=
        "\n## Errors\n\n`{}` stands for what the error is about.\n\n| name | status | text | basis | source "
        "|\n|---|---|---|---|---|\n";
    for (const auto& e : all_errors())
        text += row({"`" + std::string(e.name) + "`", std::to_string(e.status), "`" + std::string(e.text) + "`",
                     to_string(e.basis), e.source});
    return text;
}

std::string fidelity_json(const Switches& switches) {
    using nlohmann::ordered_json;
    ordered_json document;
    for (const auto& b : all_behaviours())
        document["behaviours"].push_back(
            {{"name", b.name}, {"statement", b.statement}, {"basis", to_string(b.basis)}, {"source", b.source}});
    for (const auto& s : all_switches()) {
        const auto& chosen = switches.chosen(s.id);
        document["switches"].push_back({{"name", s.name},
                                        {"value", switches.value_text(s.id)},
                                        {"meaning", chosen.meaning},
                                        {"basis", to_string(chosen.basis)},
                                        {"source", chosen.source}});
    }
    for (const auto& e : all_errors())
        document["errors"].push_back({{"name", e.name},
                                      {"status", e.status},
                                      {"text", e.text},
                                      {"basis", to_string(e.basis)},
                                      {"source", e.source}});
    return document.dump(2) + "\n";
}

}  // namespace engage::server::catalogue
