#include "expr/text/regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <utility>

#include "expr/text/text.hpp"

namespace engage::expr::text {
namespace {

constexpr std::uint32_t kMatchLimit = 1'000'000;  ///< Backtracking points from one start.
constexpr std::uint32_t kDepthLimit = 100'000;    ///< Of those, at once.
constexpr std::uint32_t kHeapLimitKilobytes = 4 * 1024;
constexpr std::size_t kBytesPerStep = 32;
// PCRE2 may look for a first character as far as the end of the text, and looks through all that is not known as UTF-8.
constexpr std::size_t kScannedPerStep = 4096;
constexpr std::size_t kValidatedPerStep = 128;
constexpr std::size_t kWideRangeCost = 256;

/// What a thread needs to match; made at its first match.
struct Scratch {
    pcre2_match_data* data = pcre2_match_data_create(kMaxGroups, nullptr);
    pcre2_match_context* context = pcre2_match_context_create(nullptr);

    Scratch() {
        pcre2_set_match_limit(context, kMatchLimit);
        pcre2_set_depth_limit(context, kDepthLimit);
        pcre2_set_heap_limit(context, kHeapLimitKilobytes);
    }
    ~Scratch() {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

Scratch& scratch() {
    thread_local Scratch kept;
    return kept;
}

/// Counts what a match does. PCRE2's own limit counts from each start anew, so it allows a long text far too much.
struct Meter {
    std::uint64_t left = 0;
    std::size_t position = 0;
    std::uint64_t item_cost = 1;
    bool has_back_references = false;
};

/// What a back reference may have to compare.
std::size_t longest_group(const pcre2_callout_block& block) {
    std::size_t longest = 0;
    for (std::uint32_t group = 1; group < block.capture_top; ++group) {
        const auto begin = block.offset_vector[2 * group];
        const auto end = block.offset_vector[2 * group + 1];
        if (begin != PCRE2_UNSET && begin < end) longest = std::max(longest, end - begin);
    }
    return longest;
}

int count_step(pcre2_callout_block* block, void* data) {
    auto& meter = *static_cast<Meter*>(data);
    const auto position = block->current_position;
    const auto moved = position > meter.position ? position - meter.position : meter.position - position;
    const auto compared = meter.has_back_references ? longest_group(*block) : 0;
    const auto cost = meter.item_cost + (moved + compared) / kBytesPerStep;
    meter.position = position;
    meter.left -= std::min<std::uint64_t>(meter.left, cost);
    return meter.left == 0 ? PCRE2_ERROR_MATCHLIMIT : 0;
}

std::string message_of(int error) {
    std::array<PCRE2_UCHAR, 256> text{};
    const auto size = pcre2_get_error_message(error, text.data(), text.size());
    return {text.begin(), text.begin() + std::max(size, 0)};
}

/// What stands behind one character of a pattern, or behind an escape with its braces: `\\x{1000}` repeats nothing.
std::size_t after_item(std::string_view pattern, std::size_t at) {
    constexpr std::string_view kTakeBraces = "xogkpPN";
    if (pattern[at] != '\\' || at + 1 == pattern.size()) return at + 1;
    const bool has_braces = at + 2 < pattern.size() && pattern[at + 2] == '{' &&
                            kTakeBraces.find(pattern[at + 1]) != std::string_view::npos;
    return has_braces ? std::min(pattern.find('}', at), pattern.size() - 1) + 1 : at + 2;
}

/// The largest number behind a `{` or a comma in braces: what one item may run over without a callout.
std::size_t largest_repeat(std::string_view pattern) {
    constexpr std::size_t kMost = 65535;  // PCRE2's own limit.
    std::size_t largest = 1;
    for (std::size_t at = 0; at < pattern.size(); at = after_item(pattern, at)) {
        if (pattern[at] != '{') continue;
        std::size_t count = 0;
        for (auto i = at + 1; i < pattern.size() && (is_digit(pattern[i]) || pattern[i] == ','); ++i) {
            count = pattern[i] == ',' ? 0 : std::min(count * 10 + static_cast<std::size_t>(pattern[i] - '0'), kMost);
            largest = std::max(largest, count);
        }
    }
    return largest;
}

/// The minus signs behind which a character beyond ASCII can stand, in a class or not: rather one too many.
std::size_t wide_ranges(std::string_view pattern) {
    constexpr std::string_view kEscapes = "xoNQEu";
    std::size_t count = 0;
    for (auto at = pattern.find('-'); at != std::string_view::npos; at = pattern.find('-', at + 1)) {
        const auto end = pattern.find_first_not_of(" \t", at + 1);
        if (end == std::string_view::npos) break;
        const bool is_escape = pattern[end] == '\\' && end + 1 < pattern.size() &&
                               kEscapes.find(pattern[end + 1]) != std::string_view::npos;
        if (is_escape || static_cast<unsigned char>(pattern[end]) >= 0x80) ++count;
    }
    return count;
}

pcre2_code* compiled(std::string_view pattern, std::uint32_t more_options, std::string& error) {
    const auto options = PCRE2_CASELESS | PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT | more_options;
    int number = 0;
    std::size_t offset = 0;
    const auto* begin = reinterpret_cast<PCRE2_SPTR>(pattern.data());
    auto* code = pcre2_compile(begin, pattern.size(), options, &number, &offset, nullptr);
    if (code == nullptr) error = message_of(number) + " (at byte " + std::to_string(offset) + " of it)";
    return code;
}

/// PCRE2 has no function for this alone: it looks through a text before the first match.
bool is_utf8(std::string_view text) {
    static const auto* const empty_pattern = [] {
        std::string error;
        return compiled("", 0, error);
    }();
    const auto* begin = reinterpret_cast<PCRE2_SPTR>(text.data());
    return pcre2_match(empty_pattern, begin, text.size(), 0, 0, scratch().data, nullptr) >= 0;
}

}  // namespace

std::size_t compile_cost(std::string_view pattern) { return pattern.size() + kWideRangeCost * wide_ranges(pattern); }

Subject::Subject(std::string_view text) : text_(text), is_utf8_(engage::expr::text::is_utf8(text)) {}

/// A pattern compiled for texts that are UTF-8, and for those that are not when one comes: PCRE2 does not trust its
/// caller in the latter and looks through the text at every match.
class Regex::Code {
public:
    Code(std::string_view pattern, pcre2_code* strict)
        : pattern_(pattern), strict_(strict), item_cost_(1 + largest_repeat(pattern) / kBytesPerStep) {
        pcre2_pattern_info(strict_, PCRE2_INFO_BACKREFMAX, &highest_back_reference_);
        pcre2_pattern_info(strict_, PCRE2_INFO_CAPTURECOUNT, &captures_);
    }
    ~Code() {
        pcre2_code_free(strict_);
        pcre2_code_free(lenient_);
    }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;

