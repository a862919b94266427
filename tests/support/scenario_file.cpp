#include "tests/support/scenario_file.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "server/time/time_text.hpp"

namespace engage::test {

namespace {

constexpr std::array<std::string_view, 7> kMethods{"GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"};
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyz_";

struct Line {
    ScenarioLine content;
    bool is_indented = false;
    std::string text() const { return content.rest.empty() ? content.word : content.word + ' ' + content.rest; }
};

bool is_all_of(std::string_view text, std::string_view letters) {
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

bool is_anything(std::string_view) { return true; }
bool is_text(std::string_view text) { return !text.empty(); }
bool is_number(std::string_view text) { return is_all_of(text, kDigits); }
bool is_count(std::string_view text) { return count_of(text) > 0; }
bool is_name(std::string_view text) { return is_all_of(text, kNameLetters); }
bool is_token(std::string_view text) { return !text.empty() && text.find_first_of(" :=") == std::string_view::npos; }
bool is_assignment(std::string_view text) {
    return is_token(text.substr(0, text.find('='))) && text.find('=') != text.npos;
}

bool is_header(std::string_view text) {
    const auto colon = text.find(": ");
    return colon != std::string_view::npos && is_token(text.substr(0, colon)) && colon + 2 < text.size();
}

/// `none`, `a,b` or `p0001..p0020`.
bool is_ids(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return is_token(text);
    const auto number = [](std::string_view id) { return id.starts_with('p') && is_number(id.substr(1)); };
    const auto first = text.substr(0, dots);
    const auto last = text.substr(dots + 2);
    return number(first) && number(last) && count_of(first.substr(1)) < count_of(last.substr(1));
}

bool is_session(std::string_view text) { return text == "new" || (text.starts_with('$') && is_name(text.substr(1))); }

/// An indented word: what has to stand behind it, and whether it may be there more than once.
struct Word {
    std::string_view word;
    std::string_view takes;
    bool (*is_right)(std::string_view rest);
    bool repeats = false;
};

constexpr Word kOfRequests[] = {
    {"auth", "auth USER:SECRET or auth none", is_text},
    {"form", "form NAME=VALUE", is_assignment, true},
    {"body", "body TEXT", is_text},
    {"header", "header NAME: VALUE", is_header, true},
    {"times", "times and a number above 0", is_count},
};

constexpr Word kOfExpectations[] = {
    {"ids", "ids A,B or ids pFIRST..pLAST or ids none", is_ids},
    {"page", "page and a number", is_number},
    {"page_size", "page_size and a number", is_number},
    {"total", "total and a number", is_number},
    {"keys", "keys A,B", is_token},
    {"save", "save NAME", is_name},
    {"session", "session new or session $NAME", is_session},
    {"error", "error TEXT", is_text},
    {"body", "body TEXT", is_anything},
    {"text", "text TEXT", is_text},
    {"header", "header NAME: VALUE", is_header, true},
    {"no-header", "no-header NAME", is_token, true},
};

std::string joined(const auto& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + std::string(word);
    return text;
}

std::vector<Line> split(std::string_view text, const std::string& file) {
    std::vector<Line> lines;
    std::size_t number = 0;
    for (const auto& line : lines_of(text)) {
        ++number;
        const auto start = line.find_first_not_of(' ');
        if (start == std::string::npos || line[start] == '#') continue;
        const auto space = line.find(' ', start);
        lines.push_back({{{file, number},
                          line.substr(start, space - start),
                          space == std::string::npos ? "" : line.substr(space + 1)},
                         start > 0});
    }
    return lines;
}

class ScenarioReader {
public:
    ScenarioReader(std::string_view text, const std::string& file)
        : lines_(split(text, file)), end_{file, std::max<std::size_t>(lines_of(text).size(), 1)} {}

    Scenario read() {
        while (next() && read_setting(*next())) ++at_;
        if (scenario_.projects.empty() && scenario_.numbered_profiles == 0)
            here().refuse("expected project NAME or profiles N above the first step");
        while (next()) read_step();
        if (scenario_.steps.empty() || std::holds_alternative<ClockMove>(scenario_.steps.back()))
            end_.refuse("expected a request, found the end");
        for (const auto& [name, saved] : saved_)
            if (!saved.is_used) saved.at.refuse("expected a later line to say $" + name);
        return std::move(scenario_);
    }

private:
    struct Saved {
        Place at;
        bool is_used = false;
    };

    const Line* next() const { return at_ < lines_.size() ? &lines_[at_] : nullptr; }
    const Place& here() const { return next() ? next()->content.at : end_; }

    static bool is_move(const ScenarioLine& line) {
        return line.word == "clock" && (line.rest.starts_with('+') || line.rest.starts_with('-'));
    }

    bool read_setting(const Line& line) {
        const auto& [at, word, rest] = line.content;
        static const std::map<std::string_view, void (ScenarioReader::*)(const Line&)> kSettings{
            {"project", &ScenarioReader::read_project},
            {"profiles", &ScenarioReader::read_profiles},
            {"clock", &ScenarioReader::read_clock},
            {"set", &ScenarioReader::read_switch},
            {"flag", &ScenarioReader::read_flag}};
        const auto setting = kSettings.find(word);
        if (setting == kSettings.end() || is_move(line.content)) return false;
        if (line.is_indented) at.refuse("a setting stands at the start of its line: " + line.text());
        (this->*setting->second)(line);
        return true;
    }

    void once(const Line& line, const std::string& what) {
        if (!settings_.insert(what).second) line.content.at.refuse("a second " + what);
    }

    void read_project(const Line& line) {
        if (!is_token(line.content.rest)) line.content.at.refuse("project NAME", line.text());
        once(line, line.text());
        scenario_.projects.push_back(line.content.rest);
    }

    void read_profiles(const Line& line) {
        scenario_.numbered_profiles = count_of(line.content.rest);
        if (scenario_.numbered_profiles == 0) line.content.at.refuse("profiles and a number above 0", line.text());
        once(line, "profiles");
    }

    void read_clock(const Line& line) {
        scenario_.settings.clock = server::time::parse_instant(line.content.rest);
        if (!scenario_.settings.clock) line.content.at.refuse("clock TIME", line.text());
        once(line, "clock");
    }

    void read_switch(const Line& line) {
        const auto& rest = line.content.rest;
        if (const auto set = scenario_.settings.switches.set(rest); !set) line.content.at.refuse(set.error());
        once(line, "set " + rest.substr(0, rest.find('=')));
    }

    void read_flag(const Line& line) {
        auto& settings = scenario_.settings;
        const auto& rest = line.content.rest;
        const auto name = rest.substr(0, rest.find(' '));
        const std::map<std::string, std::optional<std::uint32_t>*> limits{
            {"quota", &settings.per_hour}, {"concurrency", &settings.concurrent}, {"per-second", &settings.per_second}};
        const auto limit = limits.find(name);
        const auto number = limit == limits.end() ? 0 : count_of(rest.substr(std::min(rest.size(), name.size() + 1)));
        if (rest == "auth off")
            settings.auth_required = false;
        else if (rest == "no-rate-limit")
            settings.rate_limited = false;
        else if (number > 0 && number <= UINT32_MAX)
            *limit->second = static_cast<std::uint32_t>(number);
        else
            line.content.at.refuse("flag auth off, no-rate-limit, or quota, concurrency or per-second and a number",
                                   line.text());
        once(line, "flag " + name);
    }

    void read_step() {
        const auto& line = *next();
        const auto& [at, word, rest] = line.content;
        if (line.is_indented) at.refuse("an indented line below no request and no expectation: " + line.text());
        if (std::find(kMethods.begin(), kMethods.end(), word) != kMethods.end()) return read_exchange();
        if (is_move(line.content)) return read_move();
        if (word == "expect") at.refuse("an expectation without a request above it: " + line.text());
        if (word == "clock") at.refuse("clock and a duration such as +PT1H", line.text());
        for (const auto* const setting : {"project", "profiles", "set", "flag"})
            if (word == setting) at.refuse("a setting stands above the first step: " + line.text());
        at.refuse(scenario_.steps.empty() ? "project, profiles, clock, set, flag, or a request by " + joined(kMethods)
                                          : "clock, or a request by " + joined(kMethods),
                  line.text());
    }

    void read_move() {
        const auto& line = *next();
        const auto duration = line.content.rest.substr(line.content.rest.starts_with('+') ? 1 : 0);
        if (!server::time::parse_iso_duration(duration))
            line.content.at.refuse("clock and a duration such as +PT1H", line.text());
        scenario_.steps.push_back(ClockMove{line.content.at, duration});
        ++at_;
    }

    void read_exchange() {
        const auto& line = *next();
        const auto& target = line.content.rest;
        if (!target.starts_with('/') || target.find(' ') != std::string::npos)
            line.content.at.refuse(line.content.word + " /TARGET", line.text());
        Exchange exchange;
        exchange.request.method = line.content.word;
        exchange.request.target = target;
        note_names(line.content);
        ++at_;
        for (const auto& detail : details(kOfRequests, "a request")) add(exchange.request, detail);
        read_expectation(exchange);
        scenario_.steps.push_back(std::move(exchange));
    }

    static void add(ScenarioRequest& request, const ScenarioLine& line) {
        if (line.word == "auth") request.credentials = line.rest;
        if (line.word == "form")
            request.form.emplace_back(line.rest.substr(0, line.rest.find('=')),
                                      line.rest.substr(line.rest.find('=') + 1));
        if (line.word == "body") request.body = line.rest;
        if (line.word == "header") request.headers.push_back(split_header(line.rest));
        if (line.word == "times") request.times = count_of(line.rest);
        if (!request.form.empty() && !request.body.empty()) line.at.refuse("a request has either form or body");
    }

    void read_expectation(Exchange& exchange) {
        const auto* const line = next();
        if (!line || line->is_indented || line->content.word != "expect")
            here().refuse("expect STATUS below the request", line ? line->text() : std::string());
        const auto& [at, word, status] = line->content;
        if (status.size() != 3 || !is_number(status) || status < "100" || status > "599")
            at.refuse("expect and a status from 100 to 599", line->text());
        exchange.at = at;
        exchange.status = std::stoi(status);
        ++at_;
        exchange.checks = details(kOfExpectations, "an expectation");
    }

    /// The indented lines from here on.
    std::vector<ScenarioLine> details(std::span<const Word> words, const std::string& where) {
        std::vector<ScenarioLine> found;
        std::set<std::string> seen;
        for (; next() && next()->is_indented; ++at_) {
            const auto& line = *next();
            const auto& [at, name, rest] = line.content;
            const auto word = std::find_if(words.begin(), words.end(),
                                           [&](const auto& one) { return one.word == line.content.word; });
            if (word == words.end()) {
                std::vector<std::string_view> known;
                for (const auto& one : words) known.push_back(one.word);
                at.refuse(joined(known) + " in " + where, line.text());
            }
            if (!word->is_right(rest)) at.refuse(std::string(word->takes), line.text());
            if (!word->repeats && !seen.insert(name).second) at.refuse("a second " + name + " in " + where);
            note_names(line.content);
            if (name == "save" && !saved_.emplace(rest, Saved{at}).second) at.refuse("a second save " + rest);
            found.push_back(line.content);
        }
        return found;
    }

    /// What is said of a saved session; one that no line saved would be sent as it stands.
    void note_names(const ScenarioLine& line) {
        static const std::string kNone;
        replace_names(line.rest, [&](const std::string& name) -> const std::string* {
            const auto found = saved_.find(name);
            if (found == saved_.end()) return nullptr;
            found->second.is_used = true;
            return &kNone;
        });
        for (const auto* const before : {"session_id=$", "session_id\":\"$", "session $"}) {
            const auto text = line.word + ' ' + line.rest;
            const auto begin = text.find(before);
            if (begin == std::string::npos) continue;
            const auto from = begin + std::string_view(before).size();
            const auto name = text.substr(from, text.find_first_not_of(kNameLetters, from) - from);
            if (!saved_.contains(name)) line.at.refuse("the name of a saved session", '$' + name);
        }
    }

    std::vector<Line> lines_;
    Place end_;
    std::size_t at_ = 0;
    Scenario scenario_;
    std::set<std::string> settings_;
    std::map<std::string, Saved> saved_;
};

}  // namespace

Scenario parse_scenario(std::string_view text, const std::string& file) { return ScenarioReader(text, file).read(); }

Scenario read_scenario(const std::filesystem::path& file) {
    return parse_scenario(read_data(file), file.filename().string());
}

std::pair<std::string, std::string> split_header(const std::string& line) {
    const auto colon = line.find(": ");
    return {line.substr(0, colon), line.substr(colon + 2)};
}

}  // namespace engage::test
