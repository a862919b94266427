#include "server/access/signature.hpp"

#include <openssl/evp.h>

#include <stdexcept>

#include "server/http/form.hpp"
#include "server/http/parameters.hpp"

namespace engage::server::access {

std::string signature_of(const http::HttpRequest& request, std::string_view secret) {
    auto parameters = http::decode_form(request.query());
    for (auto& [name, value] : http::decode_form(request.body)) parameters.insert_or_assign(name, value);
    std::string text;
    for (const auto& [name, value] : parameters)
        if (name != "sig" && name != "callback") text.append(name).append("=").append(value);
    text.append(secret);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_md5(), nullptr) != 1)
        throw std::runtime_error("MD5 is not available");
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) (hex += kDigits[digest[i] >> 4]) += kDigits[digest[i] & 0xF];
    return hex;
}

}  // namespace engage::server::access
