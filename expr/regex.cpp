#include "expr/regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <utility>

namespace engage::expr {
namespace {

constexpr std::uint32_t kMatchLimit = 1'000'000;  ///< Backtracking points from one start.
constexpr std::uint32_t kDepthLimit = 100'000;    ///< Of those, at once.
constexpr std::uint32_t kHeapLimitKilobytes = 4 * 1024;
constexpr std::size_t kBytesPerStep = 32;

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
};

int count_step(pcre2_callout_block* block, void* data) {
    auto& meter = *static_cast<Meter*>(data);
    const auto position = block->current_position;
    const auto moved = position > meter.position ? position - meter.position : meter.position - position;
    const auto cost = 1 + moved / kBytesPerStep;
    meter.position = position;
    meter.left -= std::min<std::uint64_t>(meter.left, cost);
    return meter.left == 0 ? PCRE2_ERROR_MATCHLIMIT : 0;
}

std::string message_of(int error) {
    std::array<PCRE2_UCHAR, 256> text{};
    const auto size = pcre2_get_error_message(error, text.data(), text.size());
    return {text.begin(), text.begin() + std::max(size, 0)};
}

pcre2_code* code_of(void* code) { return static_cast<pcre2_code*>(code); }

}  // namespace

void Regex::Free::operator()(void* code) const { pcre2_code_free(code_of(code)); }

Expected<Regex, std::string> Regex::compile(std::string_view pattern) {
    constexpr auto kOptions =
        PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
    if (pattern.size() > kMaxPatternLength)
        return unexpected("longer than " + std::to_string(kMaxPatternLength) + " bytes");
    int error = 0;
    std::size_t offset = 0;
    const auto* begin = reinterpret_cast<PCRE2_SPTR>(pattern.data());
    auto* code = pcre2_compile(begin, pattern.size(), kOptions, &error, &offset, nullptr);
    if (code == nullptr) return unexpected(message_of(error) + " (at byte " + std::to_string(offset) + " of it)");
    return Regex(code);
}

Regex::Result Regex::match(std::string_view text, std::size_t start, std::uint64_t& steps) const {
    auto& [data, context] = scratch();
    const auto allowed = std::min(steps, kMaxMatchSteps);
    Meter meter{allowed, start};
    pcre2_set_callout(context, count_step, &meter);
    const auto* begin = reinterpret_cast<PCRE2_SPTR>(text.data());
    const auto groups = pcre2_match(code_of(code_.get()), begin, text.size(), start, 0, data, context);
    steps -= allowed - meter.left;
    if (groups == PCRE2_ERROR_NOMATCH) return {Outcome::kNoMatch, {}};
    if (groups < 0) return {Outcome::kGivenUp, {}};

    const std::size_t* ends = pcre2_get_ovector_pointer(data);
    // `\K` can put the start behind the end.
    if (ends[0] > ends[1]) return {Outcome::kNoMatch, {}};
    std::uint32_t captures = 0;
    pcre2_pattern_info(code_of(code_.get()), PCRE2_INFO_CAPTURECOUNT, &captures);
    return {Outcome::kMatch, {ends, 2 * std::min<std::size_t>(captures + 1, kMaxGroups)}};
}

}  // namespace engage::expr
