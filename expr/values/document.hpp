#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/values/arena.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::values {

/// What is wrong with a JSON document, and where.
struct DocumentError {
    std::string pointer;                  ///< Of the offending value (RFC 6901); empty for the whole document.
    std::string message;                  ///< One line: what was expected, and what was found.
    std::optional<std::size_t> offset{};  ///< In the text that was read, where it is known.
};

/// One value of a document, beside the text that it was written as.
struct Node {
    Type type = Type::kUndefined;
    std::string_view json;     ///< As written, so that a number keeps its spelling.
    std::string_view text;     ///< What a string stands for.
    std::string_view name;     ///< Of a member of an object.
    std::uint32_t parent = 0;  ///< Of the outermost value: itself.
    std::uint32_t end = 0;     ///< The node behind all that this one holds.
    std::uint32_t index = 0;   ///< Among the items or members of its parent.
    std::uint32_t size = 0;    ///< How many items or members it has.
};

/// A JSON document: its values in the order of the text, of which it holds views: that must outlive it. A Cursor reads
/// it.
class Document {
public:
    const Node& node(std::uint32_t at) const { return nodes_[at]; }
    std::size_t size() const { return nodes_.size(); }
    /// JSON pointer of a value.
    std::string pointer(std::uint32_t at) const;

    // For the one who reads the text. A list or object is added before what it holds, and closed behind it.

    /// Adds a value to the list or object that is open; `node.type`, `json`, `text` and `name` count.
    void add(Node node);
    /// Adds a list or object and opens it.
    void open(Type type, std::string_view name);
    /// `json` is the whole text of the list or object that was opened last.
    void close(std::string_view json);
    /// What `json`, `text` and `name` may point into beside the text.
    Arena& arena() { return arena_; }

private:
    std::vector<Node> nodes_;
    std::uint32_t open_ = 0;  ///< What is added belongs to this node.
    Arena arena_;
};

}  // namespace engage::expr::values
