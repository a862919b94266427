#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace engage::server::http {

/// One parameter of a query, wherever it stood.
struct Parameter {
    /// What the client wrote. JSON arrays and objects stand here as JSON text, so that a real array and an array in a
    /// string read the same; so do JSON numbers and booleans, which keep every digit.
    std::string text;
    /// How a JSON body wrote it; URL and form know only texts.
    enum class Form : unsigned char { kText, kInteger, kOther } form = Form::kText;
};

/// The merged parameters of one request. Empty values mean "absent" and are not kept.
class Parameters {
public:
    /// Merges URL and body. The body is read as a JSON object first and as a form otherwise, whatever its Content-Type
    /// says; it wins over the URL, also with an empty value. Of a repeated key the first value counts. Nothing is an
    /// error here: bytes that cannot be read add nothing. Basis: reported (mixpanel/mixpanel-headless,
    /// `_internal/pacer.py`, "the rules mirror the server").
    static Parameters of(const HttpRequest& request);

    /// Nothing when the parameter is absent, empty or JSON null.
    const Parameter* find(std::string_view name) const;
    /// The text of `find`, or an empty one.
    std::string_view text(std::string_view name) const;

    const std::map<std::string, Parameter, std::less<>>& all() const { return values_; }
    /// JSON pointer of a key that an object of the JSON body has twice, empty if none has. Nothing of such a body is
    /// merged.
    const std::string& repeated_key() const { return repeated_key_; }
    /// Whether one was sent empty or as null.
    bool has_empty() const { return has_empty_; }
    /// Whether a value was no UTF-8 and was read as ISO 8859-1.
    bool has_latin1() const { return has_latin1_; }

private:
    void take_form(std::string_view form);
    /// False when the body is no JSON object.
    bool take_object(std::string_view body);

    std::map<std::string, Parameter, std::less<>> values_;
    std::string repeated_key_;
    bool has_empty_ = false;
    bool has_latin1_ = false;
};

}  // namespace engage::server::http
