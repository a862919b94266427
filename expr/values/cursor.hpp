#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "expr/values/document.hpp"

namespace engage::expr::values {

/// Thrown by a cursor that nobody listens to, and caught by the function that made it; no interface lets it out.
struct DocumentRefused {
    DocumentError error;
};

/// Is told what is wrong with a document while it is read.
class DocumentErrors {
public:
    virtual ~DocumentErrors() = default;
    virtual void add(DocumentError error) = 0;
};

/// A value of a JSON document, or its absence, that knows where it stands: the one way to read JSON. A value that is
/// not what a reader expects is told to `errors` and gives nothing; without them it throws DocumentRefused. Reading an
/// absent value gives nothing, silently. Copied freely; the document must outlive it.
class Cursor {
public:
    explicit Cursor(const Document& document, DocumentErrors* errors = nullptr)
        : document_(&document), errors_(errors) {}

    Type type() const { return node_ ? node_->type : Type::kUndefined; }
    bool is(Type type) const { return this->type() == type; }
    bool is_present() const { return node_ != nullptr; }
    /// A number without fraction and exponent, of any size.
    bool is_integer() const;
    /// Absent when the value is null: some keys are sent as null by the real service.
    Cursor unless_null() const { return is(Type::kNull) ? Cursor(*this, nullptr) : *this; }
    std::string pointer() const;

    // What a value of the right type holds.
    std::string_view as_string() const { return node_->text; }
    bool as_boolean() const { return node_->json.front() == 't'; }
    double as_number() const;
    /// The text of a present value as it was written: white space and all.
    std::string_view json() const { return node_->json; }

    /// How many items or members there are; of another value none.
    std::size_t size() const { return node_ ? node_->size : 0; }
    /// The first item or member and the one behind this; children.hpp makes a loop of them.
    Cursor first() const;
    Cursor next() const;
    /// The name of a member.
    std::string_view name() const { return node_ ? node_->name : key_; }
    /// A member of an object, absent when it has none. `key` must outlive what is returned.
    Cursor operator[](std::string_view key) const;
    /// The same; its absence is an error of the object.
    Cursor required(std::string_view key) const;
    /// An item of a list; walks there.
    Cursor item(std::size_t index) const;
    /// Calls `read` with each item. Anything but a list is an error.
    template <class Read>
    void each(Read read) const;

    // Readers. `expected` says what should stand here.
    std::optional<std::string_view> text(std::string_view expected = "a string") const;
    std::optional<std::string_view> non_empty_text() const;
    std::optional<bool> flag() const;
    std::optional<double> number() const;
    std::optional<std::uint64_t> whole(std::uint64_t least,
                                       std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
    /// A signed 64-bit integer, given as a number or as text.
    std::optional<std::int64_t> signed_integer() const;
    /// A distinct id: a text that is not empty, or an integer, which stands for its digits.
    std::optional<std::string_view> distinct_id() const;
    /// A positive integer, or its digits as text. A number from 2^53 on may not be the one that was meant: most JSON
    /// libraries have changed it.
    std::optional<std::uint64_t> cohort_id() const;
    /// The one of `known` that this string is. Another string is an "unknown `what`".
    std::optional<std::string_view> one_of(std::span<const std::string_view> known, std::string_view what) const;
    /// Each key of the object that is not `known` is an error.
    void allow_keys(std::span<const std::string_view> known) const;
    /// Whether this is an object; if so, its keys are looked at.
    bool is_object_of(std::span<const std::string_view> known) const;

    /// Says that something is wrong with this value.
    void fail(std::string message) const;
    void fail_type(std::string_view expected) const;
    /// The same, and gives up, whoever listens.
    [[noreturn]] void refuse(std::string message) const;
    [[noreturn]] void refuse_type(std::string_view expected) const;

private:
    Cursor(const Cursor& from, const Node* node) : Cursor(from) { node_ = node; }
    std::uint32_t position() const { return static_cast<std::uint32_t>(node_ - &document_->node(0)); }

    const Document* document_;
    DocumentErrors* errors_;
    const Node* node_ = &document_->node(0);
    std::uint32_t parent_ = 0;  ///< Of an absent member,
    std::string_view key_;      ///< whose name it would have.
};

template <class Read>
void Cursor::each(Read read) const {
    if (!is(Type::kList)) return fail_type("a list");
    for (auto item = first(); item.is_present(); item = item.next()) read(item);
}

}  // namespace engage::expr::values
