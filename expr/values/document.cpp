#include "expr/values/document.hpp"

#include "expr/text/json_pointer.hpp"

namespace engage::expr::values {

std::string Document::pointer(std::uint32_t at) const {
    const auto& node = nodes_[at];
    if (node.parent == at) return {};
    const auto& parent = nodes_[node.parent];
    auto pointer = this->pointer(node.parent);
    text::append_pointer_token(parent.type == Type::kObject ? std::string(node.name) : std::to_string(node.index),
                               pointer);
    return pointer;
}

void Document::add(Node node) {
    const auto at = static_cast<std::uint32_t>(nodes_.size());
    node.parent = open_;
    node.end = at + 1;
    if (at > 0) node.index = nodes_[open_].size++;
    nodes_.push_back(node);
}

void Document::open(Type type, std::string_view name) {
    const auto at = static_cast<std::uint32_t>(nodes_.size());
    add({.type = type, .json = {}, .text = {}, .name = name});
    open_ = at;
}

void Document::close(std::string_view json) {
    auto& node = nodes_[open_];
    node.json = json;
    node.end = static_cast<std::uint32_t>(nodes_.size());
    open_ = node.parent;
}

}  // namespace engage::expr::values
