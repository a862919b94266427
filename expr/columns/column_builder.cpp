#include "expr/columns/column_builder.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <utility>

#include "expr/columns/column_record.hpp"

namespace engage::expr::columns {
namespace {

/// A property that fewer rows have than one in so many keeps their numbers.
constexpr std::size_t kSparse = 8;
constexpr std::size_t kFirstBuckets = 256;

std::uint32_t hash_of(std::string_view text) {
    const auto hash = std::hash<std::string_view>()(text);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

constexpr std::size_t kShortText = sizeof(std::uint64_t) - 1;

/// The first bytes of a text and, in the last one, its size: of a short text no other has the same.
std::uint64_t head_of(std::string_view text) {
    char head[sizeof(std::uint64_t)] = {};
    std::memcpy(head, text.data(), std::min(text.size(), kShortText));
    head[kShortText] = static_cast<char>(std::min(text.size(), kShortText + 1));
    std::uint64_t word = 0;
    std::memcpy(&word, head, sizeof word);
    return word;
}

}  // namespace

ColumnBuilder::ColumnBuilder(std::size_t rows, const TextFormat& format, const ColumnLimits& limits)
    : limits_(limits), column_(new Column), buckets_(kFirstBuckets), texts_(1) {
    column_->rows_ = rows;
    column_->format_ = format;
    column_->large_ = limits.large_dictionary;
}

void ColumnBuilder::add(std::size_t row, std::string_view text) {
    if (!column_->blocks_.empty()) return add_record(row, text);
    rows_.push_back(static_cast<std::uint32_t>(row));
    codes_.push_back(code_of(text));
    const auto distinct = texts_.size() - 1;
    const bool is_common = rows_.size() * kSparse >= row + 1;
    if (distinct >= limits_.distinct_to_decide && distinct * 2 > rows_.size() && is_common) leave_dictionary();
}

std::uint32_t ColumnBuilder::code_of(std::string_view text) {
    if (texts_.size() * 2 > buckets_.size()) grow_buckets();
    const auto hash = hash_of(text);
    const auto head = head_of(text);
    const bool is_short = text.size() <= kShortText;
    const auto mask = buckets_.size() - 1;
    for (auto place = hash & mask;; place = (place + 1) & mask) {
        auto& bucket = buckets_[place];
        if (bucket.code == 0) {
            bucket = {head, hash, static_cast<std::uint32_t>(texts_.size())};
            texts_.push_back(column_->texts_.copy(text));  // Side by side they are found faster than in their rows.
            return bucket.code;
        }
        if (bucket.hash != hash || bucket.head != head) continue;
        if (is_short || texts_[bucket.code] == text) return bucket.code;
    }
}

void ColumnBuilder::grow_buckets() {
    const auto old = std::exchange(buckets_, std::vector<Bucket>(buckets_.size() * 4));
    const auto mask = buckets_.size() - 1;
    for (const auto& bucket : old) {
        if (bucket.code == 0) continue;
        auto place = bucket.hash & mask;
        while (buckets_[place].code != 0) place = (place + 1) & mask;
        buckets_[place] = bucket;
    }
}

/// The values met so far stay where the dictionary put them: records of lists and objects point there.
void ColumnBuilder::leave_dictionary() {
    auto& column = *column_;
    const auto seen = std::exchange(rows_, {});
    const auto codes = std::exchange(codes_, {});
    buckets_ = {};
    column.offsets_.reserve(column.rows_ + 1);
    column.blocks_.push_back(0);
    for (std::size_t i = 0; i < seen.size(); ++i) add_record(seen[i], texts_[codes[i]]);
    texts_ = {};
    // One allocation from what the first rows say, with a tenth to spare: memory that stays untouched costs nothing.
    const auto read = static_cast<double>(seen.back()) + 1;
    const auto bytes = static_cast<double>(column.records_.size()) * 1.1 * static_cast<double>(column.rows_) / read;
    column.records_.reserve(static_cast<std::size_t>(bytes));
}

void ColumnBuilder::add_record(std::size_t row, std::string_view text) {
    pad_records(row + 1);
    scratch_.reset();
    append_record(text, column_->format_, scratch_, column_->records_);
}

/// Makes the offsets of the rows below `count`: those that were left out have empty records.
void ColumnBuilder::pad_records(std::size_t count) {
    auto& column = *column_;
    while (column.offsets_.size() < count) {
        if (column.offsets_.size() == column.blocks_.size() * Column::kBlock)
            column.blocks_.push_back(column.records_.size());
        column.offsets_.push_back(static_cast<std::uint32_t>(column.records_.size() - column.blocks_.back()));
    }
}

template <class Code>
void ColumnBuilder::spread_codes() {
    auto& column = *column_;
    std::vector<Code> codes(column.is_sparse_ ? codes_.size() : column.rows_);
    for (std::size_t i = 0; i < codes_.size(); ++i)
        codes[column.is_sparse_ ? i : rows_[i]] = static_cast<Code>(codes_[i]);
    column.codes_ = std::move(codes);
}

std::shared_ptr<const Column> ColumnBuilder::build() && {
    auto& column = *column_;
    if (!column.blocks_.empty()) {
        pad_records(column.rows_ + 1);
        return std::move(column_);
    }
    column.is_sparse_ = rows_.size() * kSparse < column.rows_;
    const auto slots = texts_.size();
    if (slots <= std::size_t{std::numeric_limits<std::uint8_t>::max()} + 1)
        spread_codes<std::uint8_t>();
    else if (slots <= std::size_t{std::numeric_limits<std::uint16_t>::max()} + 1)
        spread_codes<std::uint16_t>();
    else
        spread_codes<std::uint32_t>();
    if (column.is_sparse_) column.sparse_rows_.assign(rows_.begin(), rows_.end());
    column.dictionary_.reserve(slots);
    column.dictionary_.emplace_back();
    for (std::size_t code = 1; code < slots; ++code)
        column.dictionary_.push_back(column.format_.decode(texts_[code], column.texts_));
    return std::move(column_);
}

}  // namespace engage::expr::columns
