#pragma once

#include "expr/values/cursor.hpp"

namespace engage::expr::values {

/// The items of a list or the members of an object, for a loop; of another value none.
class Children {
public:
    explicit Children(const Cursor& of) : first_(of.first()) {}

    struct End {};
    class Iterator {
    public:
        explicit Iterator(const Cursor& at) : at_(at) {}
        const Cursor& operator*() const { return at_; }
        Iterator& operator++() {
            at_ = at_.next();
            return *this;
        }
        bool operator!=(End) const { return at_.is_present(); }

    private:
        Cursor at_;
    };

    Iterator begin() const { return Iterator(first_); }
    End end() const { return {}; }

private:
    Cursor first_;
};

}  // namespace engage::expr::values
