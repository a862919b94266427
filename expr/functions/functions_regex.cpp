#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "expr/functions/formula_functions.hpp"
#include "expr/text/regex.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::functions::formula {
namespace {

using Outcome = text::Regex::Outcome;

constexpr std::size_t kKeptPatterns = 8;  ///< Of each thread.
constexpr std::uint64_t kCompileSteps = 1000;
constexpr std::uint64_t kStepsPerCost = 40;  ///< Of `compile_cost`.
constexpr std::size_t kValidatedPerStep = 256;

/// The patterns that a thread compiled last, those that PCRE2 refuses included.
class Cache {
public:
    const text::Regex* find(std::string_view pattern, std::uint64_t& steps) {
        for (const auto& entry : entries_)
            if (entry.is_used && entry.pattern == pattern) return entry.regex ? &*entry.regex : nullptr;
        if (pattern.size() > text::kMaxPatternLength) return nullptr;
        steps -= std::min(steps, kCompileSteps + kStepsPerCost * text::compile_cost(pattern));
        if (steps == 0) return nullptr;
        auto& entry = entries_[next_];
        next_ = (next_ + 1) % entries_.size();
        auto regex = text::Regex::compile(pattern);
        entry = {std::string(pattern), regex ? std::optional(std::move(*regex)) : std::nullopt, true};
        return entry.regex ? &*entry.regex : nullptr;
    }

private:
    struct Entry {
        std::string pattern;
        std::optional<text::Regex> regex;
        bool is_used = false;
    };
    std::array<Entry, kKeptPatterns> entries_;
    std::size_t next_ = 0;
};

const text::Regex* pattern_of(const values::View& pattern, const Environment& environment, std::uint64_t& steps) {
    if (environment.pattern != nullptr) return environment.pattern;
    thread_local Cache kept;
    return kept.find(pattern.as_string(), steps);
}

/// A search of one call, which takes its steps from the evaluation's.
class Search {
public:
    Search(Arguments arguments, const Environment& environment)
        : own_(text::kMaxMatchSteps), steps_(environment.steps != nullptr ? *environment.steps : own_) {
        if (!arguments[0].is(values::Type::kString) || !arguments[1].is(values::Type::kString)) return;
        regex_ = pattern_of(arguments[1], environment, steps_);
        if (regex_ == nullptr) return;
        const auto text = arguments[0].as_string();
        steps_ -= std::min<std::uint64_t>(steps_, text.size() / kValidatedPerStep);
        subject_ = text::Subject(text);
    }

    /// Whether there is something to search.
    explicit operator bool() const { return regex_ != nullptr; }
    std::string_view text() const { return subject_.text(); }
    /// A search that is given up ends the whole evaluation: nobody can tell what it would have found.
    text::Regex::Result next(std::size_t start) {
        const auto result = regex_->match(subject_, start, steps_);
        if (result.outcome == Outcome::kGivenUp) steps_ = 0;
        return result;
    }

private:
    std::uint64_t own_;
    std::uint64_t& steps_;
    text::Subject subject_{{}};
    const text::Regex* regex_ = nullptr;
};

/// Copies what it is given to the front of a room that holds kMaxConcatenation bytes, and notes what did not fit.
class Replaced {
public:
    explicit Replaced(std::string& room) : room_(room) { room_.clear(); }
    void append(std::string_view piece) {
        fits_ = fits_ && room_.size() + piece.size() <= kMaxConcatenation;
        if (fits_) room_ += piece;
    }
    bool fits() const { return fits_; }

private:
    std::string& room_;
    bool fits_ = true;
};

std::size_t next_character(std::string_view text, std::size_t position) {
    do ++position;
    while (position < text.size() && !text::starts_character(text[position]));
    return position;
}

/// Whether every match was replaced.
bool replace_all(Search& search, std::string_view replacement, Replaced& out) {
    const auto text = search.text();
    std::size_t copied = 0;
    for (std::size_t start = 0; start <= text.size() && out.fits();) {
        const auto [outcome, ends] = search.next(start);
        if (outcome == Outcome::kGivenUp || (outcome == Outcome::kMatch && ends[0] < copied)) return false;
        if (outcome == Outcome::kNoMatch) break;
        out.append(text.substr(copied, ends[0] - copied));
        out.append(replacement);
        copied = ends[1];
        // An empty match would be found again for ever.
        start = ends[0] == ends[1] ? next_character(text, ends[1]) : ends[1];
    }
    out.append(text.substr(copied));
    return out.fits();
}

}  // namespace

values::View regex_match(Arguments arguments, const Environment& environment) {
    Search search(arguments, environment);
    if (!search) return {};
    const auto outcome = search.next(0).outcome;
    return outcome == Outcome::kGivenUp ? values::View() : values::View::boolean(outcome == Outcome::kMatch);
}

values::View regex_extract(Arguments arguments, const Environment& environment) {
    double group = 0;
    if (arguments.size() == 3) {
        if (!arguments[2].is(values::Type::kNumber)) return {};
        group = std::floor(arguments[2].as_number());
    }
    Search search(arguments, environment);
    if (!search || group < 0) return {};
    const auto [outcome, ends] = search.next(0);
    if (outcome != Outcome::kMatch || group >= static_cast<double>(ends.size() / 2)) return {};
    const auto begin = ends[2 * static_cast<std::size_t>(group)];
    const auto end = ends[2 * static_cast<std::size_t>(group) + 1];
    if (begin == text::Regex::kUnset || begin > end) return {};
    return values::View::string(search.text().substr(begin, end - begin));
}

values::View regex_replace(Arguments arguments, const Environment& environment) {
    Search search(arguments, environment);
    if (!search || !arguments[2].is(values::Type::kString)) return {};
    thread_local std::string room;
    Replaced out(room);
    if (!replace_all(search, arguments[2].as_string(), out)) return {};
    return values::View::string(environment.arena.copy(room));
}

}  // namespace engage::expr::functions::formula
