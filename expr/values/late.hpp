#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace engage::expr::values {

/// Points to an immutable value that is made when it is first asked for, and kept. Copies share it. Thread-safe: who
/// asks while it is made waits. What the making throws, who asked for the value gets, and the next one tries again.
template <class T>
class Late {
public:
    using Pointer = std::shared_ptr<const T>;

    /// Points to nothing; must not be asked.
    Late() = default;
    /// A value that is there already.
    Late(Pointer value) : state_(std::make_shared<State>(std::move(value))) {}
    /// `make` returns the value, must not ask for it, and goes when it has been called.
    explicit Late(std::function<Pointer()> make) : state_(std::make_shared<State>(std::move(make))) {}

    const T& operator*() const { return state_->get(); }
    const T* operator->() const { return &state_->get(); }
    /// Keeps the value alive by itself.
    Pointer shared() const {
        state_->get();
        return state_->value;
    }

private:
    struct State {
        explicit State(Pointer given) : made(given.get()), value(std::move(given)) {}
        explicit State(std::function<Pointer()> maker) : make(std::move(maker)) {}

        const T& get() {
            const auto* const present = made.load(std::memory_order_acquire);
            return present != nullptr ? *present : made_now();
        }

        const T& made_now() {
            const std::scoped_lock lock(mutex);
            if (!value) {
                value = make();
                make = nullptr;
                made.store(value.get(), std::memory_order_release);
            }
            return *value;
        }

        std::atomic<const T*> made = nullptr;  ///< `value`, once it may be read without the lock.
        std::mutex mutex;
        std::function<Pointer()> make;
        Pointer value;
    };

    std::shared_ptr<State> state_;
};

}  // namespace engage::expr::values