    const pcre2_code* strict() const { return strict_; }
    const pcre2_code* lenient() const {
        std::call_once(once_, [this] {
            std::string error;
            lenient_ = compiled(pattern_, PCRE2_MATCH_INVALID_UTF, error);
        });
        return lenient_;
    }
    Meter meter(std::uint64_t steps, std::size_t start) const {
        return {steps, start, item_cost_, highest_back_reference_ > 0};
    }
    std::uint32_t captures() const { return captures_; }

private:
    const std::string pattern_;
    pcre2_code* const strict_;
    mutable pcre2_code* lenient_ = nullptr;
    mutable std::once_flag once_;
    const std::uint64_t item_cost_;
    std::uint32_t highest_back_reference_ = 0;
    std::uint32_t captures_ = 0;
};

void Regex::Free::operator()(const Code* code) const { delete code; }

Expected<Regex, std::string> Regex::compile(std::string_view pattern) {
    if (pattern.size() > kMaxPatternLength)
        return unexpected("longer than " + std::to_string(kMaxPatternLength) + " bytes");
    if (wide_ranges(pattern) > kMaxWideRanges)
        return unexpected("more than " + std::to_string(kMaxWideRanges) + " ranges of characters beyond ASCII");
    std::string error;
    auto* code = compiled(pattern, 0, error);
    if (code == nullptr) return unexpected(std::move(error));
    return Regex(new Code(pattern, code));
}

Regex::Result Regex::match(const Subject& subject, std::size_t start, std::uint64_t& steps) const {
    const auto text = subject.text();
    const auto scan_cost = 1 + (text.size() - start) / (subject.is_utf8() ? kScannedPerStep : kValidatedPerStep);
    steps -= std::min<std::uint64_t>(steps, scan_cost);
    const auto* code = subject.is_utf8() ? code_->strict() : code_->lenient();
    if (steps == 0 || code == nullptr) return {Outcome::kGivenUp, {}};

    auto& [data, context] = scratch();
    const auto allowed = std::min(steps, kMaxMatchSteps);
    auto meter = code_->meter(allowed, start);
    pcre2_set_callout(context, count_step, &meter);
    const auto* begin = reinterpret_cast<PCRE2_SPTR>(text.data());
    const auto options = subject.is_utf8() ? PCRE2_NO_UTF_CHECK : 0;
    const auto groups = pcre2_match(code, begin, text.size(), start, options, data, context);
    steps -= allowed - meter.left;
    if (groups == PCRE2_ERROR_NOMATCH) return {Outcome::kNoMatch, {}};
    if (groups < 0) return {Outcome::kGivenUp, {}};

    const std::size_t* ends = pcre2_get_ovector_pointer(data);
    // `\K` can put the start behind the end.
    if (ends[0] > ends[1]) return {Outcome::kNoMatch, {}};
    return {Outcome::kMatch, {ends, 2 * std::min<std::size_t>(code_->captures() + 1, kMaxGroups)}};
}

}  // namespace engage::expr::text
