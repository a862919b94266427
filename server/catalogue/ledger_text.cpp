#include "fixtures/json/write.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/fact.hpp"
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

std::string line_of(std::initializer_list<std::string_view> cells) {
    std::string line = "|";
    for (const auto text : cells) line += " " + cell(text) + " |";
    return line + "\n";
}

constexpr std::string_view kIntroduction = R"(# Fidelity

<!-- Generated from the tables in server/catalogue; `UPDATE_GOLDEN=1 script/test` writes it again. -->

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
    for (const auto* fact : all_facts())
        text += line_of({"`" + std::string(fact->name) + "`", fact->statement, to_string(fact->basis), fact->source});

    text += "\n## Switches\n\n`--set name=value`; the first value is the default.\n\n";
    text += "| switch | question | value | meaning | basis | source |\n|---|---|---|---|---|---|\n";
    for (const auto* row : all_switches()) {
        for (const auto& value : row->values) {
            const bool first = &value == &row->values.front();
            auto name = "`" + std::string(value.name) + "`";
            if (row->default_number != 0) name += " (" + std::to_string(row->default_number) + ")";
            text += line_of({first ? "`" + std::string(row->name) + "`" : "", first ? row->question : "", name,
                             value.meaning, to_string(value.basis), value.source});
        }
    }

    text +=
        "\n## Errors\n\n`{}` stands for what the error is about.\n\n| name | status | text | basis | source "
        "|\n|---|---|---|---|---|\n";
    for (const auto* error : all_errors())
        text += line_of({"`" + std::string(error->name) + "`", std::to_string(error->status),
                         "`" + std::string(error->text) + "`", to_string(error->basis), error->source});
    return text;
}

std::string fidelity_json(const Switches& switches) {
    using fixtures::json::list_text;
    using fixtures::json::ObjectText;
    const auto facts = list_text(all_facts(), [](const Fact* fact) {
        return ObjectText()
            .add("name", fact->name)
            .add("statement", fact->statement)
            .add("basis", to_string(fact->basis))
            .add("source", fact->source)
            .text();
    });
    const auto chosen = list_text(all_switches(), [&](const SwitchInfo* row) {
        const auto& value = switches.chosen(*row);
        return ObjectText()
            .add("name", row->name)
            .add("value", switches.value_text(*row))
            .add("meaning", value.meaning)
            .add("basis", to_string(value.basis))
            .add("source", value.source)
            .text();
    });
    const auto errors = list_text(all_errors(), [](const ErrorInfo* error) {
        return ObjectText()
            .add("name", error->name)
            .add("status", error->status)
            .add("text", error->text)
            .add("basis", to_string(error->basis))
            .add("source", error->source)
            .text();
    });
    ObjectText document;
    document.add_json("behaviours", facts).add_json("switches", chosen).add_json("errors", errors);
    return fixtures::json::indented(document.text()) + "\n";
}

}  // namespace engage::server::catalogue
